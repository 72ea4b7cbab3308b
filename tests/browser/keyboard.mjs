// Somebody who has a keyboard and no mouse.

/** Most stops of one walk over a page. */
const STOPS_MAX = 40;
/** Most times that Tab is pressed to come to something. */
const PRESSES_MAX = 600;

/** Puts the beginning of the page before the next Tab. */
async function toTheTop(page) {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    window.scrollTo(0, 0);
  });
}

/** Says where Tab leaves something out, or where nobody sees where they are. */
export async function walkByTab(page, tour) {
  await toTheTop(page);
  const count = await page.evaluate(collectStops);
  let last = -1;
  const end = Math.min(count, STOPS_MAX) - 1;
  for (let presses = 0; presses < STOPS_MAX * 4 && last < end; presses += 1) {
    await page.keyboard.press('Tab');
    const { at, what, faults } = await page.evaluate(whereFocusIs);
    // Within a date there are several stops, and a list that scrolls may be one of its own.
    if (at === last || (at === -1 && what !== 'BODY')) continue;
    if (at !== last + 1) {
      tour.fault(page.url(), `Tab goes from stop ${last} to ${at} of ${count}: ${what}`);
      return;
    }
    for (const fault of faults) tour.fault(page.url(), `${fault}: ${what}`);
    last = at;
  }
  if (last < end) tour.fault(page.url(), `Tab ends at ${last} of ${count}`);
}

/** In the page: what can be come to, in its order. */
function collectStops() {
  const all = document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
  );
  const groups = new Set();
  window.careLedgerStops = [...all].filter((one) => {
    if (one.disabled || !one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== 'radio') return true;
    const group = [...document.querySelectorAll(`input[type=radio][name="${one.name}"]`)];
    const checked = group.find((other) => other.checked);
    if ((checked && checked !== one) || groups.has(one.name)) return false;
    groups.add(one.name);
    return true;
  });
  return window.careLedgerStops.length;
}

/** In the page: which stop has the focus, and whether that is seen. */
function whereFocusIs() {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const faults = [];
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) faults.push('has no visible focus');
  const box = one.getClientRects()[0] ?? new DOMRect();
  const middle = (low, high, most) => Math.min(Math.max((low + Math.min(high, most)) / 2, 1), most - 1);
  const [x, y] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
  const there = document.elementFromPoint(x, y);
  const own = [one, ...(one.labels ?? [])];
  if (!own.some((part) => part.contains(there)) && !there?.contains(one)) {
    faults.push('is hidden while it has the focus');
  }
  return {
    at: window.careLedgerStops.indexOf(one),
    what: one === document.body ? 'BODY' : one.outerHTML.slice(0, 120),
    faults,
  };
}

/** Comes to something by Tab alone, back where it lies behind. */
export async function reach(page, locator) {
  await locator.waitFor();
  for (let presses = 0; presses < PRESSES_MAX; ) {
    await page.evaluate(collectStops);
    const ahead = await locator.evaluate(stopsAhead);
    if (ahead === 0) return;
    await holdTab(page, ahead);
    presses += Math.abs(ahead);
  }
  throw new Error(`Tab never comes to ${locator}`);
}

/** Holds Tab down for so many stops, with Shift where they lie behind. */
async function holdTab(page, stops) {
  if (stops < 0) await page.keyboard.down('Shift');
  await Promise.all(Array.from({ length: Math.abs(stops) }, () => page.keyboard.down('Tab')));
  await page.keyboard.up('Tab');
  if (stops < 0) await page.keyboard.up('Shift');
}

/** In the page: at least how many stops something lies ahead of the focus, less than none where it lies behind. */
function stopsAhead(one) {
  const focused = document.activeElement;
  if (one === focused) return 0;
  const stops = window.careLedgerStops;
  const [from, to] = [stops.indexOf(focused), stops.indexOf(one)];
  // What is no stop yet, as one of several radio buttons, is looked for step by step.
  return to < 0 ? 1 : to - from;
}

/** Follows a link, or presses a button, and waits for the page that comes. */
export async function enter(page, locator) {
  await reach(page, locator);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

/** Types into a field, in place of what stands there. */
export async function type(page, locator, text) {
  await reach(page, locator);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

/** Chooses from a list. */
export async function choose(page, locator, word) {
  await reach(page, locator);
  await page.keyboard.press('Home');
  const selected = () => locator.evaluate((one, wanted) => {
    const at = [...one.options].findIndex((option) => option.text === wanted);
    return at - one.selectedIndex;
  }, word);
  for (let left = await selected(); left > 0; left -= 1) await page.keyboard.press('ArrowDown');
  if ((await selected()) !== 0) throw new Error(`ArrowDown never comes to ${word}`);
}

/** Types a day, given as 2022-04-01, as its parts, as a browser takes it in its own language. */
export async function typeDay(page, locator, day) {
  await reach(page, locator);
  const [year, month, date] = day.split('-');
  await page.keyboard.type(month + date + year);
}

/** Presses a button, or opens what is closed, where no page comes of it. */
export async function press(page, locator) {
  await reach(page, locator);
  await page.keyboard.press('Enter');
}

/** Picks one of several radio buttons. */
export async function pick(page, name, word) {
  const group = page.locator(`input[type=radio][name="${name}"]`);
  const checked = group.and(page.locator(':checked'));
  await reach(page, (await checked.count()) > 0 ? checked : group.first());
  await page.keyboard.press('Space');
  const wanted = page.getByRole('radio', { name: word, exact: true });
  await until(page, 'ArrowRight', () => wanted.isChecked());
}

/** Ticks a box. */
export async function tick(page, word) {
  await reach(page, page.getByRole('checkbox', { name: word, exact: true }));
  await page.keyboard.press('Space');
}

async function until(page, key, done) {
  for (let presses = 0; presses < PRESSES_MAX; presses += 1) {
    if (await done()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never comes to it`);
}
