// An auditor: replays a person's record by keyboard, step by step, by jumps, and by letting it play.
import { seat } from '../chromium.mjs';
import { choose, enter, press, type } from '../keyboard.mjs';
import * as people from '../people.mjs';

/** Longer than a step is shown while it plays. */
const STEP_MS = 3000;

export default async function replay(tour) {
  await people.bothWays(tour, async (of, way) => {
    // Where nothing may move nothing plays.
    const page = await seat(of, { ...way, motion: 'no-preference' });
    await people.comeByLink(page, way.told.link, of.password);
    await opens(page, of, way);
    const { all } = await where(page);
    await steps(page, of, all);
    await jumps(page, of, way);
    if (way.scripts) await plays(page, of, way, all);
    else await playsNothing(page, of);
    await people.signOut(page, of, of.number);
    await page.context().close();
  });
}

/** How many events were recorded by the step that is shown, of how many. */
async function where(page) {
  const said = await page.locator('main > p[role=status]').innerText();
  const [all, at] = said.match(/\d+/g).map(Number);
  return { all, at };
}

async function isAt(page, of, at, how) {
  const now = await where(page);
  of.expect(page, now.at === at, `${how} leads to step ${now.at} of ${now.all}, not ${at}`);
}

function step(page, name) {
  return page.getByRole('navigation', { name: '時点を動かす' }).getByRole('link', { name, exact: true });
}

/** From the list of events to one of them, and to what stood around it. */
async function opens(page, of, { look }) {
  await people.goTo(page, '記録そのもの');
  await choose(page, page.getByLabel('種類'), '対象者を台帳に登録');
  await enter(page, page.getByRole('button', { name: '表示' }));
  // The newest comes first; C101 is the oldest.
  await enter(page, page.locator('tbody a').last());
  await enter(page, page.getByRole('link', { name: 'この記録の前後を再現する' }));
  of.expect(page, (await people.heading(page)).startsWith('再現'), 'opens another page');
  await isAt(page, of, 1, 'the registration');
  await look(page);
}

async function steps(page, of, all) {
  of.expect(page, all >= 4, `has ${all} steps, of which little can be said`);
  of.expect(page, (await step(page, '◀ 前').count()) === 0, 'goes back behind the first step');
  for (const [name, at] of [
    ['次 ▶', 2],
    ['次 ▶', 3],
    ['◀ 前', 2],
    ['最新 ▶|', all],
    ['◀ 前', all - 1],
    ['|◀ 最初', 1],
  ]) {
    await enter(page, step(page, name));
    await isAt(page, of, at, name);
  }
}

/** To a number of events that is typed, and to one that stands in the list. */
async function jumps(page, of, { look }) {
  await type(page, page.getByLabel('何件目まで'), '3');
  await enter(page, page.getByRole('button', { name: '表示', exact: true }));
  await isAt(page, of, 3, 'what was typed');
  await look(page);
  const shown = await page.locator('body').innerText();
  of.expect(page, !shown.includes(of.name), 'shows whose it is');
  await enter(page, page.getByRole('link', { name: '1件目', exact: true }));
  await isAt(page, of, 1, 'the list');
}

/** The button with which it plays, or stops. */
function button(page, name) {
  return page.getByRole('navigation', { name: '時点を動かす' }).getByRole('button', { name });
}

/** It goes on by itself, is stopped by the key that is at hand and by Escape, and ends with the newest. */
async function plays(page, of, { look }, all) {
  await press(page, button(page, /再生/));
  await toStep(page, 2);
  await focusStops(page, of);
  await page.keyboard.press('Enter');
  await stays(page, of, 2);
  await look(page);

  await press(page, button(page, /再生/));
  await toStep(page, 3);
  await button(page, /止める/).waitFor();
  await page.keyboard.press('Escape');
  await stays(page, of, 3);

  await press(page, button(page, /再生/));
  await toStep(page, all);
  await stays(page, of, all);
  of.expect(page, (await button(page, /止める/).count()) === 0, 'plays on behind the newest');
}

async function toStep(page, at) {
  await page.locator('main > p[role=status]', { hasText: `のうち${at}件目` }).waitFor();
}

/** On every step the button that stops it has the focus. */
async function focusStops(page, of) {
  const stop = button(page, /止める/);
  await stop.waitFor();
  const focused = await stop.evaluate((one) => one === document.activeElement);
  of.expect(page, focused, 'what stops it is not at hand');
}

async function stays(page, of, at) {
  await page.waitForTimeout(STEP_MS);
  await isAt(page, of, at, 'what was stopped');
}

/** Without scripts the steps are links, and nothing is offered that does not work. */
async function playsNothing(page, of) {
  of.expect(page, (await button(page, /再生|止める/).count()) === 0, 'offers to play');
}
