import type { Page } from '@playwright/test';

import { storedAnswers } from '../support/database';
import { tabTo } from '../support/keyboard';
import { awake, expectNoSidewaysScroll } from '../support/pages';
import {
  check, choose, chooseByKeyboard, expectQuestion, heading, next, options, read, seek, seekChoice, startQuiz, verdictHeading,
} from '../support/quiz';
import { expect, test } from '../support/test';

const API = '**/api/**';

test('no page is loaded between questions, and the focus follows', async ({ page, learner: _ }) => {
  await startQuiz(page, { questions: 5 });
  await awake(page);
  await leaveMark(page);
  for (let position = 1; position <= 5; position += 1) {
    const question = await read(page);
    await choose(page, question);
    await check(page, question);
    await expect(verdictHeading(page)).toBeFocused();
    expect(await markIsThere(page), 'the same page').toBe(true);
    if (position === 5) break;
    await next(page, question);
    await expect(heading(page)).toBeFocused();
    await expect(page).toHaveURL(new RegExp(`/${position + 1}$`));
    expect(await markIsThere(page), 'the same page').toBe(true);
  }
  await page.reload();
  await expectQuestion(page, 5);
  await expect(verdictHeading(page)).toBeVisible();
});

test('an exhibit comes without a page, and stays as it was left when the answer is told', async ({ page, learner: _ }) => {
  await startQuiz(page, { exam: 'Network+', domains: [5], objectives: ['5.3'], questions: 90 });
  const shown = await seek(page, (question) => question.position > 1 && question.exhibit !== '');
  await page.goto(page.url().replace(/\d+$/, String(shown.position - 1)));
  await awake(page);
  await leaveMark(page);
  const before = await read(page);
  await choose(page, before);
  await check(page, before);
  await next(page, before);
  const exhibit = page.locator('details.exhibit');
  await expect(exhibit).toHaveAttribute('open');
  await exhibit.locator('summary').click();
  await expect(exhibit).not.toHaveAttribute('open');
  const question = await read(page);
  await choose(page, question);
  await check(page, question);
  await expect(exhibit).not.toHaveAttribute('open');
  expect(await markIsThere(page), 'the same page').toBe(true);
});

