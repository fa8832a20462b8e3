import { join } from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

import { expectNoSidewaysScroll } from './pages';
import { ARTEFACTS } from './server';

const AXE_WIDTHS = [320, 768, 1280];
const SHOT_WIDTHS = [390, 1280];
const WIDTHS = [320, 390, 768, 1280];
const HEIGHT = 844;

/** Looks at a page in both themes at every width: axe, no sideways scroll, a picture. */
export async function inspect(page: Page, name: string): Promise<void> {
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
