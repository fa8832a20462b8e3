import { type Page, test as base } from '@playwright/test';

import { type Learner, newLearner, signUp } from './accounts';
import { serverUrl } from './server';
import { Watch } from './watch';

export { expect } from '@playwright/test';
export { status } from './watch';

interface Fixtures {
  /** Watches every browser of the test, and fails it for errors that it did not allow. */
  watch: Watch;
  /** A new account, signed in on `page`. */
  learner: Learner;
  /** Opens a page in another, empty browser. */
  otherBrowser: () => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(serverUrl()),

  watch: [
    async ({ context, javaScriptEnabled }, use) => {
      const watch = new Watch(serverUrl(), javaScriptEnabled ?? true);
      watch.on(context);
      await use(watch);
      watch.assertQuiet();
    },
    { auto: true },
  ],

  learner: async ({ page }, use) => {
    const learner = newLearner();
    await signUp(page, learner);
    await use(learner);
  },

  otherBrowser: async ({ browser, contextOptions, watch }, use) => {
    await use(async () => {
      const context = await browser.newContext(contextOptions);
      watch.on(context);
      return context.newPage();
    });
  },
});
