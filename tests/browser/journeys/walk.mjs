// Every kind of page, as each role and as nobody, held to what holds of every page.
import { compare } from '../pages.mjs';
import { everyForm } from '../secrets.mjs';
import { walkAs, walkAsNobody } from '../walk.mjs';

/** Roles that walk side by side; pictures are taken by one after another, always by the first. */
const AT_ONCE = 2;

export default async function walk(tour) {
  const { names, numbers } = tour;
  tour.personal = everyForm(names);
  tour.everything = [...tour.personal, ...numbers];
  tour.taken = new Set();
  tour.whole = new Set();
  const forbidden = { auditor: tour.personal, committee: tour.everything, admin: tour.everything };
  const met = new Set();
  const waiting = tour.people.map((person) => async () => {
    const of = { ...person, forbidden: forbidden[person.role] ?? [] };
    return walkAs(of, tour.password, tour.as(person.role));
  });
  waiting.push(() => walkAsNobody(['/sign-in', tour.invitation], tour.as('nobody')));
  const walker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const begun = Date.now();
      const kinds = await next();
      console.log(`${[...kinds].join(' ')} in ${Date.now() - begun} ms`);
      kinds.forEach((kind) => met.add(kind));
    }
  };
  await Promise.all(Array.from({ length: tour.screenshots ? 1 : AT_ONCE }, walker));
  compare(met, tour);
}
