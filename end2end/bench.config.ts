import { defineConfig } from '@playwright/test';

import config from './playwright.config';

/** Speed goals, one after the other with nothing beside them: `make bench`. */
export default defineConfig({
  ...config,
  testDir: 'bench',
  workers: 1,
  reporter: [['list']],
  projects: [{ name: 'hydrated' }],
});
