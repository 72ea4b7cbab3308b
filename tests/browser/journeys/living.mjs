// A page that shows what is going on: it tells of new records while it is looked at, and is loaded anew only as its reader comes back.
import { inspect } from '../checks.mjs';
import { seat } from '../chromium.mjs';
import { type } from '../keyboard.mjs';
import * as people from '../people.mjs';

/** How long what must not come about is waited for: longer than the script waits for anything. */
const A_WHILE_MS = 2_500;
/** How far the reader has scrolled. */
const DOWN = 60;

export default async function living(tour) {
  const of = tour.as('with scripts');
  const page = await seat(of);
  await people.comeByLink(page, of.first.link, of.password);
  const beside = await page.context().newPage();
  await beside.goto('/record');
  await readsOn(page, beside, of);
  await comesBack(page, beside, of);
  await wasAway(page, beside, of);
  await typed(page, beside, of);
  await chose(page, beside, of);
  await dialog(page, beside, of);
  await ofPerson(page, beside, of);
  await page.context().close();
}

/** Opens a page, and marks it so that it is seen whether it stays. */
async function open(page, path) {
  await page.goto(path);
  await page.evaluate(() => {
    window.careLedgerStays = true;
  });
}

/** Records a consultation on another page of the same browser. */
async function happens(beside, of) {
  await beside.goto('/record');
  await people.fillConsultation(beside, of.number, '隣の窓で記録した相談');
  await people.record(beside);
}

/** Puts the page behind another, or before it again: without a screen no page is ever behind another. */
async function put(page, hidden) {
  await page.evaluate((to) => {
    // Behind this call, whose answer a page that is loaded anew would take along.
    setTimeout(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => to });
      const state = to ? 'hidden' : 'visible';
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    });
  }, hidden);
}

/** Whether the page is still the one that was opened. */
function stays(page) {
  return page.evaluate(() => window.careLedgerStays === true);
}

function news(page) {
  return page.locator('.news');
}

/** News come while the page is read: they are told, and it stays as it is. */
async function readsOn(page, beside, of) {
  await open(page, '/children');
  await happens(beside, of);
  await news(page).waitFor();
  await page.waitForTimeout(A_WHILE_MS);
  of.expect(page, await stays(page), 'the page changes under the eyes of its reader');
  await inspect(page, of);
}

/** Comes back to a page on which news stand: it shows what stands now, where its reader left off. */
async function comesBack(page, beside, of) {
  await page.setViewportSize({ width: 1280, height: 200 });
  await page.evaluate((to) => window.scrollTo(0, to), DOWN);
  const down = await page.evaluate(() => scrollY);
  of.expect(page, down > 0, 'the page cannot be scrolled');
  await put(page, true);
  await Promise.all([page.waitForEvent('load'), put(page, false)]);
  of.expect(page, !(await stays(page)), 'the page is the one of before');
  of.expect(page, (await news(page).count()) === 0, 'what is shown is told as news');
  await page.waitForFunction((wanted) => Math.abs(scrollY - wanted) < 2, down);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** What happened while nobody looked is found out as somebody comes back. */
async function wasAway(page, beside, of) {
  for (const path of ['/', '/children', '/events']) {
    await open(page, path);
    await put(page, true);
    await happens(beside, of);
    await page.waitForTimeout(A_WHILE_MS);
    of.expect(page, await stays(page), `${path} is loaded anew while nobody looks`);
    await Promise.all([page.waitForEvent('load'), comeUntilAnew(page)]);
    of.expect(page, (await news(page).count()) === 0, `${path} tells as news what it shows`);
  }
}

/** Comes back, and once more where the answer came too late to be shown at once and is told instead. */
async function comeUntilAnew(page) {
  const loaded = page.waitForEvent('load').then(() => true);
  await put(page, false);
  const told = news(page).waitFor().then(() => false, () => true);
  if (await Promise.race([loaded, told])) return;
  await put(page, true);
  await put(page, false);
}

/** Goes away and comes back while news stand, and says where the page does not stay. */
async function staysWithNews(page, beside, of, why) {
  await put(page, true);
  await happens(beside, of);
  await put(page, false);
  await news(page).waitFor();
  await put(page, true);
  await put(page, false);
  await page.waitForTimeout(A_WHILE_MS);
  of.expect(page, await stays(page), `the page is loaded anew, and ${why}`);
}

/** What was typed is not lost. */
async function typed(page, beside, of) {
  await open(page, '/children');
  const field = page.getByLabel('対象者番号');
  await type(page, field, 'C10');
  await page.evaluate(() => document.activeElement.blur());
  await staysWithNews(page, beside, of, 'something is typed');
  of.expect(page, (await field.inputValue()) === 'C10', 'what was typed is lost');
}

/** What was chosen is not lost. */
async function chose(page, beside, of) {
  await open(page, '/children');
  const field = page.getByLabel('年齢区分');
  await field.selectOption({ index: 2 });
  await page.evaluate(() => document.activeElement.blur());
  await staysWithNews(page, beside, of, 'something is chosen');
  of.expect(page, (await field.evaluate((one) => one.selectedIndex)) === 2, 'what was chosen is lost');
}

/** Nothing is taken away from under a dialog. */
async function dialog(page, beside, of) {
  await open(page, '/children');
  await page.evaluate(() => {
    const box = document.createElement('dialog');
    document.body.append(box);
    box.showModal();
  });
  await staysWithNews(page, beside, of, 'a dialog is open');
}

/** A person's text is opened by people alone: each opening is recorded. */
async function ofPerson(page, beside, of) {
  await page.goto('/children');
  const person = page.getByRole('link', { name: of.number, exact: true });
  await open(page, await person.getAttribute('href'));
  await staysWithNews(page, beside, of, 'it is of a person');
}
