// An auditor: goes through the pages of the audit, from a number to the bytes that it is counted from, and takes a list along.
import { seat } from '../chromium.mjs';
import { choose, enter, press, type, typeDay } from '../keyboard.mjs';
import * as people from '../people.mjs';
import { facts, file, number, records, rows, table } from '../read.mjs';
import { tellsNone } from '../secrets.mjs';
import { leafHash, rootOf, sha256 } from '../tree.mjs';

/** The pages of the audit in the order in which they are gone through, with what is done on each. */
const PAGES = [
  ['訂正・取消の一覧', corrections],
  ['取込みの来歴', imports],
  ['数え方の仮定', rules],
  ['閲覧の点検', access],
  ['標本の抽出と検証', sample],
];

export default async function auditor(tour) {
  await people.bothWays(tour, async (of, way) => {
    const page = await seat(of, way);
    await people.comeByLink(page, way.told.link, of.password);
    for (const [name, deed] of PAGES) {
      await people.goTo(page, '監査');
      await enter(page, page.locator('main table').getByRole('link', { name, exact: true }));
      of.expect(page, (await people.heading(page)) === name, `${name} leads elsewhere`);
      await deed(page, of);
      await tellsNone(page, of, of.personal);
    }
    await fromANumber(page, of);
    await events(page, of);
    await tellsNone(page, of, of.personal);
    await people.signOut(page, of, 'mihon-staff');
    await page.context().close();
  });
}

/** Presses the button that shows what was asked for. */
async function show(page, name = '表示') {
  await enter(page, page.locator('main').getByRole('button', { name, exact: true }));
}

/** The list is narrowed to corrections; one says what was said and what is, and leads to the original, which names it. */
async function corrections(page, of) {
  const list = page.getByRole('region', { name: '訂正・取消' }).locator('table');
  const all = (await rows(list)).length;
  await choose(page, page.getByLabel('何をしたか'), '訂正');
  await show(page);
  const shown = await rows(list);
  of.expect(page, shown.length > 0 && shown.length < all, `shows ${shown.length} of ${all}`);
  of.expect(page, shown.every((row) => row[2] === '訂正'), `shows others: ${shown}`);
  const legible = list.locator('tbody tr').filter({ hasText: '所要分' }).first();
  const minutes = legible.locator('li', { hasText: '所要分' });
  const [was, is] = [await minutes.locator('del').innerText(), await minutes.locator('ins').innerText()];
  of.expect(page, was === '20' && is === '30', `was ${was} and is ${is}`);
  const at = await legible.getByRole('rowheader').innerText();
  await enter(page, legible.locator('td').getByRole('link').first());
  const notice = page.locator('p.notice', { hasText: '訂正' });
  of.expect(page, (await notice.innerText()).includes(at), `the original does not name ${at}`);
}

/** Of a file that was refused every row says why, and the file is told by its hash. */
async function imports(page, of) {
  const hash = (await facts(page))['SHA-256'];
  await enter(page, page.getByRole('link', { name: /^却下したすべての行/ }).first());
  of.expect(page, (await facts(page))['SHA-256'] === hash, 'shows another file');
  const said = await page.locator('main').innerText();
  const [, refused] = /却下 (\d+)行/.exec(said) ?? [];
  const each = [...said.matchAll(/（行番号 (\d+)）/g)].map(([, row]) => row);
  of.expect(page, each.length === Number(refused), `of ${refused} rows it tells ${each}`);
  await enter(page, page.getByRole('link', { name: 'すべてのファイルへ' }));
}

/** A rule under which a figure differs is held against the figure's own page. */
async function rules(page, of) {
  const years = page.getByRole('navigation', { name: '年度' });
  await enter(page, years.getByRole('link', { name: '令和4年度', exact: true }));
  const read = await rows(table(page, 'readings'));
  const at = read.findIndex((row) => row[3].endsWith('（変わる）'));
  const [name, now, , other] = read[at];
  const said = other.replace(/\s*（変わる）$/, '');
  of.expect(page, !now.startsWith(said), `${name}: ${now} differs from ${other}`);
  await enter(page, table(page, 'readings').locator('tbody tr').nth(at).getByRole('link'));
  const own = (await facts(page))['実績'];
  of.expect(page, own === now, `${name} is ${own} on its own page, and ${now} here`);
}

/** What was opened is narrowed to a flag and an account, and to one person. */
async function access(page, of) {
  await choose(page, page.getByLabel('点検の印'), '担当外');
  await show(page);
  const list = page.getByRole('region', { name: '閲覧の一覧' }).locator('table');
  const flagged = await rows(list);
  const all = number(await page.locator('main p[role=status]').innerText());
  of.expect(page, flagged.length === all && all > 0, `of ${all} it lists ${flagged.length}`);
  of.expect(page, flagged.every((row) => row[5].includes('⚑ 担当外')), `lists others: ${flagged}`);
  const [[, , , person]] = flagged;
  await type(page, page.getByLabel('対象者番号'), person);
  await show(page, 'この方の記録を開いた人');
  const opened = await rows(list);
  of.expect(page, opened.length > 0, `nobody opened ${person}`);
  // What was asked without a name, and turned out to be about this person, is theirs as well.
  const theirs = (row) => row[3] === person || row[4].endsWith('匿名の相談');
  of.expect(page, opened.every(theirs), `lists others than ${person}: ${opened}`);
}

