import { type Locator, type Page, expect } from '@playwright/test';

import { pick, write } from './keyboard';

/** A question as the page shows it before the answer. */
export interface Question {
  /** From 1. */
  position: number;
  questions: number;
  stem: string;
  kind: 'choice' | 'ordering' | 'matching' | 'placing' | 'typed';
  /** How many options to choose; 0 where nothing is. */
  choose: number;
  /** The texts of options, steps or terms, the names of places. */
  options: string[];
  /** The text of what it is asked about; empty without. */
  exhibit: string;
}

export interface Verdict {
  /** The answer was known before: see `Known`. */
  known: boolean;
  right: boolean;
  /** Some points, and not all. */
  part: boolean;
  /** The texts of the right options; the steps in order; the match of each term or place; the answer to type. */
  key: string[];
}

/** What a learner knows after a quiz: the key of each question as it was shown. With other values it is another question. */
export type Known = Map<string, string[]>;

function identity({ stem, options, exhibit }: Question): string {
  return JSON.stringify([stem, options.toSorted(), exhibit]);
}

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
  return page.getByRole('heading', { level: 2, name: /^(Right\.|Not right\.|Partly right: \d of \d points\.)$/ });
}

export function options(page: Page): Locator {
  return group(page).getByRole('radio').or(group(page).getByRole('checkbox'));
}

/** The menus of steps, terms or places. */
export function menus(page: Page): Locator {
  return group(page).getByRole('combobox');
}

/** Where a short answer is typed. */
export function field(page: Page): Locator {
  return group(page).getByRole('textbox');
}

const RULES = [
  ['choice', /^Choose (one|\d+) answers?\./],
  ['ordering', /^Give each step its position\./],
  ['matching', /^Find the match of each term\./],
  ['placing', /^Label each place\./],
  ['typed', /^Type the answer\./],
] as const;

function group(page: Page): Locator {
  return page.getByRole('group', { name: /^(Choose (one|\d)|Give each step|Find the match|Label each place|Type the answer)/ });
}

