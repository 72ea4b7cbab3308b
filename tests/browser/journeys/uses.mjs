// What the pages are for is done on them by whoever they are for: all on one ledger in which everything has happened.
import { everyForm } from '../secrets.mjs';
import admin from '../uses/admin.mjs';
import auditor from '../uses/auditor.mjs';
import committee from '../uses/committee.mjs';
import staff from '../uses/staff.mjs';

/** Who uses their pages, the longest first. */
const PERSONS = { staff, committee, auditor, admin };
/** How many of them at once. */
const AT_ONCE = 2;

export default async function uses(tour) {
  tour.personal = everyForm(tour.names);
  tour.everything = [...tour.personal, ...tour.numbers];
  const waiting = Object.entries(PERSONS);
  const next = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) await use(tour, ...one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** One person's use of their pages, by one account with scripts and by another without. */
async function use(tour, role, journey) {
  const of = tour.as(role);
  [of.first, of.second] = tour.people[role];
  const begun = Date.now();
  // Whoever comes to an end does not end the others.
  await journey(of).catch((error) => of.fault(undefined, error.stack));
  console.log(`${role} in ${Date.now() - begun} ms`);
}
