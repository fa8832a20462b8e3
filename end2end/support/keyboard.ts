import { type Locator, type Page, expect } from '@playwright/test';

const MOST_STOPS = 80;

/** Presses Tab until the element has the focus: what a person without a mouse does. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await hasFocus(wanted)) {
      await expect(wanted, 'what has the focus is in view').toBeInViewport();
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${wanted} cannot be reached with ${MOST_STOPS} presses of Tab`);
}

async function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluate((element) => element === document.activeElement);
}
