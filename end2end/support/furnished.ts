import type { Browser, BrowserContext, Page } from '@playwright/test';

import { type Learner, newLearner, signUpAsAdmin } from './accounts';
import { finishExam, forward, startExam } from './exams';
import { answer, check, choose, read, startQuiz } from './quiz';
import { reportFault } from './reports';
import type { Route } from './routes';
import { expectDebrief, line, scenarios, takeTicket, textView, type } from './tickets';

/** An administrator's account with something on every page, for tests that only look. */
export interface Furnished {
  learner: Learner;
  storage: Awaited<ReturnType<BrowserContext['storageState']>>;
  /** A finished quiz of five. */
  finished: string;
  /** A quiz of ten with its first question answered. */
  open: string;
  /** A finished exam. */
  finishedExam: string;
  /** An exam that runs. */
  openExam: string;
  /** A closed ticket. */
  closedTicket: string;
  /** A ticket with a few things done. */
  openTicket: string;
}

export async function furnish(browser: Browser, baseURL: string): Promise<Furnished> {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  const learner = newLearner();
  await signUpAsAdmin(page, learner);
  await startQuiz(page, { questions: 5 });
  const finished = attemptOf(page.url());
  await answer(page, 5);
  await startQuiz(page, { questions: 10 });
  const open = attemptOf(page.url());
  const question = await read(page);
  await choose(page, question);
  await check(page, question);
  await reportFault(page, 'A fact is out of date', 'The present edition of the standard says otherwise, in its section on limits.');
  await reportFault(page, 'Spelling or layout');
  await page.goto('/reports');
  await page.getByRole('button', { name: /^No fault/ }).first().click();
  const exams = await furnishExams(page);
  const storage = await context.storageState();
  await context.close();
  return { learner, storage, finished, open, ...exams, ...(await furnishTickets(browser, baseURL, storage)) };
}

async function furnishExams(page: Page): Promise<Pick<Furnished, 'finishedExam' | 'openExam'>> {
  await startExam(page, { exam: 'A+ Core 1', form: 'Short' });
  const finishedExam = examOf(page.url());
  await forward(page).click();
  await finishExam(page);
  await startExam(page, { exam: 'A+ Core 1', form: 'Short' });
  await forward(page).click();
  return { finishedExam, openExam: examOf(page.url()) };
}

/** Tickets need scripts. */
async function furnishTickets(
  browser: Browser,
  baseURL: string,
  storageState: Furnished['storage'],
): Promise<Pick<Furnished, 'closedTicket' | 'openTicket'>> {
  const context = await browser.newContext({ baseURL, storageState });
  const page = await context.newPage();
  const [scenario = ''] = scenarios();
  const begin = async () => {
    await takeTicket(page, scenario);
    await textView(page);
    await type(page, 'say {requester} greet friendly');
    await type(page, 'say {requester} ask friendly symptom');
    await type(page, 'do look {device}');
    return ticketOf(page.url());
  };
  const closedTicket = await begin();
  await line(page).fill('resolve cause="unknown" change="none" verification="none" prevention="none"');
  await line(page).press('Enter');
  await expectDebrief(page);
  const openTicket = await begin();
  await context.close();
  return { closedTicket, openTicket };
}

/** The path of a page in which this account has something. */
export function pathOf(route: Route, furnished: Furnished): string {
  const { closedTicket, openTicket } = furnished;
  const exam = route.startsWith('/exams');
  const finished = exam ? furnished.finishedExam : furnished.finished;
  const open = exam ? furnished.openExam : furnished.open;
  return route
    .replace(':ticket', route.endsWith('/debrief') ? closedTicket : openTicket)
    .replace(':attempt', route.endsWith('/result') ? finished : open)
    .replace(':position', '1')
    .replace(':secret', 'this-link-was-never-made');
}

/** The exam that an address names. */
function examOf(url: string): string {
  const [, attempt] = /\/exams\/([0-9a-f-]{36})/.exec(url) ?? [];
  if (!attempt) throw new Error(`${url} names no exam`);
  return attempt;
}

/** The attempt that an address names. */
export function attemptOf(url: string): string {
  const [, attempt] = /\/practice\/([0-9a-f-]{36})/.exec(url) ?? [];
  if (!attempt) throw new Error(`${url} names no attempt`);
  return attempt;
}

/** The ticket that an address names. */
export function ticketOf(url: string): string {
  const [, ticket] = /\/tickets\/([0-9a-f-]{36})/.exec(url) ?? [];
  if (!ticket) throw new Error(`${url} names no ticket`);
  return ticket;
}
