// A member of staff who reads English: asks for it, comes in, records by keyboard, and goes back to Japanese.
import { seat } from '../chromium.mjs';
import { choose, enter, pick, tick, type } from '../keyboard.mjs';
import * as people from '../people.mjs';

/** What is written down in Japanese, before a word that is none. */
const RECORDED = '英語の画面から記録';

export default async function english(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await page.goto('/sign-in');
    await type(page, page.getByLabel('アカウント名'), way.told.account);
    await type(page, page.getByLabel('パスワード'), of.password);
    await enter(page, page.getByRole('button', { name: 'English', exact: true }));
    of.expect(page, (await people.heading(page)) === 'Sign in', 'is asked for English and stays Japanese');
    const [account, password] = [page.getByLabel('Account'), page.getByLabel('Password')];
    of.expect(page, (await account.inputValue()) === way.told.account, 'the name that was typed is lost');
    of.expect(page, (await password.inputValue()) === '', 'the password came back');
    await way.look(page);
    await comeByLink(page, way.told.link, of.password);
    of.expect(page, (await people.heading(page)) === 'Today', 'begins elsewhere');
    await way.look(page);
    await records(page, of, way);
    for (const [name, heading] of [
      ['Children', 'Children'],
      ['Referrals', 'Referrals'],
      ['Steering committee', 'Scorecard'],
      ['Events', 'Events'],
    ]) {
      await goTo(page, name);
      of.expect(page, (await people.heading(page)) === heading, `${name} leads elsewhere`);
      await way.look(page);
    }
    await enter(page, page.getByRole('button', { name: '日本語', exact: true }));
    of.expect(page, (await people.heading(page)) === '記録そのもの', 'does not show the same page in Japanese');
    await people.signOut(page, of, of.name);
    await page.context().close();
  });
}

async function comeByLink(page, link, password) {
  await page.goto(link);
  await type(page, page.getByLabel('New password'), password);
  await type(page, page.getByLabel('Once more'), password);
  await enter(page, page.getByRole('button', { name: 'Set it and sign in' }));
}

async function goTo(page, name) {
  const pages = page.getByRole('navigation', { name: 'Main pages' });
  await enter(page, pages.getByRole('link', { name, exact: true }));
}

/** What is wrong is told in English where it is; what is recorded stays as it was written, and is marked. */
async function records(page, of, { scripts, look }) {
  const content = `${RECORDED} ${scripts}`;
  await goTo(page, 'Record');
  await fill(page, 'C999', content);
  await people.faultLeadsTo(page, of, 'children');
  await look(page);
  await fill(page, of.number, content);
  await look(page);
  await enter(page, page.getByRole('button', { name: 'Record it for them', exact: true }));
  const told = page.locator('ol.line > li').first();
  await told.waitFor();
  of.expect(page, (await told.innerText()).includes(content), 'the newest is not what was recorded');
  const marked = await told.locator('[lang=ja]').allInnerTexts();
  of.expect(page, marked.join('').includes(RECORDED), 'what was recorded is not marked as Japanese');
  await look(page);
}

async function fill(page, number, content) {
  await type(page, page.getByLabel("Child's number"), number);
  await choose(page, page.getByLabel('Who consulted'), 'Guardian');
  await pick(page, 'channel', 'Phone');
  const topic = page.getByRole('checkbox', { name: 'School entry' });
  if (!(await topic.isChecked())) await tick(page, 'School entry');
  await type(page, page.getByLabel('Content', { exact: true }), content);
  await enter(page, page.locator('main').getByRole('button', { name: 'Record', exact: true }));
}
