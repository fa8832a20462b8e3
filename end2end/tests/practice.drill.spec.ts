import { expectQuestion, read } from '../support/quiz';
import { expect, status, test } from '../support/test';

test('a drill of typed and matching questions with a time limit, kept, begun again and deleted', async ({ page, learner: _ }) => {
  await page.goto('/practice');
  await page.getByRole('navigation', { name: 'Exam' }).getByRole('link', { name: 'Network+' }).click();

  await test.step('each pool says how many questions it has', async () => {
    const pools = page.getByRole('group', { name: 'Which questions' });
    await expect(pools.getByRole('radio', { name: /^Flagged/ })).toHaveAccessibleDescription('0 questions');
    await expect(pools.getByRole('radio', { name: /^Only ones you have not seen/ })).toHaveAccessibleDescription(/^[1-9]\d* questions$/);
  });

  await test.step('settings are chosen and kept', async () => {
    await page.getByRole('group', { name: 'How many questions' }).getByRole('radio', { name: '5', exact: true }).check();
    await page.getByText('Types of questions').first().click();
    await page.getByRole('checkbox', { name: 'Type an answer' }).check();
    await page.getByRole('checkbox', { name: 'Match', exact: true }).check();
    await page.getByText('Time limit').first().click();
    await page.getByRole('radio', { name: 'As many minutes as chosen here' }).check();
    await page.getByRole('combobox', { name: 'Minutes', exact: true }).selectOption('15');
    await page.getByText('Save these settings').first().click();
    await page.getByRole('textbox', { name: 'Save these settings as' }).fill('Short and exact');
    await page.getByRole('button', { name: 'Save settings' }).click();
  });

  const kept = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Short and exact' }) });

  await test.step('they begin a drill with one click', async () => {
    await expect(kept).toContainText('CompTIA Network+ (V9), 5 questions.');
    await expect(kept).toContainText('15 minutes.');
    await kept.getByRole('button', { name: /^Start/ }).click();
    await expectQuestion(page, 1);
    await expect(page.getByText(/Network\+ \(V9\)\. Ends at \d\d:\d\d UTC, 1[45] minutes left/)).toBeVisible();
    const attempt = page.url().replace(/\/\d+$/, '');
    for (let position = 1; position <= 5; position += 1) {
      await page.goto(`${attempt}/${position}`);
      expect(['typed', 'matching']).toContain((await read(page)).kind);
    }
  });

  await test.step('they are deleted', async () => {
    await page.goto('/practice');
    await kept.getByRole('button', { name: /^Delete/ }).click();
    await expect(page.getByRole('button', { name: 'Start quiz' })).toBeVisible();
    await expect(kept).toHaveCount(0);
  });
});

test('a pool with nothing in it says what fills it, and keeps what was chosen', async ({ page, learner: _, watch }) => {
  watch.allow(status(422));
  await page.goto('/practice');
  await page.getByRole('radio', { name: /^Flagged/ }).check();
  await page.getByRole('button', { name: 'Start quiz' }).click();
  await expect(page.getByText('Choose “Mark for review” while you answer').first()).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Flagged/ })).toBeChecked();
});
