import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

import { type Locator, type Page, expect } from '@playwright/test';

import { awake } from './pages';
import { operate } from './server';

/** The numbers that every run of these tests plays with. */
export const SEED = 7;

const CONTENT = resolve(__dirname, '../../content/scenarios');

/** The ids of all scenarios, as their files are named. */
export function scenarios(): string[] {
  return readdirSync(CONTENT)
    .filter((name) => name.endsWith('.toml'))
    .map((name) => name.replace('.toml', ''))
    .sort();
}

/** The author's own way, one action a line, with the names of this seed. */
export function solution(scenario: string, seed = SEED): string[] {
  return operate('tickets', 'solution', scenario, '--seed', String(seed)).split('\n').filter((line) => line !== '');
}

/** Takes a practice ticket with the form for "the same numbers as a colleague"; ends on its bench, awake. */
export async function takeTicket(page: Page, scenario: string, seed = SEED): Promise<void> {
  await page.goto('/tickets');
  await page.getByText('The same numbers as a colleague').click();
  await page.getByLabel('Ticket', { exact: true }).selectOption(scenario);
  await page.getByLabel('Number', { exact: true }).fill(String(seed));
  await page.getByRole('button', { name: 'Practise with this number' }).click();
  await ready(page);
}

/** The bench is awake and has taken the ticket over. */
export async function ready(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/tickets\/[0-9a-f-]{36}/);
  await awake(page);
  await settled(page);
}

/** What was asked for is stored. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByText(/^(Stored: action \d+|Nothing done yet)/)).toBeVisible();
}

/** How many actions the bench says are stored. */
export async function stored(page: Page): Promise<number> {
  await settled(page);
  const [, count] = /action (\d+)/.exec(await page.getByText(/^(Stored: action \d+|Nothing done yet)/).innerText()) ?? [];
  return Number(count ?? 0);
}

export async function textView(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Text view' }).click();
  await expect(page.getByRole('region', { name: 'Text view' })).toBeVisible();
  await ready(page);
}

export function line(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Line' });
}

/** Types a line of the script language and waits until it is done. */
export async function type(page: Page, text: string): Promise<void> {
  await line(page).fill(text);
  await line(page).press('Enter');
  await expect(line(page), `“${text}” was taken`).toHaveValue('');
}

/** Types the whole solution into the text view; ends on the debrief. */
export async function solveAsText(page: Page, scenario: string, seed = SEED): Promise<void> {
  const lines = solution(scenario, seed);
  for (const text of lines.slice(0, -1)) await type(page, text);
  await line(page).fill(lines.at(-1) ?? '');
  await line(page).press('Enter');
  await expectDebrief(page);
}

export async function expectDebrief(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: /^Verdict: / })).toBeVisible({ timeout: 20_000 });
}

/** Points and the most there are, as the debrief says them. */
export async function points(page: Page): Promise<[number, number]> {
  const words = await page.getByText(/^\d+ of \d+, \d+\u00a0%$/).first().innerText();
  const [, score, most] = /^(\d+) of (\d+)/.exec(words) ?? [];
  return [Number(score), Number(most)];
}
