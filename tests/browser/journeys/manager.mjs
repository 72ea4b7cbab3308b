// The manager: opens anybody, sees a person as they were, and has timeline and figures printed.
import { seat } from '../chromium.mjs';
import { enter, typeDay } from '../keyboard.mjs';
import * as people from '../people.mjs';
import { printed } from '../print.mjs';

export default async function manager(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    await people.goTo(page, '対象者');
    await enter(page, page.getByRole('link', { name: of.number, exact: true }));
    of.expect(page, (await people.heading(page)).includes(of.name), 'does not open somebody');
    await printed(page, of, ['経過', of.name]);
    await asOf(page, of, way);
    await people.goTo(page, '実績');
    await printed(page, of, ['実績', '数え方']);
    await people.signOut(page, of, of.name);
    await page.context().close();
  });
}

/** The record is seen as it was on a day. */
async function asOf(page, of, { look }) {
  await typeDay(page, page.getByLabel('時点（この日までの出来事）'), '2022-04-01');
  await enter(page, page.getByRole('button', { name: 'この日を見る' }));
  const notice = page.locator('p.notice[role=status]');
  const said = await notice.innerText();
  of.expect(page, said.includes('令和4年4月1日'), `shows another day: ${said}`);
  await look(page);
  await enter(page, page.getByRole('link', { name: '今の内容に戻る' }));
  of.expect(page, (await notice.count()) === 0, 'does not come back to today');
}
