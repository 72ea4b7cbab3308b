// docs/pages.md: every page with its picture, which only a run that is asked to takes.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Most bytes of a picture: all are kept in the repository. */
const PICTURE_BYTES_MAX = 120_000;
/** How much of a page is shown, in CSS pixels: less where that is too many bytes. */
const HEIGHTS = [800, 640, 480, 320];

/** The picture's file of a kind of page: /children/:id is children-id.png, (403) is 403.png. */
function fileOf(kind) {
  const words = kind.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '');
  return `${words || 'start'}.png`;
}

/** Takes a picture of the page where pictures were asked for, the first time that the kind is met. */
export async function picture(page, kind, tour) {
  if (!tour.screenshots || tour.taken.has(kind)) return;
  tour.taken.add(kind);
  for (const height of HEIGHTS) {
    const clip = { x: 0, y: 0, width: page.viewportSize().width, height };
    const taken = await page.screenshot({ path: join(tour.screenshots, fileOf(kind)), clip });
    if (taken.length <= PICTURE_BYTES_MAX) return;
  }
}

/** Says which pages docs/pages.md lacks, and which of its pages nobody came to. */
export function compare(met, tour) {
  const told = readFileSync(tour.pages, 'utf8');
  const sections = told.split(/^## /m).slice(1);
  const named = new Map();
  for (const section of sections) {
    const heading = section.split('\n', 1)[0];
    const [, path = '', status = ''] = /(?:`(\/[^`]*)`)?( ?\(\d{3}\))?$/.exec(heading) ?? [];
    const kind = `${path}${status}`.trim();
    if (kind) named.set(kind, section);
  }
  for (const kind of met) {
    const section = named.get(kind);
    const file = join(dirname(tour.pages), 'pages', fileOf(kind));
    if (section === undefined) tour.fault('docs/pages.md', `has no section on ${kind}`);
    else if (!section.includes(`](pages/${fileOf(kind)})`)) {
      tour.fault('docs/pages.md', `has no picture of ${kind}, pages/${fileOf(kind)}`);
    } else if (!existsSync(file)) tour.fault(file, 'is missing: see "Pictures" in docs/pages.md');
    else if (statSync(file).size > PICTURE_BYTES_MAX) tour.fault(file, `has ${statSync(file).size} bytes`);
  }
  for (const kind of named.keys()) {
    if (!met.has(kind)) tour.fault('docs/pages.md', `names ${kind}, to which no role is led`);
  }
}