export async function expectQuestion(page: Page, position: number): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^Question ${position} of `) })).toBeVisible();
}

/** Reads the open question. */
export async function read(page: Page): Promise<Question> {
  const [, position, questions] = /(\d+) of (\d+)/.exec(await heading(page).innerText()) ?? [];
  await expect(group(page)).toBeVisible();
  const text = (await group(page).innerText()).trim();
  const [kind, rule] = RULES.find(([, begins]) => begins.test(text)) ?? RULES[0];
  const count = rule.exec(text)?.[1];
  return {
    position: Number(position),
    questions: Number(questions),
    stem: await group(page).evaluate((fieldset) => {
      const stem = document.getElementById(fieldset.getAttribute('aria-describedby') ?? '');
      return stem?.textContent?.trim() ?? '';
    }),
    kind,
    choose: kind === 'choice' ? (count === 'one' ? 1 : Number(count)) : 0,
    options: await options(page).or(menus(page)).evaluateAll((inputs) =>
      inputs.map((input) => {
        const label = (input as HTMLInputElement | HTMLSelectElement).labels?.[0]?.cloneNode(true) as HTMLElement;
        for (const hidden of label.querySelectorAll('[aria-hidden]')) hidden.remove();
        return label.textContent?.trim() ?? '';
      }),
    ),
    exhibit: (await page.locator('.exhibit').allTextContents()).join(),
  };
}

/** Goes on to the first question of which this is true, without answering those before it. */
export async function seek(page: Page, wanted: (question: Question) => boolean): Promise<Question> {
  let question = await read(page);
  const attempt = page.url().replace(/\/\d+$/, '');
  while (!wanted(question)) {
    expect(question.position, 'one of the questions is wanted').toBeLessThan(question.questions);
    await page.goto(`${attempt}/${question.position + 1}`);
    await expectQuestion(page, question.position + 1);
    question = await read(page);
  }
  return question;
}

/** A question to choose from: what tests of options need. */
export async function seekChoice(page: Page): Promise<Question> {
  return seek(page, (question) => question.kind === 'choice');
}

/** Answers with a key; none given: the first options, the order as shown, the first matches, anything that can be read. */
export async function choose(page: Page, question: Question, key?: string[]): Promise<void> {
  if (question.kind === 'choice') {
    const places = key?.map((text) => question.options.indexOf(text)) ?? [...Array(question.choose).keys()];
    for (const place of places) await options(page).nth(place).check();
  } else if (question.kind === 'typed') {
    await field(page).fill(key?.[0] ?? (await anything(page)));
  } else {
    for (const [place, value] of (await menuValues(page, question, key)).entries()) {
      await menus(page).nth(place).selectOption(value);
    }
  }
}

/** The same by keyboard alone. */
export async function chooseByKeyboard(page: Page, question: Question, key?: string[]): Promise<void> {
  if (question.kind === 'typed') {
    await write(page, field(page), key?.[0] ?? (await anything(page)));
  } else {
    for (const [place, value] of (await menuValues(page, question, key)).entries()) {
      await pick(page, menus(page).nth(place), value);
    }
  }
}

/** What each menu is set to. */
async function menuValues(page: Page, question: Question, key?: string[]): Promise<string[]> {
  if (question.kind === 'ordering') {
    return question.options.map((step, place) => String((key ? key.indexOf(step) : place) + 1));
  }
  const matches = await menus(page).first().getByRole('option').allTextContents();
  return question.options.map((_, place) => String(key ? matches.map((text) => text.trim()).indexOf(key[place] ?? '') : 1));
}

/** Some answer of the form that is asked for. */
export async function anything(page: Page): Promise<string> {
  const label = (await group(page).innerText()).split('\n')[1] ?? '';
  if (label.startsWith('IPv4')) return '192.0.2.1';
  if (label.startsWith('Prefix')) return '/9';
  return label.startsWith('Number') ? '1' : 'something';
}

/** Checks what is chosen and reads the verdict. */
export async function check(page: Page, question: Question): Promise<Verdict> {
  await page.getByRole('button', { name: 'Check answer' }).click();
  return readVerdict(page, question);
}

export async function readVerdict(page: Page, question: Question): Promise<Verdict> {
  await expect(verdictHeading(page)).toBeVisible();
  const words = (await verdictHeading(page).innerText()).trim();
  const verdict = { known: false, right: words === 'Right.', part: words.startsWith('Partly') };
  if (question.kind !== 'choice') return { ...verdict, key: await readKey(page, question) };
  const states = await told(page).evaluateAll((rows) => rows.map((row) => row.textContent?.trim() ?? ''));
  expect(states, 'one verdict for each option').toHaveLength(question.options.length);
  states.forEach((state, place) => expect(state).toContain(question.options[place]));
  return { ...verdict, key: question.options.filter((_, place) => /Right, (your answer|not chosen)/.test(states[place] ?? '')) };
}

/** Each part is told by its outcome, the part itself, and the reason, one after the other. */
async function readKey(page: Page, question: Question): Promise<string[]> {
  const rows = await parts(page).evaluateAll((rows) => rows.map((row) => [...row.children].map((child) => child.textContent?.trim() ?? '')));
  const texts = rows.map(([, text = '']) => text);
  if (question.kind === 'ordering') return texts;
  if (question.kind === 'matching' || question.kind === 'placing') {
    return question.options.map((term, place) => (texts[place] ?? '').slice(term.length).replace(/^: */, ''));
  }
  const answer = rows.find(([outcome = '']) => /^(Right, your answer|The right answer)/.test(outcome));
  return [(answer?.[1] ?? '').split(' or ')[0] ?? ''];
}

/** The parts of the verdict of a question that is no choice. */
export function parts(page: Page): Locator {
  return page.getByRole('region', { name: /^(Right|Not right|Partly right)/ }).getByRole('listitem');
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
    const key = known.get(identity(question));
    await choose(page, question, key);
    const verdict = await check(page, question);
    known.set(identity(question), verdict.key);
    verdicts.push({ ...verdict, known: key !== undefined });
    await next(page, question);
  }
  return verdicts;
}
