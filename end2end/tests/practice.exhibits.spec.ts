import type { Page } from '@playwright/test';

import { expectNoSidewaysScroll } from '../support/pages';
import { type Question, check, choose, seek, startQuiz, verdictHeading } from '../support/quiz';
import { expect, test } from '../support/test';

/** An objective with a question about two machines of one subnet, among few others. */
const OF_ITS_OWN = { exam: 'Network+', domains: [5], objectives: ['5.3'], questions: 90 } as const;
/** The objectives of the three parts of a case. */
const OF_A_CASE = { exam: 'Network+', domains: [1, 2, 5], objectives: ['1.1', '2.2', '5.3'], questions: 90 } as const;

async function begin(page: Page, choice: typeof OF_ITS_OWN | typeof OF_A_CASE, stem: RegExp): Promise<Question> {
  await startQuiz(page, { ...choice, domains: [...choice.domains], objectives: [...choice.objectives] });
  return seek(page, (question) => stem.test(question.stem));
}

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('an exhibit scrolls on its own, folds away by keyboard, and stays with the verdict', async ({ page, learner: _ }) => {
    const question = await begin(page, OF_ITS_OWN, /opens nothing outside its own subnet/);
    const summary = page.getByText(/^Exhibit: /);
    const first = page.getByRole('group', { name: /, Command Prompt$/ }).first();
    await expect(first).toContainText('Default Gateway');
    await expectNoSidewaysScroll(page);

    await summary.focus();
    await page.keyboard.press('Space');
    await expect(first).toBeHidden();
    await page.keyboard.press('Space');
    await expect(first).toBeVisible();

    // The neighbour works: its gateway is the answer.
    const neighbour = page.getByRole('group', { name: 'PC-02, Command Prompt' });
    const gateway = /Default Gateway[ .]*: ([\d.]+)/.exec((await neighbour.textContent()) ?? '')?.[1] ?? '';
    await choose(page, question, [gateway]);
    expect((await check(page, question)).right, `the gateway is ${gateway}`).toBe(true);
    await expect(verdictHeading(page)).toBeVisible();
    await expect(neighbour).toContainText(gateway);
    await expectNoSidewaysScroll(page);
  });
});

test('the parts of a case follow each other over one exhibit', async ({ page, learner: _ }) => {
  const first = await begin(page, OF_A_CASE, /Which VLAN does the switch put this desk in now/);
  const shown = page.locator('summary', { hasText: /^Exhibit: / }).locator('..');
  const exhibit = await shown.textContent();
  await expect(page.getByText('Part 1 of 3 of one case')).toBeVisible();
  const attempt = page.url().replace(/\/\d+$/, '');
  for (const part of [2, 3]) {
    await page.goto(`${attempt}/${first.position + part - 1}`);
    await expect(page.getByText(`Part ${part} of 3 of one case`)).toBeVisible();
    expect(await shown.textContent()).toBe(exhibit);
  }
});
