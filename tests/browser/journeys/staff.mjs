// A member of staff: comes in by a link, records by keyboard, makes mistakes, is called in an emergency, goes.
import { seat } from '../chromium.mjs';
import { choose, enter, type } from '../keyboard.mjs';
import * as people from '../people.mjs';

export default async function staff(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    of.expect(page, (await people.heading(page)) === '今日の業務', 'begins elsewhere');
    await records(page, of, way);
    await takesBack(page, of, way);
    await mistakes(page, of, way);
    await twiceAtOnce(page, of, way);
    await twoAtOnce(page, of, way);
    await signedOutMeanwhile(page, of, way);
    await emergency(page, of, way);
    await people.signOut(page, of, of.name);
    await page.context().close();
  });
}

/** The newest thing that the timeline shows. */
function newest(page) {
  return page.locator('ol.line > li').first();
}

/** How often the timeline shows a text. */
async function times(page, content) {
  return (await page.locator('ol.line').allInnerTexts()).join('').split(content).length - 1;
}

/** A call comes in, and is written down on one page. */
async function records(page, of, { scripts, look }) {
  const content = `就学の相談 ${scripts}`;
  await people.goTo(page, '記録する');
  await look(page);
  await people.fillConsultation(page, of.number, content);
  await people.record(page);
  const told = await newest(page).innerText();
  of.expect(page, told.includes(content), `the newest is not what was recorded: ${told}`);
  await look(page);
  if (scripts) {
    await goesBack(page, of);
  }
}

/** Going back from what was recorded leads to an empty form, and not to the browser's question whether to send it again. */
async function goesBack(page, of) {
  await page.goBack();
  of.expect(page, (await people.heading(page)).startsWith('記録する'), 'going back leads elsewhere');
  const typed = await page.getByLabel('内容', { exact: true }).inputValue();
  of.expect(page, typed === '', `going back, ${typed} stands in the form`);
}

/** What was written for the wrong person is taken back: one step to the form, and one that sends it. */
async function takesBack(page, of, { scripts, look }) {
  await people.goTo(page, '記録する');
  await people.fillConsultation(page, of.number, `別の方の相談 ${scripts}`);
  await people.record(page);
  await enter(page, newest(page).getByRole('link', { name: /^取消し/ }));
  await look(page);
  await choose(page, page.locator('#reason'), '対象者の誤り');
  await enter(page, page.getByRole('button', { name: '取り消す（なかったこと）', exact: true }));
  const told = await newest(page).innerText();
  of.expect(page, told.includes('【取消し】'), `what was taken back stands: ${told}`);
}

/** What is wrong is told where it is, and what was typed stays. */
async function mistakes(page, of, { look }) {
  await people.goTo(page, '記録する');
  await people.fillConsultation(page, 'C999', '書いたことは残る');
  await people.record(page);
  await look(page);
  await people.faultLeadsTo(page, of, 'children');
  const kept = await page.getByLabel('内容', { exact: true }).inputValue();
  of.expect(page, kept === '書いたことは残る', `of what was typed ${kept} is left`);
  of.expect(page, await page.getByRole('checkbox', { name: '就学' }).isChecked(), 'a tick is lost');
}

/** Somebody clicks twice: it stands once. */
async function twiceAtOnce(page, of, { scripts }) {
  const content = `二度押した ${scripts}`;
  await people.goTo(page, '記録する');
  await people.fillConsultation(page, of.number, content);
  await enter(page, people.recordButton(page));
  const focused = await people.whomButton(page).evaluate((one) => one === document.activeElement);
  of.expect(page, focused, 'who is meant is not one press away');
  await people.whomButton(page).dblclick({ noWaitAfter: true });
  // The second click calls the first one's page off, and brings it again.
  await newest(page).waitFor();
  await page.waitForLoadState();
  of.expect(page, (await times(page, content)) === 1, 'what was sent twice does not stand once');
}

/** Two record for the same person at the same moment: both stand. */
async function twoAtOnce(page, of, { scripts, told }) {
  const other = await people.another(of, { scripts }, told.colleague);
  const [first, second] = [`同時に一人目 ${scripts}`, `同時に二人目 ${scripts}`];
  const both = [[page, first], [other, second]];
  for (const [one, content] of both) {
    await people.goTo(one, '記録する');
    await people.fillConsultation(one, of.number, content);
  }
  await Promise.all(both.map(([one]) => people.record(one)));
  await page.reload();
  for (const content of [first, second]) {
    of.expect(page, (await times(page, content)) === 1, `of two at once ${content} does not stand`);
  }
  await other.context().close();
}

/** The session ends in another tab while something is typed: it is still there after signing in. */
async function signedOutMeanwhile(page, of, { scripts, look, told }) {
  const content = `サインインし直した ${scripts}`;
  await people.goTo(page, '記録する');
  await people.fillConsultation(page, of.number, content);
  const tab = await page.context().newPage();
  await tab.goto('/');
  await enter(tab, tab.getByRole('button', { name: 'サインアウト' }));
  await tab.close();
  await people.record(page);
  of.expect(page, (await people.heading(page)) === 'サインイン', 'records without a session');
  await look(page);
  await people.signIn(page, told.account, of.password);
  const kept = await page.getByLabel('内容', { exact: true }).inputValue();
  of.expect(page, kept === content, `after signing in again ${kept} is left`);
  await people.record(page);
  of.expect(page, (await times(page, content)) === 1, 'what was kept is not recorded');
}

/** Somebody else's person is opened for a reason, and no sooner. */
async function emergency(page, of, { look }) {
  await people.goTo(page, '対象者');
  await enter(page, page.getByRole('link', { name: of.other, exact: true }));
  of.expect(page, (await people.heading(page)).startsWith('担当ではありません'), 'opens at once');
  await look(page);
  const open = page.getByRole('button', { name: '理由を記録して開く' });
  await type(page, page.getByLabel('理由'), '　');
  await enter(page, open);
  await people.faultLeadsTo(page, of, 'reason');
  await type(page, page.getByLabel('理由'), '夜間に主治医から電話');
  await enter(page, open);
  of.expect(page, (await people.heading(page)).includes(of.name), 'stays closed for a reason');
  of.expect(page, (await times(page, '夜間に主治医から電話')) >= 1, 'does not show the reason');
  await look(page);
}
