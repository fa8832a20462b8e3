import { join } from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { fillSignUp, newLearner } from '../support/accounts';
import { type Furnished, furnish, pathOf } from '../support/furnished';
import { expectNoSidewaysScroll } from '../support/pages';
import { ROUTES, SIGNED_IN_ONLY, SIGNED_OUT_ONLY, fileName } from '../support/routes';
import { ARTEFACTS, serverUrl } from '../support/server';
import { expect, status, test as base } from '../support/test';

const AXE_WIDTHS = [320, 768, 1280];
const SHOT_WIDTHS = [390, 1280];
const WIDTHS = [320, 390, 768, 1280];
const HEIGHT = 844;

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

/** Looks at a page in both themes at every width: axe, no sideways scroll, a picture. */
async function inspect(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      await expectNoSidewaysScroll(page);
      if (SHOT_WIDTHS.includes(width)) {
        await takePicture(page, join(ARTEFACTS, `${name}-${theme}-${width}.png`), width);
      }
      if (AXE_WIDTHS.includes(width)) await expectNoViolations(page, `${name}, ${theme}, ${width} px`);
    }
  }
}

/** The whole page, in a window as tall as it, so that what sticks to the window's edge stands where it belongs. */
async function takePicture(page: Page, path: string, width: number): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
  await page.screenshot({ path });
  await page.setViewportSize({ width, height: HEIGHT });
}

async function expectNoViolations(page: Page, what: string): Promise<void> {
  // Legacy mode: without it every run opens a page of its own for frames, and there are none.
  const { passes, violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
  expect(passes.length, 'rules that had something to check').toBeGreaterThan(10);
  const words = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
  expect(words, what).toEqual([]);
}