/** Whoever draws with the same seed draws the same, each unharmed; with another, another. */
async function sample(page, of) {
  const first = await draw(page, '監査の種 1');
  of.expect(page, first.length === 5, `draws ${first.length}`);
  const whole = first.every((row) => row[4].startsWith('✓') && row[5].startsWith('✓'));
  of.expect(page, whole, `not all are as they were recorded: ${first}`);
  const other = await draw(page, '監査の種 2');
  of.expect(page, String(other) !== String(first), `two seeds draw the same: ${first}`);
  const again = await draw(page, '監査の種 1');
  of.expect(page, String(again) === String(first), `one seed draws ${first}, then ${again}`);
}

async function draw(page, seed) {
  await type(page, page.getByLabel('種（シード）'), seed);
  await type(page, page.getByLabel('件数', { exact: true }), '5');
  await type(page, page.getByLabel('最後の位置'), '2000');
  await show(page, '引く');
  return rows(table(page, 'drawn'));
}

/** From a figure to an event that it counts, to the event's bytes, and to how it came about. */
async function fromANumber(page, of) {
  await people.goTo(page, '運営委員会');
  await enter(page, table(page, 'services').getByRole('link').first());
  const value = (await facts(page))['実績'];
  const counted = page.locator('ol.events').first().getByRole('link');
  of.expect(page, (await counted.count()) >= number(value), `${value}, of which ${await counted.count()} are listed`);
  const position = await counted.first().innerText();
  await enter(page, counted.first());
  of.expect(page, (await people.heading(page)).endsWith(position), `opens another than ${position}`);
  await bytes(page, of, Number(position.slice(1)));
  await enter(page, page.getByRole('link', { name: 'どの指標に数えたか' }));
  const uses = page.getByRole('region', { name: '数えた指標' }).locator('tbody tr', { hasText: 'A-1' });
  of.expect(page, (await uses.innerText()).includes(value), `counts in another figure than ${value}`);
  await enter(page, page.getByRole('link', { name: 'この記録そのものへ' }));
  await enter(page, page.getByRole('link', { name: 'この記録の前後を再現する' }));
  const now = await page.locator('#now').innerText();
  of.expect(page, now.endsWith(position), `replays another than ${position}: ${now}`);
}

/** The bytes that are kept have the hash that the page says, and lead to the root that it says. */
async function bytes(page, of, position) {
  const stored = page.locator('details', { hasText: '保存してあるままのバイト列' });
  await press(page, stored.locator('summary'));
  const leaf = await stored.locator('pre').first().evaluate((one) => one.textContent);
  const hash = leafHash(leaf);
  of.expect(page, hash === (await facts(page))['葉のハッシュ'], `the leaf has the hash ${hash}`);
  const taken = await file(page, stored.getByRole('link', { name: /をファイルで受け取る$/ }).first());
  const own = (await facts(stored))['SHA-256'];
  of.expect(page, sha256(taken.bytes) === own, `the file is not that of ${own}`);
  of.expect(page, leaf.includes(own), `the leaf is not of ${own}`);

  const path = page.locator('details', { hasText: '葉から根までのハッシュ' });
  await press(page, path.locator('summary'));
  const hashes = await path.locator('li').allInnerTexts();
  const head = page.locator('dl.facts', { hasText: '最新の位置と根' }).locator('dd');
  const [size, root] = (await head.innerText()).split(':');
  const reckoned = rootOf(hash, position - 1, Number(size), hashes);
  of.expect(page, reckoned === root, `leads to the root ${reckoned}, not ${root}`);
}

/** What the list is narrowed to stays in its address, in what is taken along, and while jumping to a day. */
async function events(page, of) {
  await people.goTo(page, '記録そのもの');
  await choose(page, page.getByLabel('種類'), '専門相談');
  await choose(page, page.getByLabel('対象者の総合支所'), '烏山');
  await choose(page, page.getByLabel('訂正・取消'), 'あり');
  await show(page);
  const list = page.getByRole('region', { name: '記録の一覧' }).locator('table');
  const shown = await rows(list);
  const fits = shown.length > 0 && shown.every((row) => row[4] === '専門相談' && row[7].startsWith('⚑'));
  of.expect(page, fits, `lists others: ${shown}`);
  const taken = await file(page, page.getByRole('link', { name: 'CSV', exact: true }));
  const lines = records(taken.bytes);
  of.expect(page, lines.length === shown.length, `${lines.length} are taken along, and ${shown.length} listed`);
  const same = shown.every(([position], at) => lines[at]?.split(',').includes(position.slice(1)));
  of.expect(page, same, `takes others along: ${lines}`);

  await enter(page, page.getByRole('link', { name: /^外す.*訂正・取消/ }));
  const more = await rows(list);
  of.expect(page, more.length > shown.length, `without one filter it lists ${more.length}`);
  await typeDay(page, page.getByLabel(/^記録した日（/), '2022-12-01');
  await choose(page, page.getByLabel('並び'), '記録の古い順');
  await show(page);
  const asked = new URL(page.url()).searchParams;
  const kept = asked.get('type') === 'consultation-recorded' && asked.get('area') === 'karasuyama';
  of.expect(page, kept, `the address has become ${asked}`);
  const days = (await rows(list)).map((row) => row[1].slice(0, 10));
  of.expect(page, days[0] >= '2022-12-01' && days[0] < '2023-02-01', `begins with ${days[0]}`);
  of.expect(page, String(days) === String([...days].sort()), `is not in order: ${days}`);
}
