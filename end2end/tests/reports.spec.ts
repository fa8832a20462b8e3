import { newLearner, signUpAsAdmin } from '../support/accounts';
import { finishExam, heading, startExam } from '../support/exams';
import { expectNoSidewaysScroll } from '../support/pages';
import { check, choose, expectQuestion, read, startQuiz, verdictHeading } from '../support/quiz';
import { reportFault } from '../support/reports';
import { operate } from '../support/server';
import { expect, status, test } from '../support/test';

/** The administrator is her own first learner. */
test('a fault is reported in two clicks, seen with its version, closed, and opened again', async ({ page }) => {
  await signUpAsAdmin(page, newLearner());
  await startQuiz(page, { questions: 5 });
  await expect(page.getByText('Report a fault')).toHaveCount(0);
  const question = await read(page);
  await choose(page, question);
  await check(page, question);
  const said = page.getByRole('status').filter({ hasText: 'Your report is stored' });
  const before = page.getByRole('status').filter({ hasText: 'You have reported this before' });
  const note = `The second one too. ${Date.now()}`;

  await test.step('the question stays where it is', async () => {
    await reportFault(page, 'More than one answer is right', note);
    await expect(said).toBeVisible();
    await expectQuestion(page, 1);
    await expect(verdictHeading(page)).toBeVisible();
    await reportFault(page, 'More than one answer is right');
    await expect(before).toBeVisible();
    await reportFault(page, 'Spelling or layout');
    await expect(said).toBeVisible();
  });

  await test.step('the administrator finds both under the account', async () => {
    await page.goto('/account');
    await page.getByRole('link', { name: 'Reported faults' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Reported faults' })).toBeVisible();
    await expect(page.getByText('2 reports are open.')).toBeVisible();
    const row = page.getByRole('row').filter({ hasText: note });
    await expect(row).toContainText('More than one answer is right');
    await expect(row).toContainText('As it is now');
    expect(operate('content', 'reports')).toContain(note);
    await row.getByRole('button', { name: /^Mended/ }).click();
    await expect(page.getByRole('status').filter({ hasText: 'closed as mended' })).toBeVisible();
    await expect(page.getByText('1 report is open.')).toBeVisible();
    expect(operate('content', 'reports')).not.toContain(note);
    await row.getByRole('button', { name: /^Open again/ }).click();
    await expect(page.getByText('2 reports are open.')).toBeVisible();
  });
});

test('an exam takes reports at its end and not before', async ({ page, learner: _ }) => {
  await startExam(page, { exam: 'A+ Core 1', form: 'Short' });
  await expect(page.getByText('Report a fault')).toHaveCount(0);
  await finishExam(page);
  await page.getByRole('list').getByRole('listitem').filter({ hasText: /Objective \d/ }).first().getByRole('link').first().click();
  await expect(heading(page)).toHaveText('Question 1 of 20');
  await reportFault(page, 'Hard to understand');
  await expect(page.getByRole('status').filter({ hasText: 'Your report is stored' })).toBeVisible();
  await expect(heading(page)).toHaveText('Question 1 of 20');
});

test('the list is not for learners', async ({ page, learner: _, watch }) => {
  watch.allow(status(403));
  await page.goto('/account');
  await expect(page.getByRole('link', { name: 'Reported faults' })).toHaveCount(0);
  await page.goto('/reports');
  await expect(page.getByRole('heading', { level: 1, name: 'This page is not for your role' })).toBeVisible();
});

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('the open form fits', async ({ page, learner: _ }) => {
    await startQuiz(page, { questions: 5 });
    const question = await read(page);
    await choose(page, question);
    await check(page, question);
    await page.getByText('Report a fault').click();
    await expect(page.getByRole('button', { name: 'The key is wrong' })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});
