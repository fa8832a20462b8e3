import { type Locator, type Page, expect } from '@playwright/test';

/** A page with a table of all devices has about this many. */
const MOST_STOPS = 160;

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

/** Chooses an option of a native select with the arrow keys. */
export async function pick(page: Page, select: Locator, value: string): Promise<void> {
  await tabTo(page, select);
  const place = await select.evaluate(
    (element, wanted) => [...(element as HTMLSelectElement).options].findIndex((option) => option.value === wanted),
    value,
  );
  expect(place, `“${value}” is one of the choices`).toBeGreaterThanOrEqual(0);
  await page.keyboard.press('Home');
  for (let step = 0; step < place; step += 1) await page.keyboard.press('ArrowDown');
  await expect(select).toHaveValue(value);
}

/** Reaches a button or link and presses Enter. */
export async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

/** Reaches a field and types into it. */
export async function write(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
