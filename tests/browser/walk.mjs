// A walk through every kind of page that a role is led to, whichever pages there are.
import { inspect, inspectAgain, inspectWhole, withoutScriptsBeside } from './checks.mjs';
import { picture } from './pages.mjs';
import { seat } from './chromium.mjs';
import { kindOf } from './tour.mjs';

/** How many pages of one kind are looked at. */
const OF_A_KIND = 2;
/** How many of a kind that is a form each with fields of its own. */
const OF_FORMS = 4;
/** How many files of a kind are taken: each writes an event, which other walkers see. */
const OF_FILES = 1;
/** An end to what leads on and on. */
const PAGES_MAX = 420;

/** Walks as somebody who has a password; gives the kinds of pages that were met. */
export async function walkAs(person, password, tour) {
  const page = await seat(tour);
  await page.goto('/sign-in');
  await page.getByLabel('アカウント名').fill(person.account);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'サインイン' }).click();
  await page.getByRole('button', { name: 'サインアウト' }).waitFor();
  const own = person.own ? [tour.address + person.own] : [];
  const from = [...own, page.url(), `${tour.address}/no-such-page`];
  const met = await walk(page, from, person, tour);
  await page.context().close();
  return met;
}

/** Walks as nobody from these paths. */
export async function walkAsNobody(paths, tour) {
  const page = await seat(tour);
  const from = paths.map((path) => new URL(path, tour.address).href);
  const met = await walk(page, from, { role: 'nobody', forbidden: tour.everything }, tour);
  await page.context().close();
  return met;
}

async function walk(page, from, person, tour) {
  const plain = await withoutScriptsBeside(page, tour);
  const planned = new Map();
  const met = new Set();
  const queue = [];
  const plan = (addresses) => {
    for (const address of addresses) {
      const kind = kindWithQuery(address);
      const of = planned.get(kind) ?? new Set();
      if (of.has(address) || of.size >= mostOf(kind)) continue;
      planned.set(kind, of.add(address));
      queue.push(address);
    }
  };
  plan(from);
  for (let visited = 0; queue.length > 0; visited += 1) {
    if (visited >= PAGES_MAX) throw new Error(`more than ${PAGES_MAX} pages: ${[...planned.keys()]}`);
    const address = queue.shift();
    const status = await visit(page, address, person, tour);
    if (status === undefined) continue;
    const name = nameOf(page.url(), status);
    if (!met.has(name)) await picture(page, name, tour);
    // What takes longest is done once of each kind, as whoever comes there first; axe once of each kind in each role,
    // and of every form, as each has fields of its own.
    if (!tour.whole.has(name)) await inspectWhole(page, plain, tour);
    else if (!met.has(name) || name.startsWith('/acts/')) await inspect(page, tour);
    else await inspectAgain(page, tour);
    tour.whole.add(name);
    met.add(name);
    plan(await leadsTo(page, tour));
  }
  await plain.context().close();
  return met;
}

/** What docs/pages.md calls a page: its kind, or its status where that is no success. */
function nameOf(address, status) {
  return status < 400 ? kindOf(address) : `(${status})`;
}

/** Goes to a page, or takes a file, and looks for what the role must not be told; gives a page's status. */
async function visit(page, address, person, tour) {
  let response;
  try {
    response = await page.goto(address);
  } catch (error) {
    if (!/Download is starting|ERR_ABORTED/.test(error.message)) throw error;
    const file = await page.context().request.get(address);
    if (!file.ok()) tour.fault(address, `the file answers ${file.status()}`);
    tellsNobody(address, await file.text(), person, tour);
    return undefined;
  }
  const status = response.status();
  const asksForReason = status === 403 && (await page.locator('form[action$="/emergency"]').count());
  const isMissing = status === 404 && address.endsWith('/no-such-page');
  if (status >= 400 && !asksForReason && !isMissing) tour.fault(address, `a link leads to ${status}`);
  tellsNobody(address, await page.content(), person, tour);
  return status;
}

/** No page tells what its reader must not know, and no address or title tells it to anybody. */
function tellsNobody(address, text, person, tour) {
  const [, title = ''] = /<title>(.*?)<\/title>/su.exec(text) ?? [];
  const shown = decodeURIComponent(address) + title;
  for (const secret of person.forbidden) {
    if (text.includes(secret)) tour.fault(address, `shows ${secret}`);
  }
  for (const secret of tour.personal) {
    if (shown.includes(secret)) tour.fault(address, `has ${secret} in its address or title`);
  }
}

/** Where the page's links and its forms that only ask lead: of each kind the first and the last before all others. */
async function leadsTo(page, tour) {
  const all = await page.evaluate(() => {
    const links = [...document.querySelectorAll('a[href]')].map((one) => one.href);
    const forms = [...document.querySelectorAll('form[method=get]')].map((form) => {
      const asked = new URL(form.action);
      asked.search = new URLSearchParams(new FormData(form));
      return asked.href;
    });
    return [...links, ...forms];
  });
  const kinds = new Map();
  for (const link of all) {
    const address = link.split('#')[0];
    if (!address.startsWith(`${tour.address}/`)) {
      tour.fault(page.url(), `leads away, to ${address}`);
      continue;
    }
    const kind = kindWithQuery(address);
    kinds.set(kind, [...(kinds.get(kind) ?? []), address]);
  }
  return [...kinds.values()].flatMap((links) => [links[0], links.at(-1), ...links]);
}

/** How many of a kind are looked at. */
function mostOf(kind) {
  if (kind.startsWith('/acts/')) return OF_FORMS;
  return kind.includes('format') ? OF_FILES : OF_A_KIND;
}

function kindWithQuery(address) {
  const asked = [...new Set(new URL(address).searchParams.keys())].sort();
  return `${kindOf(address)}?${asked.join('&')}`;
}
