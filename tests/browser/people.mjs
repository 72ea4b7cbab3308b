// What several people do alike: come in by a link or a password, go, write a consultation.
import { codeOf } from './app.mjs';
import { inspect } from './checks.mjs';
import { seat } from './chromium.mjs';
import { choose, enter, pick, reach, tick, type } from './keyboard.mjs';

/** Makes a journey with scripts, and once more without; axe is a script. */
export async function bothWays(tour, journey) {
  for (const scripts of [true, false]) {
    const of = tour.as(scripts ? 'with scripts' : 'without scripts');
    const look = async (page) => {
      if (scripts) await inspect(page, of);
    };
    await journey(of, { scripts, look, told: scripts ? tour.first : tour.second });
  }
}

/** Sets a password at a link. */
export async function comeByLink(page, link, password) {
  await page.goto(link);
  await type(page, page.getByLabel('新しいパスワード'), password);
  await type(page, page.getByLabel('もう一度'), password);
  await enter(page, page.getByRole('button', { name: '決めてサインイン' }));
  if (new URL(page.url()).pathname === '/security') await registerApp(page);
}

/** Registers an app's codes, and gives what the app keeps. */
export async function registerApp(page) {
  await enter(page, page.getByRole('button', { name: /認証アプリを登録する|登録し直す/ }));
  const secret = await page.locator('.secret').innerText();
  await type(page, page.getByLabel('アプリに表示された6桁の数字'), codeOf(secret));
  await enter(page, page.getByRole('button', { name: '登録する', exact: true }));
  return secret;
}

/** Signs in on the page that asks for it. */
export async function signIn(page, account, password) {
  if (account) await type(page, page.getByLabel('アカウント名'), account);
  await type(page, page.getByLabel('パスワード'), password);
  await enter(page, page.getByRole('button', { name: 'サインイン', exact: true }));
}

/** Another browser in which the same account is signed in. */
export async function another(tour, options, account) {
  const page = await seat(tour, options);
  await page.goto('/sign-in');
  await signIn(page, account, tour.password);
  return page;
}

/** Signs out, after which nothing of the pages before can be come back to. */
export async function signOut(page, tour, secret) {
  await enter(page, page.getByRole('button', { name: 'サインアウト' }));
  tour.expect(page, (await heading(page)) === 'サインイン', 'signing out leads elsewhere');
  // Of what was sent as a form there is nothing to go back to.
  await page.goBack().catch((error) => {
    if (!error.message.includes('ERR_CACHE_MISS')) throw error;
  });
  const shown = await page.locator('body').innerText();
  tour.expect(page, !shown.includes(secret), `going back after signing out shows ${secret}`);
}

/** What the page is called. */
export async function heading(page) {
  return (await page.locator('h1').innerText()).replace(/\s+/g, ' ').trim();
}

/** Fills in a consultation by keyboard. */
export async function fillConsultation(page, number, content) {
  await type(page, page.getByLabel('対象者番号'), number);
  await choose(page, page.getByLabel('相談者'), '保護者');
  await pick(page, 'channel', '電話');
  await tick(page, '就学');
  await type(page, page.getByLabel('内容', { exact: true }), content);
}

/** The button that records. */
export function recordButton(page) {
  return page.locator('main').getByRole('button', { name: '記録する', exact: true });
}

/** Follows a link of the navigation. */
export async function goTo(page, name) {
  await enter(page, page.getByRole('navigation', { name: '主な画面' }).getByRole('link', { name, exact: true }));
}

/** The button that says that whoever is shown is meant. */
export function whomButton(page) {
  return page.getByRole('button', { name: 'この方の記録にする', exact: true });
}

/** Presses the button that records, and says that whoever is shown is meant where a number was typed. */
export async function record(page) {
  await enter(page, recordButton(page));
  if ((await whomButton(page).count()) > 0) {
    await enter(page, whomButton(page));
  }
}

/** Comes to the summary of what is wrong, and by its link to the field. */
export async function faultLeadsTo(page, tour, field) {
  const summary = page.locator('.faults');
  await summary.waitFor();
  const focused = await summary.evaluate((one) => one === document.activeElement);
  tour.expect(page, focused, 'what is wrong has no focus');
  const link = summary.locator(`a[href="#${field}"]`);
  await reach(page, link);
  await page.keyboard.press('Enter');
  const there = await page.locator(`#${field}`).evaluate((one) => one === document.activeElement);
  tour.expect(page, there, `the fault's link does not lead to ${field}`);
}