test('what was done before the page woke up is not lost', async ({ page, learner: _ }) => {
  let wake = () => {};
  const held = new Promise<void>((resolve) => (wake = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await startQuiz(page, { questions: 5 });
  await seekChoice(page);
  await options(page).nth(2).check();
  await page.keyboard.press('m');
  await leaveMark(page);
  wake();
  await awake(page);
  await expect(options(page).nth(2)).toBeChecked();
  await expect(page.getByRole('button', { name: 'Marked for review', pressed: true })).toBeVisible();
  expect(await markIsThere(page), 'the same page').toBe(true);
});

test.describe('without a connection', () => {
  test.beforeEach(({ watch }) => watch.allow(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/));

  test('an answer that was not sent is kept, and counts once when it is', async ({ page, learner: _ }) => {
    await startQuiz(page, { questions: 5 });
    const question = await seekChoice(page);
    await awake(page);
    await page.route(API, (route) => route.abort());
    await choose(page, question);
    const button = page.getByRole('button', { name: 'Check answer' });
    await button.click();
    const alert = page.getByRole('alert').filter({ hasText: /not saved/i });
    await expect(alert).toBeVisible();
    await expect(options(page).first()).toBeChecked();
    await expect(page.getByText('0 of 5 answered')).toBeVisible();

    await page.unroute(API);
    await check(page, question);
    await expect(alert).toHaveCount(0);
    await expect(page.getByText('1 of 5 answered')).toBeVisible();
    await page.reload();
    await expect(page.getByText('1 of 5 answered')).toBeVisible();
  });

  test('an answer that arrived, though its reply was lost, counts once', async ({ page, learner }) => {
    await startQuiz(page, { questions: 5 });
    await awake(page);
    await page.route(API, async (route) => {
      await route.fetch();
      await route.abort();
    });
    const question = await read(page);
    await choose(page, question);
    await page.getByRole('button', { name: 'Check answer' }).click();
    await expect(page.getByRole('alert').filter({ hasText: /not saved/i })).toBeVisible();
    await page.unroute(API);
    await check(page, question);
    await expect(page.getByText('1 of 5 answered')).toBeVisible();
    expect(storedAnswers(learner), 'what the database holds').toEqual({ arrived: 1, counted: 1 });
  });

  test('the next question can be asked for again', async ({ page, learner: _ }) => {
    await startQuiz(page, { questions: 5 });
    await awake(page);
    const question = await read(page);
    await choose(page, question);
    await check(page, question);
    await page.route(API, (route) => route.abort());
    await page.getByRole('link', { name: 'Next question' }).click();
    await expect(page.getByRole('alert')).not.toBeEmpty();
    await page.unroute(API);
    await next(page, question);
  });
});

test.describe('keys', () => {
  test('1 to 6 choose, Enter goes on, M marks, E explains, ? lists', async ({ page, learner: _ }) => {
    await startQuiz(page, { exam: 'Network+', questions: 5 });
    const question = await seekChoice(page);
    await awake(page);
    for (let place = 0; place < question.options.length; place += 1) {
      await page.keyboard.press(String(place + 1));
      await expect(options(page).nth(place)).toBeChecked();
      if (question.choose > 1) await page.keyboard.press(String(place + 1));
    }
    const list = page.getByRole('definition').filter({ hasText: 'choose an option' });
    await expect(list).toBeHidden();
    await page.keyboard.press('?');
    await expect(list).toBeVisible();
    await page.keyboard.press('?');
    await expect(list).toBeHidden();

    const mark = page.getByRole('button', { name: /^Mark(ed)? for review/ });
    await page.keyboard.press('m');
    await expect(mark).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('M');
    await expect(mark).toHaveAttribute('aria-pressed', 'false');

    for (let place = 1; place <= question.choose; place += 1) await page.keyboard.press(String(place));
    await page.keyboard.press('Enter');
    await expect(verdictHeading(page)).toBeFocused();
    const source = page.getByRole('term').filter({ hasText: 'Source' });
    await expect(source).toBeVisible();
    await page.keyboard.press('e');
    await expect(source).toBeHidden();
    await page.keyboard.press('E');
    await expect(source).toBeVisible();
    await verdictHeading(page).focus();
    await page.keyboard.press('Enter');
    await expectQuestion(page, (question.position % question.questions) + 1);
  });

  test('nothing happens while typing or with Ctrl', async ({ page, learner: _ }) => {
    await startQuiz(page, { questions: 5 });
    await awake(page);
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.setAttribute('aria-label', 'A note');
      document.querySelector('main')?.append(input);
    });
    await page.getByRole('textbox', { name: 'A note' }).pressSequentially('1m?e');
    await expect(page.getByRole('textbox', { name: 'A note' })).toHaveValue('1m?e');
    await heading(page).focus();
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Alt+2');
    await expect(options(page).and(page.locator(':checked'))).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Mark for review', pressed: false })).toBeVisible();
  });

  test('one switch in the account turns them off', async ({ page, learner: _ }) => {
    await page.goto('/account');
    const shortcuts = page.getByRole('switch', { name: /shortcuts/i });
    await expect(shortcuts).toBeChecked();
    await shortcuts.uncheck();
    await page.getByRole('button', { name: 'Save shortcuts' }).click();
    await expect(shortcuts).not.toBeChecked();

    await startQuiz(page, { questions: 5 });
    await awake(page);
    await expect(page.getByText('Keyboard shortcuts')).toHaveCount(0);
    await heading(page).focus();
    for (const key of ['1', '2', 'm', '?', 'Enter']) await page.keyboard.press(key);
    await expect(options(page).and(page.locator(':checked'))).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Mark for review', pressed: false })).toBeVisible();
    await expect(page.getByRole('alert')).toBeEmpty();
  });

  test.describe('at 320 px', () => {
    test.use({ viewport: { width: 320, height: 640 } });

    test('a whole quiz of ten by keyboard alone', async ({ page, learner: _ }) => {
      await tabTo(page, page.getByRole('link', { name: 'Choose an exam and start' }));
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByRole('link', { name: 'Network+' }));
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/exam=/);
      await tabTo(page, page.getByRole('button', { name: 'Start quiz' }));
      await page.keyboard.press('Enter');
      await expectQuestion(page, 1);
      await awake(page);
      await leaveMark(page);
      for (let position = 1; position <= 10; position += 1) {
        await expectQuestion(page, position);
        const question = await read(page);
        for (let place = 1; place <= question.choose; place += 1) await page.keyboard.press(String(place));
        if (question.kind !== 'choice') {
          await chooseByKeyboard(page, question);
          await tabTo(page, page.getByRole('button', { name: 'Check answer' }));
        }
        await page.keyboard.press('Enter');
        await expect(verdictHeading(page)).toBeFocused();
        await expectNoSidewaysScroll(page);
        expect(await markIsThere(page), 'the same page').toBe(true);
        await page.keyboard.press('Enter');
      }
      await expect(page.getByRole('heading', { level: 1, name: 'Result' })).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  });
});

/** A mark that only survives as long as the page is not loaded anew. */
async function leaveMark(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { end2endMark: true }));
}

async function markIsThere(page: Page): Promise<boolean> {
  return page.evaluate(() => 'end2endMark' in window);
}
