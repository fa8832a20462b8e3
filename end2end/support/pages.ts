import { type Page, expect } from '@playwright/test';

/** Nothing on the page makes it scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [wide, room] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(wide, `width of ${page.url()} at ${room} px`).toBeLessThanOrEqual(room ?? 0);
}

/** The islands are awake: from here on keys work and nothing loads a whole page between questions. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'islands', undefined, { timeout: 15_000 });
}
