import { type Locator, type Page, expect } from '@playwright/test';

/** A question as the page shows it before the answer. */
export interface Question {
  /** From 1. */
  position: number;
  questions: number;
  stem: string;
  /** How many options to choose. */
  choose: number;
  options: string[];
}

export interface Verdict {
  right: boolean;
  /** The texts of the right options. */
  key: string[];
}

/** What a learner knows after a quiz: the right options of each stem. */
export type Known = Map<string, string[]>;

export interface QuizChoice {
  /** As its tab is named. */
  exam?: string;
  /** Numbers. */
  domains?: number[];
  /** Numbers such as `1.2`, of one of the domains. */
  objectives?: string[];
  questions?: 5 | 10 | 20 | 40 | 90;
}

/** Builds a quiz with the form of the builder; ends on its first question. */
export async function startQuiz(page: Page, choice: QuizChoice = {}): Promise<void> {
  await page.goto('/practice');
  if (choice.exam) {
    await page.getByRole('navigation', { name: 'Exam' }).getByRole('link', { name: choice.exam }).click();
  }
  for (const number of choice.domains ?? []) {
    await page.getByRole('checkbox', { name: new RegExp(`^${number}\\. `) }).check();
  }
  for (const id of choice.objectives ?? []) {
    const box = page.getByRole('checkbox', { name: new RegExp(`^${id.replace('.', '\\.')} `) });
    if (!(await box.isVisible())) {
      await page.getByText(`Narrow domain ${id.split('.')[0]} to objectives`).click();
    }
    await box.check();
  }
  if (choice.questions) {
    const group = page.getByRole('group', { name: 'How many questions' });
    await group.getByRole('radio', { name: String(choice.questions), exact: true }).check();
  }
  await page.getByRole('button', { name: 'Start quiz' }).click();
  await expectQuestion(page, 1);
}

/** The heading of the question. */
export function heading(page: Page): Locator {
  return page.getByRole('heading', { level: 1, name: /^Question \d+ of \d+$/ });
}

export function verdictHeading(page: Page): Locator {
  return page.getByRole('heading', { level: 2, name: /^(Right\.|Not right\.)$/ });
}

export function options(page: Page): Locator {
  return optionGroup(page).getByRole('radio').or(optionGroup(page).getByRole('checkbox'));
}

function optionGroup(page: Page): Locator {
  return page.getByRole('group', { name: /^Choose / });
}

export async function expectQuestion(page: Page, position: number): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^Question ${position} of `) })).toBeVisible();
}

/** Reads the open question. */
export async function read(page: Page): Promise<Question> {
  const [, position, questions] = /(\d+) of (\d+)/.exec(await heading(page).innerText()) ?? [];
  const group = optionGroup(page);
  await expect(group).toBeVisible();
  const rule = await group.getByText(/^Choose (one|\d+) answers?\./).innerText();
  const [, count] = /^Choose (one|\d+)/.exec(rule) ?? [];
  return {
    position: Number(position),
    questions: Number(questions),
    stem: await group.evaluate((fieldset) => {
      const stem = document.getElementById(fieldset.getAttribute('aria-describedby') ?? '');
      return stem?.textContent?.trim() ?? '';
    }),
    choose: count === 'one' ? 1 : Number(count),
    options: await options(page).evaluateAll((inputs) =>
      inputs.map((input) => {
        const label = (input as HTMLInputElement).labels?.[0]?.cloneNode(true) as HTMLElement;
        for (const hidden of label.querySelectorAll('[aria-hidden]')) hidden.remove();
        return label.textContent?.trim() ?? '';
      }),
    ),
  };
}

/** Chooses the options with these texts; none given: the first ones. */
export async function choose(page: Page, question: Question, texts?: string[]): Promise<void> {
  const places = texts?.map((text) => question.options.indexOf(text)) ?? [...Array(question.choose).keys()];
  for (const place of places) await options(page).nth(place).check();
}

/** Checks what is chosen and reads the verdict. */
export async function check(page: Page, question: Question): Promise<Verdict> {
  await page.getByRole('button', { name: 'Check answer' }).click();
  return readVerdict(page, question);
}

export async function readVerdict(page: Page, question: Question): Promise<Verdict> {
  await expect(verdictHeading(page)).toBeVisible();
  const states = await told(page).evaluateAll((rows) => rows.map((row) => row.textContent?.trim() ?? ''));
  expect(states, 'one verdict for each option').toHaveLength(question.options.length);
  states.forEach((state, place) => expect(state).toContain(question.options[place]));
  return {
    right: (await verdictHeading(page).innerText()).trim() === 'Right.',
    key: question.options.filter((_, place) => /Right, (your answer|not chosen)/.test(states[place] ?? '')),
  };
}

/** The options of the verdict, in the order of the question: each with its outcome and reason. */
export function told(page: Page): Locator {
  const input = page.getByRole('radio').or(page.getByRole('checkbox'));
  return page.getByRole('region').getByRole('listitem').filter({ has: input });
}

/** Goes on from a verdict; ends on the next question or on the result. */
export async function next(page: Page, question: Question): Promise<void> {
  if (question.position < question.questions) {
    await page.getByRole('link', { name: 'Next question' }).click();
    await expectQuestion(page, question.position + 1);
  } else {
    await page.getByRole('link', { name: 'See the result' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Result' })).toBeVisible();
  }
}

/**
 * Answers the open questions one after the other, with what is known or else the first options, until `questions` are done.
 * Returns the verdicts and adds to what is known.
 */
export async function answer(page: Page, questions: number, known: Known = new Map()): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  while (verdicts.length < questions) {
    const question = await read(page);
    await choose(page, question, known.get(question.stem));
    const verdict = await check(page, question);
    known.set(question.stem, verdict.key);
    verdicts.push(verdict);
    await next(page, question);
  }
  return verdicts;
}
