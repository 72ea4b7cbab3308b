// An auditor: opens an event from the list, goes on to those beside it, asks for a kind of event.
import { seat } from '../chromium.mjs';
import { choose, enter } from '../keyboard.mjs';
import * as people from '../people.mjs';

export default async function auditor(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    of.expect(page, (await people.heading(page)) === '記録そのもの', 'begins elsewhere');
    await opensOne(page, of, way);
    await asksForAKind(page, of, way);
    await people.signOut(page, of, of.number);
    await page.context().close();
  });
}

async function opensOne(page, of, { look }) {
  const first = page.locator('tbody a').first();
  const position = await first.innerText();
  await enter(page, first);
  of.expect(page, (await people.heading(page)).endsWith(position), `opens another than ${position}`);
  await enter(page, page.getByRole('link', { name: '前の記録' }));
  const before = `#${Number(position.slice(1)) - 1}`;
  of.expect(page, (await people.heading(page)).endsWith(before), `comes to another than ${before}`);
  await look(page);
}

async function asksForAKind(page, of, { look }) {
  await people.goTo(page, '記録そのもの');
  await choose(page, page.getByLabel('種類'), '対象者を台帳に登録');
  await enter(page, page.getByRole('button', { name: '表示' }));
  const rows = await page.locator('tbody tr').allInnerTexts();
  const all = rows.length > 0 && rows.every((row) => row.includes('対象者を台帳に登録'));
  of.expect(page, all, `shows others: ${rows}`);
  await enter(page, page.locator('tbody a').first());
  await look(page);
  const shown = await page.locator('body').innerText();
  of.expect(page, !shown.includes(of.name), 'shows whose it is');
}
