import { answer, check, choose, expectQuestion, read, startQuiz, verdictHeading } from '../support/quiz';
import { expect, test } from '../support/test';

test('a new learner is led to the first quiz', async ({ page, learner: _ }) => {
  await expect(page.getByRole('heading', { level: 2, name: 'What to do next' })).toBeVisible();
  await page.goto('/history');
  await expect(page.getByRole('heading', { level: 2, name: 'No quiz yet' })).toBeVisible();
  await page.goto('/');
  await page.getByRole('link', { name: 'Choose an exam and start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Practice' })).toBeVisible();
});

test('the home page says where one stands and offers the one next thing', async ({ page, learner: _ }) => {
  await startQuiz(page, { exam: 'IT Support Foundations', domains: [1], questions: 5 });
  const verdicts = await answer(page, 5);
  const right = verdicts.filter((verdict) => verdict.right).length;

  await page.getByRole('banner').getByRole('link', { name: 'Home', exact: true }).click();
  const standing = page.getByRole('table', { name: /^Where you stand by domain/ });
  const first = standing.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^1\. / }) });
  await expect(first).toContainText(new RegExp(`5 of \\d+`));
  await expect(first).toContainText(`${right} of 5, ${right * 20}`);
  await expect(standing.getByRole('row').filter({ hasText: /0 of \d+/ }).first()).toBeVisible();

  await page.getByRole('button', { name: /^Practise 10 questions on / }).click();
  await expectQuestion(page, 1);
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Continue your quiz' })).toBeVisible();
});

test('the question of the day is answered once and then shown with its result', async ({ page, learner: _ }) => {
  await expect(page.getByRole('heading', { level: 2, name: 'Question of the day' })).toHaveCount(0);
  await startQuiz(page, { exam: 'Network+', questions: 5 });
  await page.goto('/');
  await page.getByRole('button', { name: "Answer today's question" }).click();
  await expectQuestion(page, 1);
  const question = await read(page);
  expect(question.questions).toBe(1);
  await choose(page, question);
  const { right } = await check(page, question);
  await page.goto('/');
  await expect(page.getByText(right ? "you have answered today's question right." : /today's question, not right\.|partly right/)).toBeVisible();
  await page.getByRole('link', { name: "See today's question again" }).click();
  await expect(verdictHeading(page)).toBeVisible();
});

test('the history lists every quiz, the latest first', async ({ page, learner: _ }) => {
  await startQuiz(page, { exam: 'Network+', questions: 5 });
  const verdicts = await answer(page, 5);
  const right = verdicts.filter((verdict) => verdict.right).length;
  await startQuiz(page, { exam: 'A+ Core 2', questions: 10 });
  await answer(page, 1);

  await page.getByRole('banner').getByRole('link', { name: 'History' }).click();
  const rows = page.getByRole('table', { name: 'Quizzes and exams, the latest first' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('1 of 10');
  await expect(rows.nth(2)).toContainText(`5 of 5`);
  await expect(rows.nth(2)).toContainText(`${right} (${right * 20} %)`);
  await rows.nth(2).getByRole('link', { name: 'Result' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Result' })).toBeVisible();
  await page.goBack();
  await rows.nth(1).getByRole('link', { name: 'Continue' }).click();
  await expectQuestion(page, 2);
});
