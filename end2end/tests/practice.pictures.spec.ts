import { press } from '../support/keyboard';
import { expectNoSidewaysScroll } from '../support/pages';
import { type QuizChoice, chooseByKeyboard, options, seek, startQuiz, verdictHeading } from '../support/quiz';
import { expect, test } from '../support/test';

const BOARD: QuizChoice = { exam: 'A+ Core 1', domains: [3], objectives: ['3.5'], questions: 40 };
const SHOP: QuizChoice = { exam: 'A+ Core 2', domains: [2], objectives: ['2.10'], questions: 40 };

test('a picture says in words what it shows, and each of its places is named in the list', async ({ page, learner: _ }) => {
  await startQuiz(page, BOARD);
  const question = await seek(page, ({ kind }) => kind === 'placing');
  const picture = page.getByRole('img', { name: 'A desktop board seen from above' });
  await expect(picture).toBeVisible();
  await expect(picture).toHaveAccessibleDescription(/square socket lies at the upper left/);
  await page.getByText('The picture in words').click();
  await expect(page.getByText(/square socket lies at the upper left/)).toBeVisible();
  expect(question.options).toContain('The two narrow slots with clips');
  await chooseByKeyboard(page, question);
  await press(page, page.getByRole('button', { name: 'Check answer' }));
  await expect(verdictHeading(page)).toBeVisible();
  await expect(picture, 'the picture shows what belongs where').toContainText('Graphics card');
  await expect(page.getByText('wrong: your answer')).toBeVisible();
});

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('a place to choose is an option in the list, with its outcome in words', async ({ page, learner: _ }) => {
    await startQuiz(page, SHOP);
    const wanted = 'On the line between modem and firewall';
    const question = await seek(page, ({ options }) => options.includes(wanted));
    await expectNoSidewaysScroll(page);
    await options(page).nth(question.options.indexOf(wanted)).check();
    await page.getByRole('button', { name: 'Check answer' }).click();
    await expect(verdictHeading(page)).toHaveText('Not right.');
    await expect(page.getByRole('listitem').filter({ hasText: wanted })).toContainText('Wrong, your answer');
  });
});
