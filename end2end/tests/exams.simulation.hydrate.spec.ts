import type { Page } from '@playwright/test';

import { expectSaved, finishExam, heading, saved, startExam } from '../support/exams';
import { press } from '../support/keyboard';
import { awake, expectNoSidewaysScroll } from '../support/pages';
import { expect, status, test } from '../support/test';
import { line, ready, textView, type } from '../support/tickets';

const card = (page: Page) => page.getByRole('region', { name: 'Simulation' });

async function open(page: Page, words: string): Promise<void> {
  await press(page, page.getByRole('link', { name: words }));
  await ready(page);
  await expect(page.getByText(/^Question 1 of 20 of your exam\./)).toBeVisible();
}

async function back(page: Page): Promise<void> {
  await press(page, page.getByRole('link', { name: 'Back to the exam' }));
  await expect(heading(page)).toHaveText('Question 1 of 20');
  await awake(page);
  await expect(saved(page)).toHaveText('All saved');
}

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('a simulation is worked on by keyboard, begun again, left and told at the end', async ({ page, learner: _, watch }) => {
    watch.allow(status(409));
    await startExam(page, { exam: 'A+ Core 2', form: 'Short' });
    await awake(page);
    await expectSaved(page);
    await expect(card(page)).toContainText('Not begun.');
    await expectNoSidewaysScroll(page);

    await open(page, 'Open the simulation');
    await expectNoSidewaysScroll(page);
    await textView(page);
    await type(page, 'say {requester} ask friendly symptom');
    await line(page).fill('resolve cause="a" change="b" verification="c" prevention="d"');
    await line(page).press('Enter');
    await expect(page.getByText('there is nothing to hand in.', { exact: false }).last()).toBeVisible();
    await back(page);
    await expect(card(page)).toContainText('Begun: 1 action is stored.');

    await open(page, 'Go on with the simulation');
    await press(page, page.getByText('Start over'));
    await press(page, page.getByRole('button', { name: 'Take all of it back' }));
    await expect(page.getByText('Nothing done yet.', { exact: false })).toBeVisible();
    await back(page);
    await expect(card(page)).toContainText('Not begun.');

    await open(page, 'Open the simulation');
    await textView(page);
    await type(page, 'say {requester} ask friendly symptom');
    await back(page);
    await page.keyboard.press('r');
    await expect(page.locator('.exam-review-list li').first()).toContainText('Worked on');
    await finishExam(page);
    await page.getByRole('link', { name: 'Debrief' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Verdict: /);
    await page.goBack();
    await page.locator('.result-questions a').first().click();
    await expect(page.getByText('The cause is still there.')).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});
