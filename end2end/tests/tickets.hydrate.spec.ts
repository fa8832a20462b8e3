import { Hands } from '../support/hands';
import { inspect } from '../support/inspect';
import { expectNoSidewaysScroll } from '../support/pages';
import { expect, test } from '../support/test';
import {
  expectDebrief,
  line,
  points,
  ready,
  scenarios,
  solution,
  solveAsText,
  stored,
  takeTicket,
  textView,
  type,
} from '../support/tickets';

/** Terminals of all kinds, panels, hands, people, theory, notes, resolution and handing over are in these ten. */
const BY_KEYBOARD = [
  'clinic-ledger-closes',
  'clinic-locked-again',
  'clinic-no-internet',
  'clinic-printer-offline',
  'home-asks-again',
  'school-annex-no-addresses',
  'school-try-again-later',
  'shop-dead-computer',
  'shop-line-on-labels',
  'shop-till-page',
];

test.describe('the text view takes every solution and gives full marks', () => {
  for (const scenario of scenarios()) {
    test(scenario, async ({ page, learner: _ }) => {
      await takeTicket(page, scenario);
      await textView(page);
      await solveAsText(page, scenario);
      const [score, most] = await points(page);
      expect(score, `points of ${most}`).toBe(most);
      await expect(page.getByText('Passed.', { exact: true })).toBeVisible();
    });
  }
});

test.describe('nothing is lost', () => {
  test('a reload in the middle', async ({ page, learner: _ }) => {
    const [scenario] = scenarios();
    await takeTicket(page, scenario ?? '');
    await textView(page);
    const lines = solution(scenario ?? '');
    for (const text of lines.slice(0, 4)) await type(page, text);
    const log = page.getByRole('log', { name: 'Everything so far' });
    const before = await log.innerText();
    await page.reload();
    await ready(page);
    expect(await stored(page)).toBe(4);
    expect(await log.innerText()).toBe(before);
    for (const text of lines.slice(4, -1)) await type(page, text);
    expect(await stored(page)).toBe(lines.length - 1);
  });

  test('a line that was not answered counts once', async ({ page, learner: _, watch }) => {
    watch.allow(/ERR_FAILED/);
    await takeTicket(page, scenarios()[0] ?? '');
    await textView(page);
    await page.route('**/api/tickets/step', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await line(page).fill('wait 1m');
    await line(page).press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'Not sent' })).toBeVisible({ timeout: 15_000 });
    await expect(line(page)).toHaveValue('wait 1m');
    await page.unroute('**/api/tickets/step');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Not sent' })).toHaveCount(0);
    expect(await stored(page)).toBe(1);
  });

  test('a second window takes over, and the first can take it back', async ({ page, context, learner: _, watch }) => {
    watch.allow(/status of 409/);
    await takeTicket(page, scenarios()[0] ?? '');
    await textView(page);
    await type(page, 'wait 1m');
    const second = await context.newPage();
    await second.goto(page.url());
    await ready(second);
    await type(second, 'wait 2m');

    await line(page).fill('wait 3m');
    await line(page).press('Enter');
    const told = page.getByRole('alert').filter({ hasText: 'In another window' });
    await expect(told).toBeVisible();
    await expect(line(page), 'what was typed stays').toHaveValue('wait 3m');
    await page.getByRole('button', { name: 'Take it back here' }).click();
    await expect(told).toHaveCount(0);
    expect(await stored(page)).toBe(2);
    await line(page).press('Enter');
    await expect(line(page)).toHaveValue('');
    expect(await stored(page)).toBe(3);
  });
});

test.describe('by keyboard alone, in the graphical view', () => {
  for (const scenario of BY_KEYBOARD) {
    test(scenario, async ({ page, learner: _ }) => {
      test.setTimeout(240_000);
      await takeTicket(page, scenario);
      const hands = new Hands(page);
      for (const text of solution(scenario)) await hands.do(text);
      await expectDebrief(page);
      const [score, most] = await points(page);
      expect(score, `points of ${most}`).toBe(most);
    });
  }
});

test('on a phone 320 pixels wide', async ({ page, learner: _ }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 320, height: 640 });
  await takeTicket(page, 'shop-line-on-labels');
  const hands = new Hands(page);
  for (const text of solution('shop-line-on-labels')) {
    await hands.do(text);
    await expectNoSidewaysScroll(page);
  }
  await expectDebrief(page);
  const [score, most] = await points(page);
  expect(score, `points of ${most}`).toBe(most);
});

test.describe('every view of the bench', () => {
  test('the site, a room, a device, its panels and terminals, the text view', async ({ page, learner: _ }) => {
    test.setTimeout(600_000);
    await takeTicket(page, 'clinic-no-link');
    const address = page.url();
    await inspect(page, 'bench-map');
    const hands = new Hands(page);
    await page.setViewportSize({ width: 1280, height: 844 });
    await hands.do('sh SW-1 ios show interfaces status');
    await inspect(page, 'bench-terminal');
    for (const place of ['room-2', 'SW-1', 'SW-1/bench', 'SRV-1/services', 'SRV-1/directory']) {
      await page.goto(`${address}?at=${place}`);
      await ready(page);
      if (place.includes('/')) {
        await page.getByRole('button', { name: 'Look again' }).click();
        await expect(page.getByText(/^Seen at /)).toBeVisible();
      }
      await inspect(page, `bench-${place.replace('/', '-')}`);
    }
    await page.goto(`${address}?view=text`);
    await ready(page);
    await inspect(page, 'bench-text');
  });
});

test.describe('afterwards', () => {
  test('step through the run, and continue differently', async ({ page, learner: _ }) => {
    await takeTicket(page, 'clinic-no-link');
    await textView(page);
    await solveAsText(page, 'clinic-no-link');
    await page.getByRole('button', { name: 'Open the time line' }).click();
    const slider = page.getByRole('slider', { name: 'After which action' });
    await expect(slider).toBeVisible({ timeout: 20_000 });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(page.getByText('Before the first action')).toBeVisible();
    for (let step = 0; step < 3; step += 1) await page.getByRole('button', { name: 'On', exact: true }).click();
    await expect(page.getByText(/^After action 3 of \d+$/)).toBeVisible();
    await inspect(page, 'debrief-rewind');
    await page.getByRole('group', { name: 'Time line' }).getByRole('button', { name: 'Continue differently from here' }).click();
    await ready(page);
    expect(await stored(page)).toBe(3);
  });
});
