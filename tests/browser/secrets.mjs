// What the tests know of the persons in a ledger, in each way in which a page could write it.

/** A name without its space, or with a wide one; a day as it is written in Japanese, or by this program's files. */
function otherForms(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return [text.replace(/[\s　]/gu, ''), text.replace(/\s/gu, '　')];
  const day = new Date(`${text}T00:00:00+09:00`);
  const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'long', timeZone: 'Asia/Tokyo' });
  return [era.format(day), text.replaceAll('-', '/')];
}

/** Names, days of birth and the like as they are told, and in their other forms. */
export function everyForm(names) {
  return [...names, ...names.flatMap(otherForms)];
}

/** No page tells what its reader must not know. */
export async function tellsNone(page, of, secrets) {
  const shown = await page.content();
  for (const secret of secrets) of.expect(page, !shown.includes(secret), `shows ${secret}`);
}
