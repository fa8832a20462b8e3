import type { Page } from '@playwright/test';

import { inspect } from '../support/inspect';
import { awake } from '../support/pages';
import { type Question, check, choose, menus, seek, startQuiz } from '../support/quiz';
import { expect, test } from '../support/test';

async function board(page: Page): Promise<Question> {
  await startQuiz(page, { exam: 'A+ Core 1', domains: [3], objectives: ['3.5'], questions: 40 });
  const question = await seek(page, ({ kind }) => kind === 'placing');
  await awake(page);
  return question;
}

test('what is chosen in the list appears on the picture, and a press on a place leads to its menu', async ({ page, learner: _ }) => {
  await board(page);
  const picture = page.getByRole('img', { name: 'A desktop board seen from above' });
  const first = (await menus(page).first().getByRole('option').nth(1).innerText()).trim();
  await expect(picture).not.toContainText(first);
  await menus(page).first().selectOption('1');
  await expect(picture).toContainText(first);
  await menus(page).first().selectOption('0');
  await expect(picture).not.toContainText(first);
  await picture.getByText('3', { exact: true }).click();
  await expect(menus(page).nth(2)).toBeFocused();
});

test('pictures are fit to read in both themes, before the answer and after it', async ({ page, learner: _ }) => {
  test.slow();
  const question = await board(page);
  await choose(page, question);
  await inspect(page, 'question-placing');
  await check(page, question);
  await inspect(page, 'verdict-placing');
});

test('places to choose from are fit to read in both themes', async ({ page, learner: _ }) => {
  test.slow();
  await startQuiz(page, { exam: 'A+ Core 2', domains: [2], objectives: ['2.10'], questions: 40 });
  const question = await seek(page, ({ options }) => options.includes('On the line between modem and firewall'));
  await inspect(page, 'question-places');
  await choose(page, question);
  await check(page, question);
  await inspect(page, 'verdict-places');
});
