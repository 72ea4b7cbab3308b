// A member of staff: finds a person by name, makes a referral and closes its loop, visits a facility, writes plans anew, amends.
import { seat } from '../chromium.mjs';
import { choose, enter, pick, press, type } from '../keyboard.mjs';
import * as people from '../people.mjs';
import { facts, rows, table } from '../read.mjs';

/** The same name as people type it: another script, half the width, no voicing, no space. */
const SPELLED = ['つきしまこんた', 'ﾂｷｼﾞﾏ ｺﾞﾝﾀ', '月島権太'];

/** What was done at a facility. */
const CONTENT = '吸引の手技を一緒に確かめた';

export default async function staff(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    const [own, other] = way.scripts ? of.twins : [...of.twins].reverse();
    await search(page, of, own, other);
    await referral(page, of, own);
    await visit(page, of, way);
    await organisation(page, of, way);
    await supportPlan(page, of, own);
    await disasterPlan(page, of, own);
    await amends(page, of, own);
    await people.signOut(page, of, '月島');
    await page.context().close();
  });
}

/** The newest thing that the timeline shows, below what is due. */
function newest(page) {
  return page.locator('ol.line > li[id]').first();
}

async function toChild(page, child) {
  await people.goTo(page, '対象者');
  await type(page, page.getByLabel('対象者番号'), child);
  const list = page.getByRole('search', { name: '一覧' });
  await enter(page, list.getByRole('button', { name: '探す' }));
  await enter(page, page.getByRole('link', { name: child, exact: true }));
}

/** However the name is spelled, both who bear it are found, and only who is in one's charge is named. */
async function search(page, of, own, other) {
  await people.goTo(page, '対象者');
  const link = (child) => page.getByRole('link', { name: child, exact: true });
  const found = (child) => page.locator('main tbody tr').filter({ has: link(child) });
  for (const spelled of SPELLED) {
    const byName = page.getByRole('search', { name: '氏名で探す' });
    await type(page, byName.getByRole('textbox'), spelled);
    await enter(page, byName.getByRole('button', { name: '探す' }));
    const [named, unnamed] = [await found(own).innerText(), await found(other).innerText()];
    of.expect(page, named.includes('月島 権太'), `${spelled} does not find the name of ${own}: ${named}`);
    of.expect(page, unnamed.includes('担当ではない') && !unnamed.includes('月島'), `names ${other}: ${unnamed}`);
    of.expect(page, !decodeURIComponent(page.url()).includes(spelled), 'the name is in the address');
  }
  await enter(page, link(own));
  of.expect(page, (await people.heading(page)).includes('月島 権太'), `does not open ${own}`);
}

/** A referral is made from the person's page, ticked off step by step on the board, and gone from it when it is closed. */
async function referral(page, of, child) {
  await enter(page, page.getByRole('link', { name: 'そのほかの記録をする' }));
  await enter(page, page.getByRole('link', { name: /^総合支所保健福祉センターの課や関係機関へ連携する/ }));
  await choose(page, page.getByLabel('連携の向き'), 'センターから');
  await choose(page, page.getByLabel('機関の種別'), '総合支所保健福祉センター');
  await choose(page, page.getByLabel('総合支所', { exact: true }), '砧');
  await choose(page, page.getByLabel('連携先課'), '保健福祉課');
  await pick(page, 'urgency', '至急');
  await choose(page, page.getByLabel('理由'), '福祉サービスの利用');
  await type(page, page.getByLabel('依頼・要望'), '短期入所の利用の相談');
  await people.record(page);
  const told = await newest(page).innerText();
  of.expect(page, told.includes('至急') && told.includes('短期入所の利用の相談'), `the newest is another: ${told}`);

  const line = page.locator('tbody tr', { hasText: child });
  const asItIs = async () => {};
  for (const [step, fill] of [
    ['受理', asItIs],
    ['受入決定', asItIs],
    ['完了', () => pick(page, 'outcome', '支援につながった')],
    ['報告', () => type(page, page.getByLabel('報告'), '短期入所を月に2日使うことになった')],
  ]) {
    await people.goTo(page, '連携');
    const ticked = (await line.locator('.ticks').innerText()).includes(`☑ ${step}`);
    of.expect(page, !ticked, `${step} is ticked before it was recorded`);
    await enter(page, line.getByRole('link', { name: new RegExp(`^${step}を記録`) }));
    await fill();
    await people.record(page);
  }
  await people.goTo(page, '連携');
  of.expect(page, (await line.count()) === 0, 'what is closed still waits on the board');
  await choose(page, page.getByLabel('状態'), 'すべて');
  await enter(page, page.locator('main').getByRole('button', { name: '表示' }));
  const ticks = await line.locator('.ticks').innerText();
  of.expect(page, !ticks.includes('☐'), `it is closed, and not ticked off: ${ticks}`);
}

