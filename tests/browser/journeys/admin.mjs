// An administrator: invites somebody, who comes in by the link; a name is not taken for an account.
import { seat } from '../chromium.mjs';
import { choose, enter, type } from '../keyboard.mjs';
import * as people from '../people.mjs';

export default async function admin(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    of.expect(page, (await people.heading(page)) === 'アカウント', 'begins elsewhere');
    await invites(page, of, way, '山田 花');
    await people.faultLeadsTo(page, of, 'account');
    await way.look(page);
    await invites(page, of, way, way.told.invited);
    await way.look(page);
    const link = await page.locator('[role=status] .code').innerText();
    await comesIn(link, of, way);
    await people.signOut(page, of, way.told.invited);
    await page.context().close();
  });
}

async function invites(page, of, way, account) {
  await type(page, page.getByLabel('アカウント名'), account);
  await choose(page, page.getByLabel('役割'), '相談員・保健師');
  await enter(page, page.getByRole('button', { name: 'リンクを出す' }));
}

/** Whoever is invited mistypes the second time, is told, and comes in. */
async function comesIn(link, of, { scripts, look, told }) {
  const page = await seat(of, { scripts });
  await page.goto(link);
  await type(page, page.getByLabel('新しいパスワード'), of.password);
  await type(page, page.getByLabel('もう一度'), `${of.password}?`);
  await enter(page, page.getByRole('button', { name: '決めてサインイン' }));
  await people.faultLeadsTo(page, of, 'again');
  await look(page);
  await people.comeByLink(page, link, of.password);
  const who = await page.locator('.who').innerText();
  of.expect(page, who.includes(told.invited), `comes in as ${who}`);
  await page.context().close();
}
