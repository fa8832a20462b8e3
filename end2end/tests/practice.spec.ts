import type { Page } from '@playwright/test';

import { signIn } from '../support/accounts';
import { storedAnswers } from '../support/database';
import { tabTo } from '../support/keyboard';
import { expectNoSidewaysScroll } from '../support/pages';
import {
  type Known, answer, check, choose, chooseByKeyboard, expectQuestion, options, read, seek, seekChoice, startQuiz, told,
  verdictHeading,
} from '../support/quiz';
import { expect, status, test } from '../support/test';

test('a study quiz of ten, its result, and only what was missed', async ({ page, learner }) => {
  await startQuiz(page, { exam: 'Network+', questions: 10 });
  const known: Known = new Map();
  const verdicts = await answer(page, 10, known);
  const right = verdicts.filter((verdict) => verdict.right).length;

  await test.step('the result says what the verdicts said', async () => {
    await expect(page.getByText(`${right} of 10, ${right * 10} %`).first()).toBeVisible();
    const rows = page.getByRole('list').getByRole('listitem').filter({ hasText: /Objective \d/ });
    await expect(rows).toHaveCount(10);
    for (const [index, verdict] of verdicts.entries()) {
      await expect(rows.nth(index)).toContainText(verdict.right ? 'Right' : verdict.part ? 'Partly right' : 'Wrong');
    }
    const table = page.getByRole('table', { name: 'Right answers by domain and objective' });
    const byDomain = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^\d+\. / }) });
    expect(sum(await byDomain.allInnerTexts())).toEqual({ correct: right, of: 10 });
    const byObjective = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^\d+\.\d+ / }) });
    expect(sum(await byObjective.allInnerTexts())).toEqual({ correct: right, of: 10 });
  });

  expect(storedAnswers(learner), 'what the database holds').toEqual({ arrived: 10, counted: 10 });

  await test.step('a line of the result leads to the question with its verdict', async () => {
    await page.getByRole('list').getByRole('listitem').filter({ hasText: /Objective \d/ }).first().getByRole('link').click();
    await expect(verdictHeading(page)).toHaveText(verdicts[0]?.right ? 'Right.' : verdicts[0]?.part ? /^Partly right: / : 'Not right.');
    await page.goBack();
  });

  await test.step('practising what was missed, now answered right', async () => {
    const missed = 10 - right;
    expect(missed, 'ten answers by chance are never all right').toBeGreaterThan(0);
    await page.getByRole('button', { name: missed === 1 ? 'Practise the one I missed' : `Practise only the ${missed} I missed` }).click();
    await expectQuestion(page, 1);
    const again = await answer(page, missed, known);
    // Questions with generated values come back with others: those are not known.
    const asBefore = again.filter((verdict) => verdict.known);
    expect(asBefore.map((verdict) => verdict.right)).toEqual(Array(asBefore.length).fill(true));
    const left = again.filter((verdict) => !verdict.right).length;
    await expect(page.getByText(`${missed - left} of ${missed}, ${Math.round(((missed - left) * 100) / missed)} %`).first()).toBeVisible();
    await expect(page.getByRole('button', { name: /I missed$/ })).toHaveCount(left === 0 ? 0 : 1);
  });
});

test('the verdict gives a reason for every option, the objective and the source', async ({ page, learner: _ }) => {
  await startQuiz(page, { questions: 5 });
  const question = await seekChoice(page);
  expect(question.options.length).toBeGreaterThanOrEqual(3);
  await choose(page, question);
  const verdict = await check(page, question);
  expect(verdict.key).toHaveLength(question.choose);
  const rows = await told(page).allInnerTexts();
  rows.forEach((row, place) => {
    const [, reason = ''] = row.split(/(?:Right|Wrong), (?:your answer|not chosen)/);
    expect(reason.trim().length, `reason of option ${place + 1}: ${row}`).toBeGreaterThan(20);
  });
  for (const [term, definition] of [['Remember', /\w{3}/], ['Objective', /^\d+\.\d+ \w/], ['Source', /\(checked \d{4}-\d\d-\d\d\)/]] as const) {
    await expect(page.getByRole('term').filter({ hasText: term })).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: definition }).first()).toBeVisible();
  }
  await expect(page.getByText(`1 of ${question.questions} answered`)).toBeVisible();
});

test('a quiz can be narrowed to a domain and to objectives', async ({ page, learner: _ }) => {
  await startQuiz(page, { exam: 'A+ Core 1', domains: [2], objectives: ['2.1', '2.4'], questions: 5 });
  const { questions } = await read(page);
  await answer(page, questions);
  const objectives = page.getByRole('table', { name: 'Right answers by domain and objective' }).getByRole('rowheader');
  for (const name of await objectives.allInnerTexts()) expect(name).toMatch(/^(2\. |2\.1 |2\.4 )/);
});

