// One run: what the suite told, and every fault that was found on the way.

/** Holds what journeys share. */
export class Tour {
  #faults = new Map();

  constructor(told, chromium) {
    Object.assign(this, told);
    this.chromium = chromium;
  }

  /** Notes what is wrong with the page at an address. */
  fault(address, what) {
    const said = `${kindOf(address ?? '') || (address ?? 'the journey')}: ${what}`;
    this.#faults.set(said, (this.#faults.get(said) ?? 0) + 1);
  }

  /** Notes it where something does not hold. */
  expect(page, holds, what) {
    if (!holds) this.fault(page.url(), what);
  }

  /** The same run, for one person. */
  as(who) {
    const other = Object.create(this);
    other.fault = (address, what) => this.fault(address, `${who}: ${what}`);
    return other;
  }

  /** Everything that was noted. */
  get faults() {
    return [...this.#faults].map(([said, times]) => (times > 1 ? `${said} (${times} times)` : said));
  }
}

/** A path with what names one thing, or one act, of many taken out: /children/:id, /acts/:act, /accounts/:id. */
export function kindOf(address) {
  if (!address.startsWith('http')) return '';
  const { pathname } = new URL(address);
  const parts = pathname.split('/').map((part) => (/[\d%]/.test(part) ? ':id' : part));
  const kind = parts.join('/').replace(/^\/acts\/[^/]+$/, '/acts/:act');
  const named = kind.replace(/^\/accounts\/[^/]+$/, '/accounts/:id');
  const followed = named.replace(/^\/replay\/[^/]+$/, '/replay/:id');
  return followed.replace(/^\/committee\/figures\/[^/]+$/, '/committee/figures/:id');
}
