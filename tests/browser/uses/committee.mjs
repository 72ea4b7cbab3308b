// Somebody of the steering committee: from the start page through the committee's navigation, doing on each page what it is for.
import { seat } from '../chromium.mjs';
import { enter, reach } from '../keyboard.mjs';
import * as people from '../people.mjs';
import { facts, file, number, records, rows, sum, table } from '../read.mjs';
import { tellsNone } from '../secrets.mjs';

/** What is withheld. */
const WITHHELD = '※';

/** The pages in the order in which they are gone through, with what is done on each. */
const PAGES = [
  ['総括表', scorecard],
  ['月別の推移', course],
  ['地域×事業', areas],
  ['施設への技術支援', facilities],
  ['災害への備え', disaster],
  ['連携の流れ', referrals],
  ['支援体制の図', picture],
  ['現状と課題', issues],
  ['支援の歩み', journeys],
  ['経費と補助金', budget],
  ['記録の信頼性', quality],
  ['前回からの変更', changes],
  ['委員会と資料', meetings],
  ['提言への対応', texts],
  ['国・都への要望', texts],
];

export default async function committee(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    for (const [name, deed] of PAGES) {
      await goTo(page, name);
      of.expect(page, (await people.heading(page)) === name, `${name} leads elsewhere`);
      await tellsNone(page, of, of.everything);
      await deed(page, of);
      await tellsNone(page, of, of.everything);
      const events = await page.locator('main a[href^="/events"]:not([href$="/amend"])').count();
      of.expect(page, events === 0, 'leads to the events of persons');
    }
    await people.signOut(page, of, of.numbers[0]);
    await page.context().close();
  });
}

async function goTo(page, name) {
  const pages = page.getByRole('navigation', { name: '運営委員会の画面' });
  await enter(page, pages.getByRole('link', { name, exact: true }));
}

async function chooseYear(page, of, year) {
  const years = page.getByRole('navigation', { name: '年度' });
  await enter(page, years.getByRole('link', { name: year, exact: true }));
  await isOf(page, of, year);
}

async function isOf(page, of, year) {
  const shown = await page.getByRole('navigation', { name: '年度' }).locator('[aria-current]').innerText();
  of.expect(page, shown === year, `shows ${shown}, not ${year}`);
}

/** Follows a link to a figure, which must have this value there, say how it is counted, and lead to nobody's events. */
async function follow(page, of, link, id, value) {
  await enter(page, link);
  const heading = await people.heading(page);
  of.expect(page, heading.startsWith(id), `leads to ${heading}, not to ${id}`);
  const told = (await facts(page))['実績'];
  of.expect(page, told === value, `is ${told} on its own page, and ${value} before`);
  const said = await page.locator('main').innerText();
  of.expect(page, /何を数えているか\s+\S{5}/.test(said), 'does not say what it counts');
  of.expect(page, /数え方: CR-\S+/.test(said), 'does not say by which rule');
  of.expect(page, !said.includes('数えた記録'), 'lists the events that it counts');
  await tellsNone(page, of, of.everything);
}

/** The row of a figure under 関わる指標. */
async function figure(page, id) {
  return (await rows(table(page, 'figures'))).find(([name]) => name.startsWith(id));
}

/** A figure of another year is followed, and the way back is to that year. */
async function scorecard(page, of) {
  await chooseYear(page, of, '令和4年度');
  const first = table(page, 'services').locator('tbody tr').first();
  const [, , value] = (await rows(table(page, 'services')))[0];
  await follow(page, of, first.getByRole('link'), 'A-1', value);
  await isOf(page, of, '令和4年度');
  of.expect(page, `${(await facts(page))['数えた数（n）']}件` === value, `counts other than ${value}`);
  await goTo(page, '総括表');
  await isOf(page, of, '令和4年度');
}

/** The table beside a chart tells what the chart does, and its sum is the figure's. */
async function course(page, of) {
  const heading = await page.getByRole('heading', { name: /^施設への技術支援/ }).getAttribute('id');
  const [year] = await rows(table(page, heading));
  const [total, ...months] = [...year.slice(1)].reverse();
  const counted = months.filter((one) => one !== '―').map(Number);
  of.expect(page, sum(counted) === number(total), `${counted} make ${total}`);
  const drawn = page.locator(`section:has(#${heading}) svg`).first().locator('desc');
  const said = await drawn.evaluate((one) => one.textContent);
  of.expect(page, counted.every((one) => said.includes(String(one))), `draws other than ${counted}: ${said}`);
  await follow(page, of, table(page, heading).getByRole('link').first(), 'A-4', total);
  await isOf(page, of, '令和3年度');
}

