// A member of the committee: chooses a year, asks how a figure is counted, and comes to nobody.
import { seat } from '../chromium.mjs';
import { enter, reach } from '../keyboard.mjs';
import * as people from '../people.mjs';

export default async function committee(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    of.expect(page, (await people.heading(page)).startsWith('総括表'), 'begins elsewhere');
    await choosesAYear(page, of);
    await people.goTo(page, '実績');
    await choosesAYear(page, of);
    await asksHow(page, of, way);
    await comesToNobody(page, of, way);
    await people.signOut(page, of, of.number);
    await page.context().close();
  });
}

async function choosesAYear(page, of) {
  const years = page.getByRole('navigation', { name: '年度' }).getByRole('link');
  const other = years.and(page.locator(':not([aria-current])')).first();
  const year = await other.innerText();
  await enter(page, other);
  const shown = await page.getByRole('navigation', { name: '年度' }).locator('[aria-current]').innerText();
  of.expect(page, shown === year, `shows ${shown}, not ${year}`);
}

async function asksHow(page, of, { look }) {
  const summary = page.locator('main summary').first();
  await reach(page, summary);
  await page.keyboard.press('Enter');
  const rule = page.locator('main details[open]');
  of.expect(page, (await rule.innerText()).length > 20, 'says nothing about how it counts');
  await look(page);
}

/** Neither a person's page nor the list of them is there, and what is said of that names nobody. */
async function comesToNobody(page, of, { look }) {
  for (const path of ['/children', `/children/${of.number}`, '/record', '/events/52']) {
    const answer = await page.goto(path);
    of.expect(page, answer.status() === 403, `answers ${answer.status()}`);
    const shown = await page.content();
    of.expect(page, !shown.includes(of.number) && !shown.includes(of.name), 'names somebody');
  }
  await look(page);
  await enter(page, page.getByRole('link', { name: 'はじめの画面へ' }));
}
