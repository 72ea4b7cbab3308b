// What is printed: of one person by who may, and the committee's pages, each as it lies on a desk afterwards.
import { seat } from '../chromium.mjs';
import { signIn } from '../people.mjs';
import { printed } from '../print.mjs';

export default async function printouts(tour) {
  for (const { account, sheets } of tour.papers) {
    const of = tour.as(account);
    const page = await seat(of);
    await page.goto('/sign-in');
    await signIn(page, account, of.password);
    for (const { path, texts, pages } of sheets) {
      await page.goto(path);
      // By whom and when it was printed stands on every paper.
      await printed(page, of, [...texts, `出力者 ${account}`], pages);
    }
    await page.context().close();
  }
}