/** A year's areas are as a meeting was shown them; what is withheld cannot be reckoned; a number leads to its figure. */
async function areas(page, of) {
  await chooseYear(page, of, '令和4年度');
  const stamp = await page.locator('.stamp').first().innerText();
  of.expect(page, stamp.includes('第4回の資料として確定した'), `does not say who was shown it: ${stamp}`);
  const shown = await rows(table(page, 'persons'));
  for (let at = 1; at < shown[0].length; at += 1) {
    const withheld = shown.filter((row) => row[at] === WITHHELD).length;
    of.expect(page, withheld !== 1, `column ${at} withholds one alone`);
    const small = shown.filter((row) => Number(row[at]) > 0 && Number(row[at]) < 5);
    of.expect(page, small.length === 0, `shows ${small}`);
  }
  const visits = sum((await rows(table(page, 'facilities'))).map((row) => Number(row[1])));
  await follow(page, of, table(page, 'facilities').getByRole('link').first(), 'A-4', `${visits}回`);
  await isOf(page, of, '令和4年度');
}

/** What is done in the grid is as often as its sum says. */
async function facilities(page, of) {
  await chooseYear(page, of, '令和4年度');
  const grid = await rows(table(page, 'grid'));
  const done = grid.flatMap((row) => row.slice(3, 7)).filter((cell) => cell === '済').length;
  const within = number((await facts(page))['各施設4回まで']);
  of.expect(page, done === within, `${done} visits are done in the grid, and ${within} above`);
  const all = (await facts(page))['実施'];
  await follow(page, of, table(page, 'grid').getByRole('link').first(), 'A-4', all);
}

/** By area and by who supports them are the same plans; the figure says of how many. */
async function disaster(page, of) {
  const board = table(page, 'by-area');
  const totals = await board.locator('tfoot td').allInnerTexts();
  const others = await table(page, 'by-support').locator('tfoot td').allInnerTexts();
  const section = await page.locator('section:has(#by-support)').innerText();
  const isKept = others.length === 0 && section.includes('この表は示しません');
  of.expect(page, isKept || totals.join() === others.join(), `by area ${totals}, by support ${others}`);
  const [, covered] = await figure(page, 'D-1');
  await follow(page, of, table(page, 'figures').getByRole('link', { name: /^D-1/ }), 'D-1', covered);
  const told = await facts(page);
  const said = `${number(told['分母'])}人中${number(told['分子'])}人`;
  of.expect(page, covered.startsWith(said), `${covered} is not ${said}`);
}

/** All referrals go to somebody; it is told how C-4 counts otherwise, and there it is. */
async function referrals(page, of) {
  await addsUp(page, of, 'flow', 2);
  const [, overdue] = await figure(page, 'C-4');
  await follow(page, of, page.getByRole('link', { name: /^指標C-4/ }), 'C-4', overdue);
}

/** The numbers of a column are all referrals of the heading's stamp. */
async function addsUp(page, of, heading, column) {
  const stamp = await page.locator(`section:has(#${heading}) .stamp`).innerText();
  const all = number(/連携 (\d+)件/.exec(stamp)?.[0] ?? '');
  const made = sum((await rows(table(page, heading))).map((row) => Number(row[column])));
  of.expect(page, made === all, `${made} of ${all} referrals are shown`);
}

/** The picture tells in words what its table does; what the centre gives leads to its figure. */
async function picture(page, of) {
  await addsUp(page, of, 'hand-over', 2);
  const drawn = page.locator('section:has(#hand-over) svg desc');
  const said = await drawn.evaluate((one) => one.textContent);
  for (const [from, to, made] of await rows(table(page, 'hand-over'))) {
    if (to === '（双方向）') continue;
    const other = from === '本センター' ? to : from;
    of.expect(page, said.includes(other) && said.includes(made), `does not draw ${other} ${made}: ${said}`);
  }
  const [[, value]] = await rows(table(page, 'given'));
  await follow(page, of, table(page, 'given').getByRole('link').first(), 'A-1', value);
}

/** An issue's indicator of a year is that year's figure. */
async function issues(page, of) {
  const fifth = table(page, 'issue-5');
  const [[name, , value]] = await rows(fifth);
  of.expect(page, name.startsWith('A-1'), `the fifth issue begins with ${name}`);
  await follow(page, of, fifth.locator('tbody tr').first().getByRole('link').nth(1), 'A-1', value);
  await isOf(page, of, '令和4年度');
}

