import { type Locator, type Page, expect } from '@playwright/test';

import { pick, press, tabTo, write } from './keyboard';
import { awake } from './pages';
import { line, ready } from './tickets';

export interface ExamChoice {
  /** As its tab is named. */
  exam: string;
  form: 'Full length' | 'Half length' | 'Short';
  mode?: 'Practice mode' | 'Exam mode';
}

export const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });
export const forward = (page: Page): Locator => page.getByRole('button', { name: /^Save and (go on|review)/ });
export const saved = (page: Page): Locator => page.locator('[data-unsent]');

/** Starts an exam with the form of the lobby; ends on its first question. */
export async function startExam(page: Page, { exam, form, mode = 'Practice mode' }: ExamChoice): Promise<void> {
  await page.goto('/exams');
  await page.getByRole('navigation', { name: 'Exam' }).getByRole('link', { name: exam }).click();
  await page.getByRole('radio', { name: form }).check();
  await page.getByRole('radio', { name: mode }).check();
  await page.getByRole('button', { name: 'Start the exam' }).click();
  await expect(heading(page)).toHaveText(/^Question 1 of \d+$/);
}

/** Finishes the exam of the page by way of its review; ends on the result. */
export async function finishExam(page: Page): Promise<void> {
  await page.goto(page.url().replace(/(\/exams\/[^/]+).*/, '$1/review'));
  await page.getByRole('button', { name: 'Finish the exam' }).click();
  await expect(heading(page)).toHaveText('Exam result');
}

/** Every change has been acknowledged. */
export async function expectSaved(page: Page, timeout?: number): Promise<void> {
  await expect(saved(page)).toHaveAttribute('data-unsent', '0', { timeout });
}

/** Answers the question in view with nothing but keys; ends before the way on. */
export async function answerByKeyboard(page: Page): Promise<void> {
  const menus = page.locator('.exam-room select');
  const field = page.locator('.exam-room input[type=text]');
  const options = page.locator('.exam-room .option-input');
  if (await isSimulation(page)) return workByKeyboard(page);
  if ((await menus.count()) > 0) {
    for (let place = 0; place < (await menus.count()); place += 1) {
      const most = (await menus.nth(place).locator('option').count()) - 1;
      await pick(page, menus.nth(place), String((place % most) + 1));
    }
  } else if ((await field.count()) > 0) {
    await write(page, field, await readable(page));
  } else {
    const choose = (await options.first().getAttribute('type')) === 'radio' ? 1 : await wanted(page);
    for (let place = 1; place <= choose; place += 1) await page.keyboard.press(String(place));
  }
}

export async function isSimulation(page: Page): Promise<boolean> {
  return (await page.locator('.exam-simulation').count()) > 0;
}

/** From the start of an exam to a question that is no simulation. */
export async function passSimulations(page: Page): Promise<void> {
  for (let position = 2; await isSimulation(page); position += 1) {
    await page.goto(page.url().replace(/(\/exams\/[^/]+).*/, `$1/${position}`));
  }
}

/** Does one thing in the simulation of the question in view; ends on that question again. */
async function workByKeyboard(page: Page): Promise<void> {
  const question = await heading(page).innerText();
  await press(page, page.getByRole('link', { name: 'Open the simulation' }));
  await ready(page);
  await press(page, page.getByRole('link', { name: 'Text view' }));
  await ready(page);
  await write(page, line(page), 'say {requester} greet friendly');
  await page.keyboard.press('Enter');
  await expect(line(page)).toHaveValue('');
  await press(page, page.getByRole('link', { name: 'Back to the exam' }));
  await expect(heading(page)).toHaveText(question);
  await awake(page);
  await expect(saved(page)).toHaveText('All saved');
}

/** Something that can be read as what the field asks for. */
async function readable(page: Page): Promise<string> {
  const label = (await page.locator('label[for=typed-answer]').textContent()) ?? '';
  const answers: [RegExp, string][] = [
    [/^IPv4/, '192.0.2.1'], [/^Prefix/, '/9'], [/^Number/, '12'],
    [/^Path on Linux/, '/etc/hosts'], [/^Path/, 'C:\\Windows'],
    [/^Command of/, 'show version'], [/^Command/, 'whoami'],
  ];
  return answers.find(([form]) => form.test(label))?.[1] ?? 'answer';
}

/** How many options are to be chosen. */
async function wanted(page: Page): Promise<number> {
  const rule = (await page.locator('.exam-room legend').first().textContent()) ?? '';
  return Number(/Choose (\d)/.exec(rule)?.[1] ?? 1);
}

/** From the question in view to this one, or to the review. */
export async function answerOn(page: Page, until: number, count: number): Promise<void> {
  for (;;) {
    const [, position = ''] = /Question (\d+) of/.exec((await heading(page).textContent()) ?? '') ?? [];
    if (Number(position) >= until) return;
    await answerByKeyboard(page);
    // Enter on a menu opens it.
    if ((await page.locator('.exam-room select').count()) > 0) await press(page, forward(page));
    else await page.keyboard.press('Enter');
    const next = Number(position) === count ? 'Review' : `Question ${Number(position) + 1} of ${count}`;
    await expect(heading(page)).toHaveText(next);
    await expect(heading(page), 'keys begin at the heading').toBeFocused();
    if (next === 'Review') return;
  }
}

/** Finishes from the review with keys alone; ends on the result. */
export async function finishByKeyboard(page: Page): Promise<void> {
  await press(page, page.getByRole('button', { name: 'Finish the exam' }));
  await expect(heading(page)).toHaveText('Exam result', { timeout: 15_000 });
}

/** Starts with keys alone. */
export async function startByKeyboard(page: Page, exam: string): Promise<void> {
  await press(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Exams' }));
  await press(page, page.getByRole('navigation', { name: 'Exam' }).getByRole('link', { name: exam }));
  await tabTo(page, page.getByRole('radio', { name: 'Full length' }));
  await press(page, page.getByRole('button', { name: 'Start the exam' }));
  await expect(heading(page)).toHaveText('Question 1 of 90');
}
