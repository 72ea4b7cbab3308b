// A second factor: a passkey of the device, an app's codes, and each used at the next sign-in.
import { codeOf } from '../app.mjs';
import { seat } from '../chromium.mjs';
import { enter, type } from '../keyboard.mjs';
import * as people from '../people.mjs';

export default async function second(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    of.expect(page, (await people.heading(page)) === '今日の業務', 'begins elsewhere');
    await toSettings(page, way.told.account);
    await way.look(page);
    if (way.scripts) await passkey(page, of, way);
    else await noPasskey(page, of);
    const secret = await app(page, of, way);
    await comesInByCode(page, of, way, secret);
    await page.context().close();
  });
}

async function toSettings(page, account) {
  await enter(page, page.locator('.who').getByRole('link', { name: account }));
}

/** Whoever allows no scripts is told what a passkey needs. */
async function noPasskey(page, of) {
  const said = await page.locator('main').innerText();
  of.expect(page, said.includes('スクリプトを有効に'), 'what a passkey needs is not said');
  const offered = await page.getByRole('button', { name: 'パスキーを登録する' }).count();
  of.expect(page, offered === 0, 'offers what does not work');
}

/** A device that unlocks its keys for whoever sits at it. */
async function device(page) {
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', { options });
  return (isUserVerified) => browser.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
}

async function passkey(page, of, way) {
  const unlocks = await device(page);
  await type(page, page.getByLabel('この鍵の名前'), '窓口のパソコン');
  await enter(page, page.getByRole('button', { name: 'パスキーを登録する' }));
  const listed = await page.locator('main').innerText();
  of.expect(page, listed.includes('窓口のパソコン（'), 'the passkey is not listed');
  await way.look(page);

  await signsInAgain(page, of, way);
  of.expect(page, (await people.heading(page)) === 'サインインの確認', 'nothing more is asked');
  await way.look(page);
  // A device that is not unlocked gives nothing, and that is said.
  await unlocks(false);
  await page.getByRole('button', { name: 'パスキーでサインイン' }).press('Enter');
  await page.getByText('パスキーを使えませんでした').waitFor();
  await unlocks(true);
  await enter(page, page.getByRole('button', { name: 'パスキーでサインイン' }));
  of.expect(page, (await people.heading(page)) === '今日の業務', 'the passkey leads elsewhere');
  await toSettings(page, way.told.account);
}

async function signsInAgain(page, of, way) {
  await enter(page, page.getByRole('button', { name: 'サインアウト' }));
  await people.signIn(page, way.told.account, of.password);
}

async function app(page, of, way) {
  const secret = await people.registerApp(page);
  const said = await page.locator('main').innerText();
  of.expect(page, said.includes('登録してあります'), 'the app is not registered');
  await way.look(page);
  return secret;
}

async function comesInByCode(page, of, way, secret) {
  await signsInAgain(page, of, way);
  await type(page, page.getByLabel('認証アプリのコード'), '000000');
  await enter(page, page.locator('main').getByRole('button', { name: 'サインイン', exact: true }));
  await people.faultLeadsTo(page, of, 'code');
  await way.look(page);
  // That of now was used to register.
  await type(page, page.getByLabel('認証アプリのコード'), codeOf(secret, 1));
  await enter(page, page.locator('main').getByRole('button', { name: 'サインイン', exact: true }));
  of.expect(page, (await people.heading(page)) === '今日の業務', 'the code leads elsewhere');
}