/** A facility of which the year's support was not decided is refused, and leads to what is to be done first and back; then a visit counts. */
async function visit(page, of, { scripts }) {
  const facility = scripts ? '見本第2園' : '見本第3園';
  const before = await visits(page, facility);
  await visited(page, facility);
  await people.faultLeadsTo(page, of, 'facility');
  const why = await page.locator('.faults').innerText();
  of.expect(page, why.includes('先に対象施設として登録'), `does not say what is to be done: ${why}`);
  const first = '先に対象施設として登録する（入力した内容は残ります）';
  await press(page, page.locator('.faults').getByRole('link', { name: first }));
  await enter(page, page.getByRole('button', { name: first }));
  const [chosen, year] = [page.locator('#facility option:checked'), page.getByLabel('年度')];
  of.expect(page, (await chosen.innerText()).includes(facility), 'the facility is not filled in');
  of.expect(page, (await year.inputValue()) === String(thisYear()), `the year is ${await year.inputValue()}`);
  await people.record(page);
  const content = await page.getByLabel('内容', { exact: true }).inputValue();
  of.expect(page, content === CONTENT, `of what was typed ${content} is left`);
  await people.record(page);
  const after = await visits(page, facility);
  of.expect(page, after === before + 1, `${before} visits have become ${after}`);
}

/** The fiscal year of today, which begins in April. */
function thisYear() {
  const [year, month] = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Tokyo' }).format(new Date()).split('-');
  return Number(month) < 4 ? year - 1 : Number(year);
}

async function visited(page, facility) {
  await act(page, '施設への技術支援の訪問を記録する');
  await choose(page, page.getByLabel('施設'), facility);
  await pick(page, 'staff_kind', '保健師');
  await type(page, page.getByLabel('内容', { exact: true }), CONTENT);
  await people.record(page);
}

/** How many visits to a facility the list tells. */
async function visits(page, facility) {
  await toOrganisations(page);
  const listed = await rows(table(page, 'facilities'));
  return Number(listed.find(([name]) => name === facility)[3]);
}

/** Goes to the list of offices and facilities, which stands beside the acts. */
async function toOrganisations(page) {
  await act(page, '関係機関と施設の一覧');
}

/** Goes to the form of an act. */
async function act(page, name) {
  await people.goTo(page, 'そのほかの記録');
  await enter(page, page.locator('main').getByRole('link', { name, exact: true }));
}

/** The new telephone number of an office stands in the list, and what else is known of it stays. */
async function organisation(page, of, { scripts }) {
  const phone = scripts ? '03-0000-1111' : '03-0000-2222';
  const line = table(page, 'offices').locator('tbody tr', { hasText: '見本居宅介護' });
  of.expect(page, !(await line.innerText()).includes(phone), `is ${phone} already`);
  await enter(page, line.getByRole('link', { name: /^変更/ }));
  await type(page, page.getByLabel('電話'), phone);
  await people.record(page);
  await toOrganisations(page);
  const told = await line.innerText();
  of.expect(page, told.includes(phone) && told.includes('居宅介護・在宅レスパイト'), `tells ${told}`);
}

