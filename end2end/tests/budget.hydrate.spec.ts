import type { Page } from '@playwright/test';

import { awake } from '../support/pages';
import { heading, startQuiz } from '../support/quiz';
import { expect, test } from '../support/test';

const MOST_KB = 180;

test(`a first visit to a quiz page transfers at most ${MOST_KB} KB`, async ({ page, context, learner: _, otherBrowser }) => {
  await startQuiz(page, { questions: 10 });
  // An empty browser with nothing but the session: nothing is cached.
  const fresh = await otherBrowser();
  await fresh.context().addCookies(await context.cookies());
  const transfer = await measure(fresh);
  await fresh.goto(page.url());
  await expect(heading(fresh)).toBeVisible();
  await awake(fresh);
  await fresh.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await fresh.waitForLoadState('networkidle');

  const files = [...transfer.values()].filter((file) => file.bytes > 0);
  const kilobytes = files.reduce((total, file) => total + file.bytes, 0) / 1000;
  for (const file of files) console.log(`  ${(file.bytes / 1000).toFixed(1).padStart(6)} KB  ${file.name}`);
  console.log(`First visit to a quiz page: ${kilobytes.toFixed(1)} KB of ${MOST_KB} KB`);
  expect(files.some((file) => file.name.endsWith('.wasm')), 'the bundle was loaded').toBe(true);
  expect(kilobytes).toBeLessThanOrEqual(MOST_KB);
});

interface Transferred {
  name: string;
  /** As they came over the wire, headers included. */
  bytes: number;
}

/** Everything the page asks for, and what the service worker asks for in its name. */
async function measure(page: Page): Promise<Map<string, Transferred>> {
  const files = new Map<string, Transferred>();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    files.set(requestId, { name: new URL(request.url).pathname, bytes: 0 });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes = encodedDataLength;
  });
  page.context().on('requestfinished', async (request) => {
    if (!request.serviceWorker()) return;
    const { responseHeadersSize, responseBodySize } = await request.sizes();
    const name = `${new URL(request.url()).pathname} (service worker)`;
    files.set(name, { name, bytes: responseHeadersSize + responseBodySize });
  });
  return files;
}
