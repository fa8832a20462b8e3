import type { Page } from '@playwright/test';

import { press } from '../support/keyboard';
import { expectNoSidewaysScroll } from '../support/pages';
import {
  type QuizChoice, type Question, anything, check, choose, chooseByKeyboard, field, menus, parts, readVerdict, seek, startQuiz,
  verdictHeading,
} from '../support/quiz';
import { expect, status, test } from '../support/test';

/** Each kind with an objective that has such a question. */
const KINDS: [Question['kind'], QuizChoice][] = [
  ['ordering', { exam: 'A+ Core 1', domains: [3], objectives: ['3.8'], questions: 40 }],
  ['matching', { exam: 'Network+', domains: [1], objectives: ['1.4'], questions: 40 }],
  ['placing', { exam: 'A+ Core 1', domains: [3], objectives: ['3.5'], questions: 40 }],
  ['typed', { exam: 'Network+', domains: [1], objectives: ['1.7'], questions: 40 }],
];

async function begin(page: Page, kind: Question['kind'], choice: QuizChoice): Promise<Question> {
  await startQuiz(page, choice);
  return seek(page, (question) => question.kind === kind);
}

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  for (const [kind, choice] of KINDS) {
    test(`${kind}: answered by keyboard, told part by part, and right the next time`, async ({ page, learner: _ }) => {
      const question = await begin(page, kind, choice);
      await expectNoSidewaysScroll(page);
      await chooseByKeyboard(page, question);
      await press(page, page.getByRole('button', { name: 'Check answer' }));
      await expect(verdictHeading(page)).toBeVisible();
      await expectNoSidewaysScroll(page);
      for (const part of await parts(page).all()) await expect(part).toContainText(/\w+ \w+/);
      await expect(page.getByText(`1 of ${question.questions} answered`)).toBeVisible();

      // The address of the quiz alone leads to what is still open.
      await page.goto(`${page.url().replace(/\/\d+$/, '')}/${question.position}`);
      const { key } = await readVerdict(page, question);
      const again = await begin(page, kind, choice);
      if (again.stem !== question.stem) return;
      await choose(page, again, key);
      expect((await check(page, again)).right, `the key is ${key.join(', ')}`).toBe(true);
    });
  }
});

test('an order that is not whole is refused, and its menus are kept', async ({ page, learner: _, watch }) => {
  watch.allow(status(422));
  const question = await begin(page, ...(KINDS[0] as [Question['kind'], QuizChoice]));
  await menus(page).first().selectOption('2');
  await page.getByRole('button', { name: 'Check answer' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Give each step a position.' })).toBeVisible();
  await expect(menus(page).first(), 'the menu is kept').toHaveValue('2');
  await menus(page).nth(1).selectOption('2');
  for (let place = 2; place < question.options.length; place += 1) await menus(page).nth(place).selectOption(String(place + 1));
  await page.getByRole('button', { name: 'Check answer' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Two steps have position 2.' })).toBeVisible();
  await menus(page).nth(1).selectOption('1');
  await page.getByRole('button', { name: 'Check answer' }).click();
  await expect(verdictHeading(page)).toBeVisible();
});

test('what cannot be read is not wrong: the learner is told and types again', async ({ page, learner: _, watch }) => {
  watch.allow(status(422));
  await begin(page, ...(KINDS[3] as [Question['kind'], QuizChoice]));
  await field(page).fill('3OO.1');
  await page.getByRole('button', { name: 'Check answer' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /is not an IPv4 address|neither a prefix|is not a number/ })).toBeVisible();
  await expect(field(page), 'what was typed is kept').toHaveValue('3OO.1');
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await field(page).fill(await anything(page));
  await page.getByRole('button', { name: 'Check answer' }).click();
  await expect(verdictHeading(page)).toBeVisible();
});

test('the rules of scoring are told before the start', async ({ page, learner: _ }) => {
  await page.goto('/practice');
  await page.getByText('How answers are scored').click();
  await expect(page.getByText('A point for each step at its right position.')).toBeVisible();
  await expect(page.getByText('A point for each numbered place with its right label.')).toBeVisible();
});