test('a question with several answers says how many, and keeps what was chosen', async ({ page, learner: _, watch }) => {
  watch.allow(status(422));
  await startQuiz(page, { exam: 'A+ Core 1', questions: 40 });
  const question = await seek(page, ({ choose }) => choose > 1);
  const { questions } = question;
  await options(page).nth(1).check();
  await page.getByRole('button', { name: 'Check answer' }).click();
  await expect(page.getByRole('alert').filter({ hasText: `Choose ${question.choose} answers.` })).toBeVisible();
  await expect(options(page).nth(1), 'the choice is kept').toBeChecked();
  await expect(page.getByText(`0 of ${questions} answered`)).toBeVisible();

  await options(page).nth(0).check();
  for (let place = 2; place < question.choose; place += 1) await options(page).nth(place).check();
  await check(page, question);
  await expect(page.getByText(`1 of ${questions} answered`)).toBeVisible();
});

test('closing the browser in the middle continues at the same question on another device', async ({ page, context, learner, otherBrowser }) => {
  await startQuiz(page, { questions: 10 });
  const verdicts = await answer(page, 3);
  const fourth = await read(page);
  await context.close();

  const other = await otherBrowser();
  await signIn(other, learner);
  await expect(other.getByText('3 of 10 answered')).toBeVisible();
  await other.getByRole('link', { name: 'Continue your quiz' }).click();
  await expectQuestion(other, 4);
  expect(await read(other)).toEqual(fourth);
  verdicts.push(...(await answer(other, 7)));
  const right = verdicts.filter((verdict) => verdict.right).length;
  await expect(other.getByText(`${right} of 10, ${right * 10} %`).first()).toBeVisible();
});

test('marking a question for review shows in the result', async ({ page, learner: _ }) => {
  await startQuiz(page, { questions: 5 });
  await page.getByRole('button', { name: 'Mark for review' }).click();
  await expect(page.getByRole('button', { name: 'Marked for review', pressed: true })).toBeVisible();
  await answer(page, 5);
  await expect(page.getByText('Marked for review')).toHaveCount(1);
});

test('ending a quiz early keeps what was answered', async ({ page, learner: _ }) => {
  await startQuiz(page, { questions: 10 });
  const verdicts = await answer(page, 2);
  await page.getByText('End this quiz early').click();
  await page.getByRole('button', { name: 'End quiz and see the result' }).click();
  await expect(page.getByText('8 not answered')).toBeVisible();
  const right = verdicts.filter((verdict) => verdict.right).length;
  await expect(page.getByText(`${right} of 2, ${right * 50} %`).first()).toBeVisible();
});

test('of two answers to one question the first counts', async ({ page, context, learner: _ }) => {
  await startQuiz(page, { questions: 5 });
  const question = await seekChoice(page);
  const secondTab = await context.newPage();
  await secondTab.goto(page.url());
  await choose(page, question);
  const first = await check(page, question);
  await choose(secondTab, question, question.options.slice(-question.choose));
  const second = await check(secondTab, question);
  expect(second).toEqual(first);
  const chosen = (tab: Page) => told(tab).filter({ hasText: 'your answer' }).allInnerTexts();
  expect(await chosen(secondTab)).toEqual(await chosen(page));
  await expect(secondTab.getByText('1 of 5 answered')).toBeVisible();
});

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('a quiz by Tab, Space and Enter alone', async ({ page, learner: _ }) => {
    await page.goto('/practice');
    const five = page.getByRole('group', { name: 'How many questions' }).getByRole('radio', { name: '5', exact: true });
    await tabTo(page, page.getByRole('radio', { name: '10', exact: true }));
    for (let press = 0; press < 5 && !(await five.isChecked()); press += 1) await page.keyboard.press('ArrowDown');
    await expect(five).toBeChecked();
    await tabTo(page, page.getByRole('button', { name: 'Start quiz' }));
    await page.keyboard.press('Enter');
    for (let position = 1; position <= 5; position += 1) {
      await expectQuestion(page, position);
      await expectNoSidewaysScroll(page);
      const question = await read(page);
      if (question.kind !== 'choice') await chooseByKeyboard(page, question);
      for (let place = 0; place < question.choose; place += 1) {
        await tabTo(page, options(page).nth(place));
        await page.keyboard.press('Space');
        await expect(options(page).nth(place)).toBeChecked();
      }
      await tabTo(page, page.getByRole('button', { name: 'Check answer' }));
      await page.keyboard.press('Enter');
      await expect(verdictHeading(page)).toBeVisible();
      await expectNoSidewaysScroll(page);
      await tabTo(page, page.getByRole('link', { name: position < 5 ? 'Next question' : 'See the result' }));
      await page.keyboard.press('Enter');
    }
    await expect(page.getByRole('heading', { level: 1, name: 'Result' })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});

/** Adds up marks such as "3 of 5, 60 %". */
function sum(texts: string[]): { correct: number; of: number } {
  const marks = texts.map((text) => /(\d+) of (\d+)/.exec(text)?.slice(1).map(Number) ?? [0, 0]);
  return { correct: marks.reduce((total, [correct = 0]) => total + correct, 0), of: marks.reduce((total, [, of = 0]) => total + of, 0) };
}