/** Once the family agreed, the next version begins with what stands, and the page marks what was changed. */
async function supportPlan(page, of, child) {
  await toChild(page, child);
  const plan = page.getByRole('link', { name: /^在宅生活支援プラン.*の内容$/ });
  await enter(page, plan);
  await enter(page, page.getByRole('link', { name: '合意を記録する' }));
  await people.record(page);
  await enter(page, plan);
  await enter(page, page.getByRole('link', { name: '次の版を作成する' }));
  const goals = page.getByLabel('目標');
  of.expect(page, (await goals.inputValue()) === '自宅で暮らす', 'does not begin with what stands');
  await pick(page, 'reason', '家族の希望');
  await type(page, goals, '自宅で家族と暮らす');
  await people.record(page);
  await enter(page, plan);
  const second = page.locator('section', { hasText: '第2版（最新）' });
  const [added, removed] = [second.locator('.changes ins'), second.locator('.changes del')];
  const marked = (await added.allInnerTexts()).join('');
  of.expect(page, marked === '家族と', `marks ${marked} as what was added`);
  of.expect(page, (await removed.count()) === 0, 'marks something as removed');
  const first = await page.getByRole('region', { name: '第1版の内容' }).innerText();
  of.expect(page, first.includes('自宅で暮らす'), `the version before has become ${first}`);
}

/** A plan that was not verified for more than a year is verified with a guardian, and is due in a year again. */
async function disasterPlan(page, of, child) {
  await toChild(page, child);
  const due = page.locator('ol.line > li', { hasText: '災害時個別支援計画の年1回の検証' });
  of.expect(page, (await due.count()) === 1, 'does not say that it is overdue');
  const plan = page.getByRole('link', { name: /^災害時個別支援計画.*の内容$/ });
  await enter(page, plan);
  of.expect(page, (await facts(page))['検証した回数'] === '0回', 'is verified before it was');
  await enter(page, page.getByRole('link', { name: '年1回の検証を記録する' }));
  await choose(page, page.getByLabel('保護者の立会い'), 'はい');
  await pick(page, 'method', '訪問');
  await pick(page, 'result', '有効');
  await people.record(page);
  of.expect(page, (await due.count()) === 0, 'is still overdue once it was verified');
  await enter(page, plan);
  const told = await facts(page);
  of.expect(page, told['検証した回数'] === '1回', `was verified ${told['検証した回数']}`);
  of.expect(page, /36[456]日/.test(told['期限まで']), `is due in ${told['期限まで']}`);
}

/** What was misheard is corrected, what did not happen is annulled, what was another's is moved: each with a reason. */
async function amends(page, of, child) {
  await records(page, child, '就学のそうだん');
  await enter(page, newest(page).getByRole('link', { name: /^訂正/ }));
  await type(page, page.getByLabel('内容', { exact: true }), '就学の相談');
  await choose(page, page.locator('#reason'), '誤記');
  await enter(page, page.getByRole('button', { name: '内容を訂正する' }));
  const told = await newest(page).innerText();
  of.expect(page, told.includes('内容：就学の相談'), `says after the correction ${told}`);
  const gone = (await newest(page).locator('del').allInnerTexts()).join();
  of.expect(page, gone.includes('内容: 就学のそうだん'), `does not strike what was said: ${gone}`);
  of.expect(page, told.includes('理由: 誤記'), `does not say why: ${told}`);

  await enter(page, newest(page).getByRole('link', { name: /^取消し/ }));
  await choose(page, page.locator('#reason'), '二重登録');
  await enter(page, page.getByRole('button', { name: '取り消す（なかったこと）' }));
  const annulled = await newest(page).innerText();
  of.expect(page, annulled.includes('【取消し】') && annulled.includes('二重登録'), `stands: ${annulled}`);

  await records(page, child, 'きょうだいの相談');
  await enter(page, newest(page).getByRole('link', { name: /^付替え/ }));
  await type(page, page.getByLabel('付替え先の対象者番号'), of.sibling);
  await enter(page, page.getByRole('button', { name: '別の方の記録に付け替える' }));
  await enter(page, people.whomButton(page));
  const moved = await newest(page).innerText();
  of.expect(page, moved.includes('【付替え済】') && moved.includes('対象者の誤り'), `stays: ${moved}`);
  await toChild(page, of.sibling);
  const there = await newest(page).innerText();
  of.expect(page, there.includes('きょうだいの相談'), `is not with ${of.sibling}: ${there}`);
}

async function records(page, child, content) {
  await people.goTo(page, '記録する');
  await people.fillConsultation(page, child, content);
  await people.record(page);
}
