// What holds of every page: accessibility, reflow, weight, the same words without scripts.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { walkByTab } from './keyboard.mjs';
import { seat } from './chromium.mjs';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_WORDS = JSON.parse(readFileSync(require.resolve('axe-core/locales/ja.json'), 'utf8'));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Most bytes of a page with all that it loads, before compression. */
const BYTES_MAX = 100_000;
/** Widths in CSS pixels: a desk, the same at 200 %, and at 400 % (WCAG 1.4.10). */
const WIDTHS = [1280, 640, 320];
/** The spacing of WCAG 1.4.12. */
const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }' +
  'p { margin-bottom: 2em !important }';

/** Says where the page breaks a rule of WCAG 2.2 AA, or of good practice. */
async function axe(page, tour) {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    ([locale, values]) => {
      window.axe.configure({ locale });
      const runOnly = { type: 'tag', values };
      return window.axe.run(document, { runOnly, resultTypes: ['violations'] });
    },
    [AXE_WORDS, TAGS],
  );
  for (const { id, help, nodes } of found.violations) {
    const places = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 200)}`);
    tour.fault(page.url(), `axe ${id}: ${help}\n    ${places.join('\n    ')}`);
  }
}

/** Says at which width the page has to be moved sideways, or is cut off. */
async function reflow(page, tour) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 800 });
    await fits(page, tour, `at ${width} px`);
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 800 });
}

/** Says what is wrong on a narrow screen beyond that, also where a reader spaces the letters out. */
async function narrow(page, tour) {
  await page.setViewportSize({ width: WIDTHS.at(-1), height: 640 });
  await axe(page, tour);
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, SPACED);
  await fits(page, tour, 'at 320 px with wide spacing');
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  await page.setViewportSize({ width: WIDTHS[0], height: 800 });
}

async function fits(page, tour, when) {
  const over = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => !one.closest('.wide') && one.getBoundingClientRect().right > clientWidth + 1,
    );
    return `${scrollWidth - clientWidth} px: ${wide.map((one) => one.outerHTML.slice(0, 120))[0]}`;
  });
  if (over) tour.fault(page.url(), `overflows ${when} by ${over}`);
  // Lists whose rows stand by themselves on a narrow screen hide nothing to the right of it.
  const cut = await page.evaluate(() => {
    const lists = [...document.querySelectorAll('.wide.rows')];
    return window.innerWidth <= 640 && lists.some((one) => one.scrollWidth > one.clientWidth + 1);
  });
  if (cut) tour.fault(page.url(), `hides part of a list ${when}`);
}

/** Says what is wrong with the page's head: its title, its heading, its weight. */
async function head(page, tour) {
  const [title, headings, bytes] = await page.evaluate(() => [
    document.title,
    [...document.querySelectorAll('h1')].map((one) => one.innerText.trim()),
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((one) => one.decodedBodySize)
      .reduce((sum, one) => sum + one, 0),
  ]);
  if (!/^.+｜/.test(title)) tour.fault(page.url(), `has the title ${JSON.stringify(title)}`);
  if (headings.length !== 1 || !headings[0]) {
    tour.fault(page.url(), `has ${headings.length} headings of the first level: ${headings}`);
  }
  // What is printed has everything on it.
  const isPrint = new URL(page.url()).searchParams.get('view') === 'print';
  if (bytes > BYTES_MAX && !isPrint) tour.fault(page.url(), `weighs ${bytes} bytes`);
}

/** What is read on a page, but for the word that there is something new, which only a script can know, for passkeys, for keys, and the number of a request. */
async function words(page) {
  const said = await page.locator('main').evaluate((main) => {
    main.querySelectorAll('.news, [data-passkey], [data-by-keys], [data-request], noscript').forEach((one) => one.remove());
    return main.innerText;
  });
  return said.replace(/\s+/gu, ' ').trim();
}

/** Says where a page reads otherwise without scripts. */
export async function withoutScripts(page, plain, tour) {
  let first;
  // What happens meanwhile stands on some pages: look again before saying so.
  for (let tries = 0; tries < 10; tries += 1) {
    await plain.goto(page.url());
    const without = await words(plain);
    if (without === (await words(page))) return;
    first ??= without;
    await page.reload();
  }
  const now = await words(page);
  const at = [...now].findIndex((one, place) => one !== [...first][place]);
  const around = (text) => [...text].slice(Math.max(0, at - 20), at + 60).join('');
  tour.fault(page.url(), `reads otherwise without scripts: ${around(first)} | ${around(now)}`);
}

/** What every page is held to wherever somebody comes to it. */
export async function inspectAgain(page, tour) {
  await head(page, tour);
  await reflow(page, tour);
}

/** The same, and what axe finds, for a kind of page that the reader sees for the first time. */
export async function inspect(page, tour) {
  await inspectAgain(page, tour);
  await axe(page, tour);
}

/** The same, and what takes longer; `plain` is the same person's page without scripts. */
export async function inspectWhole(page, plain, tour) {
  await inspect(page, tour);
  await narrow(page, tour);
  await walkByTab(page, tour);
  await withoutScripts(page, plain, tour);
}

/** A page without scripts for whoever is signed in at another. */
export async function withoutScriptsBeside(page, tour) {
  return seat(tour, { scripts: false, signedIn: await page.context().storageState() });
}
