// An administrator: has a kept projection made anew, and sees that it ends.
import { seat } from '../chromium.mjs';
import { enter } from '../keyboard.mjs';
import * as people from '../people.mjs';

/** Which one. */
const NAME = '指標の元になる事実';
/** Most times that the page is asked for again by hand. */
const LOOKS_MAX = 30;

export default async function rebuild(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    await people.goTo(page, 'システムの状態');
    await way.look(page);
    const before = await told(page);
    await makesAnew(page, of);
    await way.look(page);
    await ends(page, of, way, before);
    await way.look(page);
    await people.signOut(page, of, of.number);
    await page.context().close();
  });
}

/** The row of the projection. */
function row(page) {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: NAME }) });
}

/** How its last making ended; nothing where it was not made since the program was started. */
async function told(page) {
  const said = row(page).locator('td small');
  return (await said.count()) > 0 ? said.innerText() : '';
}

/** The position of the log up to which the page tells. */
async function head(page) {
  return Number(await page.locator('dl.facts dd').first().innerText());
}

async function makesAnew(page, of) {
  const position = await head(page);
  of.expect(page, position > 0, `the log ends at ${position}`);
  await enter(page, row(page).getByRole('button', { name: /^作り直す/ }));
  of.expect(page, (await people.heading(page)) === 'システムの状態', 'asking for it leads elsewhere');
}

/** The page tells by itself when it is done, or by a link where no script runs. */
async function ends(page, of, { scripts }, before) {
  const done = row(page).locator('td small', { hasText: 'まで作り直しました' });
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    if ((await done.count()) > 0 && (await told(page)) !== before) break;
    if (scripts) await page.waitForTimeout(1000);
    else await enter(page, page.getByRole('link', { name: '表示を更新' }));
  }
  const said = await told(page);
  of.expect(page, said !== before && said.includes('まで作り直しました'), `it does not end: ${said}`);
  const state = await row(page).innerText();
  of.expect(page, state.includes('使用中'), `is not in use afterwards: ${state}`);
  of.expect(page, (await page.locator('main progress').count()) === 0, 'still shows progress');
  const again = await row(page).getByRole('button', { name: /^作り直す/ }).count();
  of.expect(page, again === 1, 'cannot be asked for again');
  const [, upTo] = /位置(\d+)まで/.exec(said) ?? [];
  of.expect(page, Number(upTo) > 0 && Number(upTo) <= (await head(page)), `is made up to ${upTo}`);
}
