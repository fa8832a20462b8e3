import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { newLearner, signUp } from '../support/accounts';
import { attemptOf } from '../support/furnished';
import { startQuiz } from '../support/quiz';
import { ROUTES, SIGNED_IN_ONLY } from '../support/routes';
import { expect, status, test } from '../support/test';

test('the list of pages is the one of the app', () => {
  const table = readFileSync(resolve(__dirname, '../../app/src/routes.rs'), 'utf8');
  const paths = [...table.matchAll(/path!\("([^"]*)"\)/g)].map(([, path]) => path);
  expect(paths.toSorted()).toEqual([...ROUTES].toSorted());
});

test('a visitor is led to sign in, and no further', async ({ page }) => {
  for (const route of SIGNED_IN_ONLY) {
    const path = route.replace(/:(attempt|ticket)/, '01890a5d-ac96-774b-bcce-b302099a8057').replace(':position', '1');
    await page.goto(path);
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
  }
});

test('an address that leads nowhere says so and leads home', async ({ page, watch }) => {
  watch.allow(status(404));
  for (const path of ['/nowhere', '/practice/nothing/at/all']) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
  }
  await page.getByRole('main').getByRole('link', { name: 'Go to the home page' }).click();
  await expect(page).toHaveURL('/');
});

test("another person's quiz is not there", async ({ page, learner: _, otherBrowser, watch }) => {
  watch.allow(status(404));
  await startQuiz(page, { questions: 5 });
  const attempt = attemptOf(page.url());
  const other = await otherBrowser();
  await signUp(other, newLearner());
  for (const path of [`/practice/${attempt}`, `/practice/${attempt}/1`, `/practice/${attempt}/result`]) {
    const response = await other.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(other.getByRole('main').getByText(/nothing (here|at this address)/i).first()).toBeVisible();
  }
});

test('every page has one first heading, its landmarks and a title of its own', async ({ page }) => {
  const titles = new Set<string>();
  for (const path of ['/', '/about', '/components', '/offline', '/sign-in', '/sign-up']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    for (const landmark of ['banner', 'main', 'contentinfo'] as const) await expect(page.getByRole(landmark)).toHaveCount(1);
    titles.add(await page.title());
  }
  expect(titles.size).toBe(6);
});

test('the icon is served', async ({ request }) => {
  const icon = await request.get('/favicon.ico');
  expect(icon.ok()).toBe(true);
  expect(icon.headers()['content-type']).toMatch(/^image\//);
});
