// A page as it is printed: on A4, without what is only of use on a screen.

/** What has no meaning on paper: where else to go, and what to press. */
const OF_THE_SCREEN = ['nav', 'form', 'button', '.skip', '.button', '.no-print', 'a[href*="format="]'];
/** A4 in points, and how far off a size may be. */
const [WIDTH, HEIGHT, OFF] = [595.3, 841.9, 1];

/** Says what is wrong with the page on paper, where each of these texts must stand; on so many sheets, if told. */
export async function printed(page, tour, texts, sheets) {
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sizes = [...paper.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
  tour.expect(page, sizes.length > 0, 'has no pages on paper');
  if (sheets) tour.expect(page, sizes.length === sheets, `is printed on ${sizes.length} sheets, not ${sheets}`);
  for (const [, width, height] of sizes) {
    const isA4 = Math.abs(width - WIDTH) < OFF && Math.abs(height - HEIGHT) < OFF;
    tour.expect(page, isA4, `is printed on ${width} by ${height} points`);
  }
  await page.emulateMedia({ media: 'print' });
  for (const selector of OF_THE_SCREEN) {
    const shown = page.locator(selector).filter({ visible: true });
    tour.expect(page, (await shown.count()) === 0, `prints ${selector}`);
  }
  const said = await page.locator('body').innerText();
  for (const text of texts) tour.expect(page, said.includes(text), `does not print ${text}`);
  const width = await page.evaluate(() => {
    const cut = [...document.querySelectorAll('.wide')].filter((one) => one.scrollWidth > one.clientWidth + 1);
    return cut.length;
  });
  tour.expect(page, width === 0, `cuts off ${width} tables on paper`);
  await page.emulateMedia({ media: null });
}
