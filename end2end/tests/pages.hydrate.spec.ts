import { fillSignUp, newLearner } from '../support/accounts';
import { type Furnished, furnish, pathOf } from '../support/furnished';
import { inspect } from '../support/inspect';
import { ROUTES, SIGNED_IN_ONLY, SIGNED_OUT_ONLY, fileName } from '../support/routes';
import { serverUrl } from '../support/server';
import { expect, status, test as base } from '../support/test';

const test = base.extend<{}, { furnished: Furnished }>({
  furnished: [async ({ browser }, use) => use(await furnish(browser, serverUrl())), { scope: 'worker' }],
});

test.describe('signed in', () => {
  test.use({ storageState: async ({ furnished }, use) => use(furnished.storage) });

  for (const route of ROUTES.filter((route) => !SIGNED_OUT_ONLY.includes(route))) {
    test(route, async ({ page, furnished }) => {
      await page.goto(pathOf(route, furnished));
      await inspect(page, fileName(route));
    });
  }
});

test.describe('signed out', () => {
  for (const route of ROUTES.filter((route) => !SIGNED_IN_ONLY.includes(route))) {
    test(route, async ({ page, furnished }) => {
      await page.goto(pathOf(route, furnished));
      await inspect(page, `${fileName(route)}-visitor`);
    });
  }
});

test.describe('other states', () => {
  test('nothing there', async ({ page, watch }) => {
    watch.allow(status(404));
    await page.goto('/nowhere');
    await inspect(page, 'not-found');
  });

  test('a form with errors', async ({ page, watch }) => {
    watch.allow(status(422));
    await page.goto('/sign-up');
    await fillSignUp(page, { ...newLearner(), password: 'password password' });
    await expect(page.getByRole('alert')).toBeVisible();
    await inspect(page, 'sign-up-errors');
  });

  test('nothing practised yet', async ({ page, learner: _ }) => {
    await inspect(page, 'home-empty');
    await page.goto('/history');
    await inspect(page, 'history-empty');
  });
});
