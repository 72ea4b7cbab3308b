// An administrator: looks up offices, sees whether backups are old and says from when they are, changes and closes accounts.
import { seat } from '../chromium.mjs';
import { choose, enter, press, type } from '../keyboard.mjs';
import * as people from '../people.mjs';
import { facts, rows, table } from '../read.mjs';
import { tellsNone } from '../secrets.mjs';

export default async function admin(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    await organisations(page, of);
    await backups(page, of, way);
    await account(page, of, way);
    await tellsNone(page, of, of.everything);
    await people.signOut(page, of, way.told.invited);
    await page.context().close();
  });
}

/** The offices of an area are looked up; who changes them is not the administrator. */
async function organisations(page, of) {
  await people.goTo(page, '関係機関と施設');
  const all = await rows(table(page, 'offices'));
  await choose(page, page.getByLabel('総合支所'), '玉川');
  await enter(page, page.locator('main').getByRole('button', { name: '表示' }));
  const shown = await rows(table(page, 'offices'));
  const right = all.filter((row) => row[2] === '玉川');
  of.expect(page, right.length > 0 && right.length < all.length, `${right.length} of ${all.length} are there`);
  of.expect(page, shown.join() === right.join(), `shows others: ${shown}`);
  const forms = await page.locator('main a[href^="/acts"]').count();
  of.expect(page, forms === 0, 'leads to forms that are not for an administrator');
  await tellsNone(page, of, of.everything);
}

/** From which age on a backup is old is a setting: the page says whose it is, and warns accordingly. */
async function backups(page, of, { scripts, told }) {
  const [days, isOld] = scripts ? ['3000', false] : ['3', true];
  await people.goTo(page, 'システムの状態');
  const ledger = table(page, 'backups').locator('tbody tr', { hasText: '台帳' });
  of.expect(page, /SHA-256 [0-9a-f]{64}/.test(await ledger.innerText()), 'does not tell the backup by its hash');
  const never = await table(page, 'backups').locator('tbody tr', { hasText: '鍵' }).innerText();
  of.expect(page, never.includes('取った記録がありません'), `of the keys it says ${never}`);
  await enter(page, page.getByRole('link', { name: /^日数を定める/ }));
  const term = await page.getByLabel('期限の種類').inputValue();
  of.expect(page, term === 'backup-age', `asks for the days of ${term}`);
  await type(page, page.getByLabel('日数'), days);
  await choose(page, page.getByLabel('営業日で数える'), 'いいえ');
  await people.record(page);
  await people.goTo(page, 'システムの状態');
  const warned = (await ledger.innerText()).includes('日を超えています');
  of.expect(page, warned === isOld, `after ${days} days it ${warned ? 'warns' : 'does not warn'}`);
  const [newest] = await rows(table(page, 'settings'));
  const set = newest[1].includes(`${days}日`) && newest[2] === told.account;
  of.expect(page, set, `the newest setting is ${newest}`);
}

/** An account is opened, given another role, and closed once its name was typed; nobody does so with their own. */
async function account(page, of, { told }) {
  await people.goTo(page, 'アカウント');
  await type(page, page.getByLabel('アカウント名'), told.invited);
  await choose(page, page.getByLabel('役割'), '相談員・保健師');
  await enter(page, page.getByRole('button', { name: 'リンクを出す' }));
  const open = () => enter(page, page.getByRole('link', { name: told.invited, exact: true }));
  await open();
  await choose(page, page.getByLabel('新しい役割'), '監査人');
  await enter(page, page.getByRole('button', { name: '役割を変える' }));
  of.expect(page, (await facts(page))['役割'].startsWith('監査人'), 'has another role');

  const close = page.getByRole('button', { name: 'このアカウントを閉じる' });
  await type(page, page.getByLabel('閉じるアカウントの名前'), told.account);
  await enter(page, close);
  await people.faultLeadsTo(page, of, 'name');
  await type(page, page.getByLabel('閉じるアカウントの名前'), told.invited);
  await enter(page, close);
  of.expect(page, (await facts(page))['役割'] === '閉じてある', 'is open still');
  await people.goTo(page, 'アカウント');
  await press(page, page.locator('summary', { hasText: '閉じたアカウント' }));
  await open();
  of.expect(page, (await page.locator('main form').count()) === 0, 'a closed account can be changed');
  await people.goTo(page, 'アカウント');
  await enter(page, page.locator('main').getByRole('link', { name: told.account, exact: true }));
  of.expect(page, (await page.locator('main form').count()) === 0, 'can close the own account');
}
