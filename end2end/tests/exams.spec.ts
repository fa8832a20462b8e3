import { forward, heading, startExam } from '../support/exams';
import { expectNoSidewaysScroll } from '../support/pages';
import { expect, test } from '../support/test';

/** With scripts and without: the plain forms are the whole exam. */
test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('a short exam from the lobby to a question with its verdict', async ({ page, learner: _ }) => {
    await startExam(page, { exam: 'A+ Core 1', form: 'Short', mode: 'Exam mode' });
    for (let position = 1; position <= 20; position += 1) {
      await expect(heading(page)).toHaveText(`Question ${position} of 20`);
      await expectNoSidewaysScroll(page);
      const option = page.locator('.exam-room .option-input').first();
      if ((await option.count()) > 0) await option.check();
      await forward(page).click();
    }
    await expect(heading(page)).toHaveText('Review');
    await expect(page.getByText(/not answered, 0 flagged, 0 unsure\.$/)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Finish the exam' }).click();
    await expect(heading(page)).toHaveText('Exam result');
    await expect(page.getByText('What to study next')).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.locator('.result-questions a').last().click();
    await expect(heading(page)).toHaveText('Question 20 of 20');
    await expect(page.getByText('Remember', { exact: true })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });

  test('an exam that runs is the next thing on the home page, and only one runs at a time', async ({ page, learner: _ }) => {
    await startExam(page, { exam: 'Network+', form: 'Short' });
    await page.goto('/');
    await page.getByRole('link', { name: 'Continue your exam' }).click();
    await expect(heading(page)).toHaveText('Question 1 of 20');
    await page.goto('/exams');
    await expect(page.getByText('finish the one that is running first')).toBeVisible();
  });
});