/** Of fewer than five persons neither how many nor how long is told. */
async function journeys(page, of) {
  await chooseYear(page, of, '令和3年度');
  const steps = await rows(table(page, 'steps'));
  of.expect(page, steps.length > 5, `shows ${steps.length} steps`);
  for (const [from, to, days, persons] of steps) {
    const untold = { [WITHHELD]: WITHHELD, なし: '―' }[persons];
    const isRough = untold ? days === untold : /^\d*[05]〜\d+人$/.test(persons);
    of.expect(page, isRough, `from ${from} to ${to}: ${days} days, ${persons}`);
  }
}

/** A year's lines make its total; the table is taken along, and says the same. */
async function budget(page, of) {
  await chooseYear(page, of, '令和3年度');
  const spent = await rows(table(page, 'lines'));
  const total = await table(page, 'lines').locator('tfoot').locator('th, td').allInnerTexts();
  for (const at of [1, 2, 3]) {
    const made = sum(spent.map((line) => number(line[at])));
    of.expect(page, made === number(total[at]), `column ${at} makes ${made}, not ${total[at]}`);
  }
  const taken = await file(page, page.getByRole('link', { name: '予算と執行（CSV）' }));
  of.expect(page, taken.name.endsWith('.csv'), `the file is called ${taken.name}`);
  const lines = records(taken.bytes);
  for (const [at, line] of spent.entries()) {
    // A file holds numbers, whose unit stands in the heading.
    const plain = line.map((cell) => cell.replace(/^(-?[\d,]+)円$/, (_, digits) => digits.replaceAll(',', '')));
    const fits = plain.every((cell) => lines[at]?.includes(cell));
    of.expect(page, fits, `the file does not say ${line}: ${lines[at]}`);
  }
  const [, share] = await figure(page, 'H-1');
  await follow(page, of, table(page, 'figures').getByRole('link', { name: /^H-1/ }), 'H-1', share);
}

/** The line for the minutes proves what the page tells, and perhaps what was recorded meanwhile; what changed is one link away. */
async function quality(page, of) {
  const [, position] = /位置 (\d+) の時点/.exec(await page.locator('.stamp').innerText()) ?? [];
  const line = await page.locator('p.code').innerText();
  const [at, root] = line.split(':');
  const proves = Number(at) >= Number(position) && /^[0-9a-f]{64}$/.test(root);
  of.expect(page, proves, `the line is ${line}, at ${position}`);
  await enter(page, page.getByRole('link', { name: '前回の委員会から変わった数' }));
  of.expect(page, (await people.heading(page)) === '前回からの変更', 'leads elsewhere');
}

/** Since another meeting other figures have changed, each really. */
async function changes(page, of) {
  const since = page.getByRole('navigation', { name: 'どの委員会から' });
  await enter(page, since.getByRole('link', { name: '第2回から' }));
  const said = await page.locator('#changed').innerText();
  of.expect(page, said.startsWith('第2回の資料'), `tells since another: ${said}`);
  const changed = await rows(table(page, 'changed'));
  const contacts = changed.find(([name]) => name.startsWith('A-1'));
  of.expect(page, contacts && contacts[1] !== contacts[2], `A-1 has not changed: ${contacts}`);
}

/** What a meeting was shown stays, beside what it is now; one figure is opened as it was shown, and as it is. */
async function meetings(page, of) {
  await enter(page, page.getByRole('link', { name: '第2回', exact: true }));
  of.expect(page, (await people.heading(page)) === '運営委員会 第2回', 'opens another meeting');
  const intact = await page.getByText('✓ 確定した資料は確定したときのまま').count();
  of.expect(page, intact === 1, 'does not say that its materials are as they were');
  const shown = await rows(table(page, 'figures'));
  const changed = shown.filter((row) => row[3] === '変わった');
  const told = number(await page.getByText(/会議のときから\d+件の数字が変わりました/).innerText());
  of.expect(page, changed.length === told, `${told} have changed, of which ${changed.length} are marked`);
  const [, then, now] = shown.find(([name]) => name.startsWith('A-1'));
  of.expect(page, then !== now, `A-1 was ${then} and is ${now}`);
  const frozen = table(page, 'figures').getByRole('link', { name: /^A-1/ });
  await follow(page, of, frozen, 'A-1', then);
  await follow(page, of, page.getByRole('link', { name: 'いまの数を見る' }), 'A-1', now);
}

/** What was written is sealed until it is opened by a button. */
async function texts(page, of) {
  const said = page.locator('main .said');
  of.expect(page, (await said.count()) === 0, 'shows what is sealed');
  await enter(page, page.getByRole('button', { name: '文面を開く' }));
  const opened = await said.allInnerTexts();
  const legible = opened.length > 0 && opened.every((text) => text.trim().length > 3);
  of.expect(page, legible, `opens ${opened.length} texts: ${opened}`);
}
