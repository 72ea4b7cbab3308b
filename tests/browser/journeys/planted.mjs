// A page with a fault of each kind: the checks find all of them.
import { inspect } from '../checks.mjs';
import { seat } from '../chromium.mjs';
import { walkByTab } from '../keyboard.mjs';
import { Tour } from '../tour.mjs';

const PAGE = `<!doctype html><html lang="ja"><head><title>一枚</title></head><body>
<main><h1>一つ</h1><h1>二つ</h1><input>
<p style="color: #aaa; background: #fff">薄い字</p>
<div style="width: 700px; height: 1px"></div>
<a href="#a" style="outline: none">枠のないリンク</a>
<a href="#b" tabindex="3">順番の違うリンク</a>
<img alt="" src="http://127.0.0.1:1/elsewhere.png">
<script>console.error('planted')</script></main></body></html>`;

/** What each fault is told by. */
const FOUND = [
  'axe label',
  'axe color-contrast',
  'axe landmark-one-main',
  'has the title',
  'has 2 headings',
  'overflows at 640 px',
  'overflows at 320 px',
  'has no visible focus',
  'Tab goes from stop',
  'asks another origin',
  'the console says: planted',
];

export default async function planted(tour) {
  const own = new Tour({ address: 'http://127.0.0.1:2' }, tour.chromium);
  const page = await seat(own);
  await page.setContent(PAGE);
  await inspect(page, own);
  await walkByTab(page, own);
  await page.setContent(PAGE.replace(' tabindex="3"', '').replaceAll('main>', 'div>'));
  await inspect(page, own);
  await walkByTab(page, own);
  await page.context().close();
  const told = own.faults.join('\n');
  for (const found of FOUND) {
    if (!told.includes(found)) tour.fault(undefined, `${found} is not found in\n${told}`);
  }
}
