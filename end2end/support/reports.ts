import { type Page, expect } from '@playwright/test';

/** Reports a fault where the answer is told: the first click opens the form, the second one on a reason sends it. */
export async function reportFault(page: Page, reason: string, note?: string): Promise<void> {
  const button = page.getByRole('button', { name: reason });
  if (!(await button.isVisible())) await page.getByText('Report a fault').click();
  await expect(button).toBeVisible();
  if (note) await page.getByLabel('Note').fill(note);
  await button.click();
}
