// What stands on a page: in its tables, its lists of facts, its files.
import { readFileSync } from 'node:fs';
import { reach } from './keyboard.mjs';

/** The cells of each row, without what only a screen reader is told in a line of its own. */
export async function rows(table) {
  return table.locator('tbody tr').evaluateAll((all) =>
    all.map((row) => [...row.cells].map((cell) => cell.innerText.split('\n')[0].trim())),
  );
}

/** The table under a heading with this id. */
export function table(page, heading) {
  return page.locator(`[aria-labelledby="${heading}"] table`);
}

/** The first facts of a page, or of a part of it, by their names. */
export async function facts(within) {
  const pairs = await within
    .locator('dl.facts')
    .first()
    .locator('div')
    .evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.innerText.trim())));
  return Object.fromEntries(pairs);
}

/** The first whole number of a text. */
export function number(text) {
  return Number(/-?\d[\d,]*/.exec(text)?.[0].replaceAll(',', ''));
}

export function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}

/** Takes a file along by keyboard; gives its name and its bytes. */
export async function file(page, link) {
  await reach(page, link);
  const [taken] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  return { name: taken.suggestedFilename(), bytes: readFileSync(await taken.path()) };
}

/** The records of a table that was taken along as CSV, without its head and what it says behind an empty line. */
export function records(bytes) {
  const [told] = bytes.toString('utf8').split(/\r?\n\r?\n/);
  return told.split(/\r?\n/).slice(1);
}
