// A form that was not sent: it outlasts a crash and the browser, for its account alone, and stands nowhere in clear.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from '../checks.mjs';
import { crash, seatAt } from '../chromium.mjs';
import { enter, reach, type } from '../keyboard.mjs';
import * as people from '../people.mjs';

/** How often the storage is looked at before it is said to hold something else, and how long between. */
const [LOOKS, BETWEEN_MS] = [100, 100];
/** Less than what is typed waits to be kept, and more than lies between two keys. */
const A_MOMENT_MS = 200;

export default async function kept(tour) {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  await crashes(tour.as('before the crash'), folder);
  await somebodyElse(tour.as('somebody else'), folder);
  await goesOn(tour.as('after the crash'), folder);
}

const CONTENT = '電話の途中で落ちた相談';

/** The browser goes in the middle of a call. */
async function crashes(of, folder) {
  const page = await seatAt(of, folder);
  await people.comeByLink(page, of.first.link, of.password);
  await people.goTo(page, '記録する');
  await people.fillConsultation(page, of.number, CONTENT);
  await keptAll(page);
  await holds(page, of, 1);
  await crash(page);
  await page.context().close();
}

/** Another account at the same browser is offered nothing, reads nothing, and takes nothing away. */
async function somebodyElse(of, folder) {
  const page = await seatAt(of, folder);
  await people.comeByLink(page, of.second.link, of.password);
  await people.goTo(page, '記録する');
  await holds(page, of, 1);
  of.expect(page, !(await offer(page).isVisible()), 'is offered what somebody else typed');
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  for (const word of [CONTENT, of.number, of.first.account, '/record', 'school-entry', 'guardian']) {
    of.expect(page, !stored.includes(word), `the workstation holds ${word} in clear`);
  }
  await people.signOut(page, of, of.name);
  await holds(page, of, 1);
  await page.context().close();
}

/** Whoever typed it goes on where they were, or throws it away. */
async function goesOn(of, folder) {
  const page = await seatAt(of, folder);
  await page.goto('/sign-in');
  await people.signIn(page, of.first.account, of.password);
  await people.goTo(page, '記録する');
  await offer(page).waitFor();
  const said = await offer(page).innerText();
  for (const word of ['書きかけ', '24時間']) of.expect(page, said.includes(word), `does not say ${word}: ${said}`);
  await inspect(page, of);
  await press(page, '続ける');
  const [number, content] = [page.getByLabel('対象者番号'), page.getByLabel('内容', { exact: true })];
  await content.and(page.locator('textarea')).waitFor();
  await eventually(async () => (await content.inputValue()) === CONTENT);
  of.expect(page, (await content.inputValue()) === CONTENT, `of what was typed ${await content.inputValue()} is left`);
  of.expect(page, (await number.inputValue()) === of.number, 'the number is lost');
  of.expect(page, await page.getByRole('checkbox', { name: '就学' }).isChecked(), 'a tick is lost');

  await reach(page, content);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+Enter')]);
  await enter(page, people.whomButton(page));
  const shown = await page.locator('ol.line').allInnerTexts();
  of.expect(page, shown.join('').split(CONTENT).length === 2, 'what was kept does not stand once');
  await holds(page, of, 0);

  await leavesHalf(page, '捨てる一言');
  await holds(page, of, 1);
  await page.goto('/');
  await people.goTo(page, '記録する');
  await offer(page).waitFor();
  await press(page, '捨てる');
  await holds(page, of, 0);
  of.expect(page, !(await offer(page).isVisible()), 'what was thrown away is offered');

  await leavesHalf(page, '帰る前の一言');
  await holds(page, of, 1);
  await people.signOut(page, of, of.name);
  await holds(page, of, 0);
  await page.context().close();
}

async function leavesHalf(page, content) {
  await people.goTo(page, '記録する');
  await type(page, page.getByLabel('内容', { exact: true }), content);
}

function offer(page) {
  return page.locator('[data-form-kept]');
}

async function press(page, name) {
  await reach(page, offer(page).getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
}

/** Waits until what was typed last is kept as well, which takes a moment. */
async function keptAll(page) {
  const typed = await page.evaluate(() => Date.now());
  const kept = () => page.evaluate(() => Math.max(0, ...Object.values(localStorage).map((one) => JSON.parse(one).at)));
  await eventually(async () => (await kept()) > typed + A_MOMENT_MS);
}

/** Waits until the workstation holds so many forms, and says so where it never does. */
async function holds(page, of, count) {
  const held = () => page.evaluate(() => Object.keys(localStorage).length);
  await eventually(async () => (await held()) === count);
  of.expect(page, (await held()) === count, `the workstation holds ${await held()} forms and not ${count}`);
}

async function eventually(done) {
  for (let looks = 0; looks < LOOKS && !(await done()); looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
}
