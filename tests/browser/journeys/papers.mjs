// A member of staff takes papers along: a referral is ticked off on the board, its letter, the sheet and the plans are printed.
import { seat } from '../chromium.mjs';
import { enter } from '../keyboard.mjs';
import * as people from '../people.mjs';
import { printed } from '../print.mjs';

export default async function papers(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    await board(page, of, way);
    await plans(page, of, way);
    await people.signOut(page, of, of.name);
    await page.context().close();
  });
}

/** The referral of this way: one is ticked with scripts, the other without. */
function line(page, way) {
  return page.locator('tbody tr').filter({ hasText: areaOf(way) });
}

function areaOf({ scripts }) {
  return scripts ? '北沢' : '玉川';
}

/** A referral is sent, and the other office takes it: the board says so, and the letter goes on paper. */
async function board(page, of, way) {
  await people.goTo(page, '連携');
  await way.look(page);
  const ticks = async () => (await line(page, way).locator('.ticks').innerText()).replace(/\s+/g, ' ');
  const before = await ticks();
  of.expect(page, /☐ 受理/.test(before), `is received before it was: ${before}`);
  await enter(page, line(page, way).getByRole('link', { name: /^受理を記録/ }));
  await way.look(page);
  await people.record(page);
  await people.goTo(page, '連携');
  const after = await ticks();
  of.expect(page, /☑ 受理/.test(after), `is not ticked once it was received: ${after}`);
  await enter(page, line(page, way).getByRole('link', { name: /^連携票/ }));
  await printed(page, of, ['連携票', 'ご回答', areaOf(way)]);
  await enter(page, page.getByRole('link', { name: '経過へ', exact: true }));
}

/** The sheet and both plans go on paper: what was filled in, and room for what was not. */
async function plans(page, of, { look }) {
  await enter(page, page.getByRole('link', { name: '共有シート', exact: true }));
  await printed(page, of, ['共有シート', of.number, '出力者']);
  await enter(page, page.getByRole('link', { name: '経過へ戻る', exact: true }));
  for (const [plan, texts] of [
    [/災害時個別支援計画/, ['車で避難する', '公共施設で充電', '酸素', '090-0000-0001']],
    [/在宅生活支援プラン/, ['自宅で暮らす', '訪問診療は月2回']],
  ]) {
    await enter(page, page.getByRole('link', { name: plan }));
    await look(page);
    await enter(page, page.getByRole('link', { name: '印刷用の表示', exact: true }));
    await look(page);
    await printed(page, of, [...texts, '出力者']);
    of.expect(page, !(await page.locator('body').innerText()).includes('次に記録すること'), 'prints what is next');
    await enter(page, page.getByRole('link', { name: '画面の表示に戻る', exact: true }));
    await enter(page, page.getByRole('link', { name: '経過へ戻る', exact: true }));
  }
}
