import { newLearner, signUp } from '../support/accounts';
import { storedAnswers } from '../support/database';
import {
  answerByKeyboard, answerOn, expectSaved, finishByKeyboard, forward, heading, passSimulations, saved, startByKeyboard, startExam,
} from '../support/exams';
import { awake } from '../support/pages';
import { FirstlineServer } from '../support/server';
import { expect, status, test } from '../support/test';

const QUESTIONS = 90;
const API = '**/api/**';

test.describe('ninety questions by keyboard alone', () => {
  test.setTimeout(300_000);

  test('from the home page to the result', async ({ page, learner }) => {
    await startByKeyboard(page, 'A+ Core 1');
    await awake(page);
    await answerOn(page, QUESTIONS + 1, QUESTIONS);
    await expectSaved(page);
    await expect(page.getByText(/^90 answered, 0 not whole, 0 not answered/)).toBeVisible();
    await finishByKeyboard(page);
    await expect(page.getByText(/of 900/)).toBeVisible();
    expect(storedAnswers(learner).counted).toBe(QUESTIONS);
  });

  test('with the network away for a minute in the middle', async ({ page, learner, watch }) => {
    watch.allow(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/);
    await startByKeyboard(page, 'Network+');
    await awake(page);
    await answerOn(page, 31, QUESTIONS);
    await page.context().setOffline(true);
    const cut = Date.now();
    await answerOn(page, 61, QUESTIONS);
    await expect(saved(page)).toContainText('No connection.');
    await expect(saved(page)).toContainText('kept here');
    await page.waitForTimeout(Math.max(0, 60_000 - (Date.now() - cut)));
    expect(storedAnswers(learner).counted, 'the network was away').toBeLessThan(45);
    await page.context().setOffline(false);
    await expectSaved(page, 30_000);
    await expect(saved(page)).toHaveText('All saved');
    await answerOn(page, QUESTIONS + 1, QUESTIONS);
    await expectSaved(page);
    await finishByKeyboard(page);
    expect(storedAnswers(learner).counted).toBe(QUESTIONS);
  });

  test('with the server stopped and started again in the middle', async ({ browser }) => {
    const server = await FirstlineServer.start('server-restart.log');
    const context = await browser.newContext({ baseURL: server.url });
    const page = await context.newPage();
    await signUp(page, newLearner());
    await startByKeyboard(page, 'A+ Core 2');
    await awake(page);
    await answerOn(page, 31, QUESTIONS);
    const again = server.restart();
    await answerOn(page, 46, QUESTIONS);
    await again;
    await expectSaved(page, 60_000);
    await answerOn(page, QUESTIONS + 1, QUESTIONS);
    await expectSaved(page, 30_000);
    await expect(page.getByText(/^90 answered/)).toBeVisible();
    await finishByKeyboard(page);
    await context.close();
    await server.stop();
  });
});

test('a change that was not sent survives a crash of the page', async ({ page, learner, watch }) => {
  watch.allow(/ERR_FAILED/);
  await startExam(page, { exam: 'A+ Core 1', form: 'Short' });
  await passSimulations(page);
  await awake(page);
  await expect(saved(page)).toHaveText('All saved');
  await page.route(API, (route) => route.abort());
  await answerByKeyboard(page);
  await expect(saved(page)).toContainText(/\d changes? kept here/);
  await page.unroute(API);
  await page.reload();
  await awake(page);
  await expectSaved(page);
  await expect(page.getByRole('button', { name: 'Clear answer' })).toBeVisible();
  await expect.poll(() => storedAnswers(learner).counted).toBe(1);
});

test('another window takes over, and the first one is told', async ({ page, context, learner: _, watch }) => {
  watch.allow(status(409));
  await startExam(page, { exam: 'A+ Core 1', form: 'Short' });
  await passSimulations(page);
  await awake(page);
  await expect(saved(page)).toHaveText('All saved');
  const other = await context.newPage();
  await other.goto(page.url());
  await awake(other);
  await expect(saved(other)).toHaveText('All saved');
  await answerByKeyboard(other);
  await expectSaved(other);
  await page.getByRole('checkbox', { name: /Flag for review/ }).check();
  await expect(page.getByText('being taken in another window')).toBeVisible();
  await page.getByRole('button', { name: 'Continue here' }).click();
  await expect(page.getByText('being taken in another window')).toHaveCount(0);
  await expectSaved(page);
});

test('the clock can be stopped in practice mode, and hides the questions', async ({ page, learner: _ }) => {
  await startExam(page, { exam: 'IT Support Foundations', form: 'Short' });
  await awake(page);
  await expect(saved(page)).toHaveText('All saved');
  await page.getByRole('button', { name: 'Stop the clock' }).click();
  await expect(heading(page)).toHaveText('The clock stands still');
  await expect(page.locator('.stem')).toHaveCount(0);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(heading(page)).toHaveText(/^Question 1 of 20$/);
});

test('nothing that is set on one question stands on the next', async ({ page, learner: _ }) => {
  await startExam(page, { exam: 'A+ Core 1', form: 'Full length' });
  await awake(page);
  await expect(saved(page)).toHaveText('All saved');
  for (let question = 1; question <= 12; question += 1) {
    await expect(page.locator('.exam-room :checked:not(option)')).toHaveCount(0);
    for (const menu of await page.locator('.exam-room select').all()) await expect(menu).toHaveValue('0');
    for (const field of await page.locator('.exam-room input[type=text]').all()) await expect(field).toHaveValue('');
    await answerByKeyboard(page);
    await page.getByRole('checkbox', { name: /Flag for review/ }).check();
    await page.getByRole('radio', { name: 'Unsure' }).check();
    await forward(page).click();
  }
  await expectSaved(page);
  await page.keyboard.press('r');
  await expect(page.getByText(/^12 answered, .* 12 flagged, 12 unsure/)).toBeVisible();
});

test('flags, ruled out options and confidence are kept', async ({ page, learner: _ }) => {
  await startExam(page, { exam: 'A+ Core 2', form: 'Short', mode: 'Exam mode' });
  await awake(page);
  await expect(saved(page)).toHaveText('All saved');
  await expect(page.getByRole('button', { name: 'Stop the clock' })).toHaveCount(0);
  while ((await page.locator('.option-strike').count()) === 0) await forward(page).click();
  await page.getByRole('checkbox', { name: /^Rule out/ }).first().check();
  await page.getByRole('radio', { name: 'Unsure' }).check();
  await page.getByRole('checkbox', { name: /Flag for review/ }).check();
  await expectSaved(page);
  await page.reload();
  await expect(page.getByRole('checkbox', { name: /^Rule out/ }).first()).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Unsure' })).toBeChecked();
  await awake(page);
  await expectSaved(page);
  await expect(saved(page)).toHaveText('All saved');
  await page.keyboard.press('r');
  await expect(page.getByText(/1 flagged, 1 unsure/)).toBeVisible();
});
