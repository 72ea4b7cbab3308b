// Chromium, and the people who sit at it: each in a context of its own, in which whatever goes wrong is a fault.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Debian's Chromium without a desktop's window, which shows the same pages in two thirds of the time; or the whole one. */
const KNOWN = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const PROGRAM = process.env.CARE_LEDGER_TEST_CHROMIUM ?? KNOWN.find(existsSync) ?? KNOWN.at(-1);
/** How long anything may take to come about. */
const PATIENCE_MS = 20_000;

/** Starts Chromium, without its sandbox only where that cannot be had: for root. */
export function startChromium() {
  return chromium.launch(starting());
}

function starting() {
  const args = process.geteuid() === 0 ? ['--no-sandbox'] : [];
  // In its own language, whichever the machine has, so that the parts of a date stand in one order.
  const env = { ...process.env, LANG: 'C.UTF-8', LANGUAGE: 'en' };
  return { executablePath: PROGRAM, args, env, timeout: 60_000 };
}

/** Seats somebody at a browser in which nobody is signed in, and gives the page. */
export async function seat(tour, { scripts = true, signedIn, width = 1280, scale = 1, motion = 'reduce' } = {}) {
  const context = await tour.chromium.newContext({
    ...asEverywhere(tour),
    javaScriptEnabled: scripts,
    storageState: signedIn,
    viewport: { width, height: 800 },
    deviceScaleFactor: scale,
    reducedMotion: motion,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  watch(context, tour);
  return context.newPage();
}

/** Seats somebody at a browser of its own that keeps in this folder what it keeps; it ends with its context. */
export async function seatAt(tour, folder) {
  const options = { ...starting(), ...asEverywhere(tour), reducedMotion: 'reduce' };
  const context = await chromium.launchPersistentContext(folder, options);
  context.setDefaultTimeout(PATIENCE_MS);
  watch(context, tour);
  return context.newPage();
}

/** Ends a page as a fault of the browser does: nothing of it runs any more. */
export async function crash(page) {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Who crashes does not answer.
  session.send('Page.crash').catch(() => {});
  await crashed;
}

function asEverywhere(tour) {
  return { baseURL: tour.address, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' };
}

/** Whatever the program's pages must never do is a fault of the page on which it happens. */
function watch(context, tour) {
  const opened = new Set();
  context.on('request', (request) => {
    if (request.isNavigationRequest()) opened.add(request.url());
    if (!request.url().startsWith(`${tour.address}/`)) {
      tour.fault(request.frame().url(), `asks another origin for ${request.url()}`);
    }
  });
  context.on('console', (message) => {
    // A page that says what was refused has such a status, and the console repeats it.
    const said = message.location().url;
    const refused = /status of (401|403|404|422)/.test(message.text()) && opened.has(said);
    if (['error', 'warning'].includes(message.type()) && !refused) {
      tour.fault(message.page()?.url(), `the console says: ${message.text()}`);
    }
  });
  context.on('weberror', (error) => tour.fault(error.page()?.url(), `${error.error()}`));
}
