// Makes one journey, told by the suite at standard input; every fault is a line, and the end is not 0.
import { text } from 'node:stream/consumers';
import { startChromium } from './chromium.mjs';
import { Tour } from './tour.mjs';

/** Longest that a journey may take. */
const TIME_MS = 1_200_000;

const [name] = process.argv.slice(2);
const told = JSON.parse(await text(process.stdin));
// Chromium is ended with the process.
setTimeout(() => {
  console.log(`${name} takes more than ${TIME_MS / 1000} s`);
  process.exit(1);
}, TIME_MS).unref();

const { default: journey } = await import(`./journeys/${name}.mjs`);
const chromium = await startChromium();
const tour = new Tour(told, chromium);
try {
  await journey(tour);
} catch (error) {
  tour.fault(undefined, error.stack);
}
await chromium.close();
tour.faults.forEach((fault) => console.log(`- ${fault}`));
process.exit(tour.faults.length > 0 ? 1 : 0);
