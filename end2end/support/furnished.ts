import type { Browser, BrowserContext } from '@playwright/test';

import { type Learner, newLearner, signUp } from './accounts';
import { answer, check, choose, read, startQuiz } from './quiz';
import type { Route } from './routes';

/** An account with something on every page, for tests that only look. */
export interface Furnished {
  learner: Learner;
  storage: Awaited<ReturnType<BrowserContext['storageState']>>;
  /** A finished quiz of five. */
  finished: string;
  /** A quiz of ten with its first question answered. */
  open: string;
}

export async function furnish(browser: Browser, baseURL: string): Promise<Furnished> {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  const learner = newLearner();
  await signUp(page, learner);
  await startQuiz(page, { questions: 5 });
  const finished = attemptOf(page.url());
  await answer(page, 5);
  await startQuiz(page, { questions: 10 });
  const open = attemptOf(page.url());
  const question = await read(page);
  await choose(page, question);
  await check(page, question);
  const furnished = { learner, storage: await context.storageState(), finished, open };
  await context.close();
  return furnished;
}

/** The path of a page in which this account has something. */
export function pathOf(route: Route, { finished, open }: Furnished): string {
  return route
    .replace(':attempt', route.endsWith('/result') ? finished : open)
    .replace(':position', '1')
    .replace(':secret', 'this-link-was-never-made');
}

/** The attempt that an address names. */
export function attemptOf(url: string): string {
  const [, attempt] = /\/practice\/([0-9a-f-]{36})/.exec(url) ?? [];
  if (!attempt) throw new Error(`${url} names no attempt`);
  return attempt;
}
