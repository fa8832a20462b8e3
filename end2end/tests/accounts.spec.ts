import { expectSignedIn, fillSignUp, newLearner, signIn, signOut } from '../support/accounts';
import { tabTo } from '../support/keyboard';
import { operate } from '../support/server';
import { expect, status, test } from '../support/test';

test('a password that is too weak is refused at its field, and a good one then accepted', async ({ page, watch }) => {
  watch.allow(status(422));
  const learner = newLearner();
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await fillSignUp(page, { ...learner, password: 'password password' });

  const password = page.getByLabel('Password');
  await expect(password).toHaveAccessibleDescription(/common or easy to guess/);
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(password, 'passwords are never sent back').toHaveValue('');
  await expect(page.getByLabel('Name')).toHaveValue(learner.name);
  const summary = page.getByRole('alert').filter({ hasText: 'common or easy to guess' });
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);

  await summary.getByRole('link', { name: /common or easy to guess/ }).click();
  await expect(password).toBeFocused();
  await fillSignUp(page, learner);
  await expectSignedIn(page, learner);
  await expect(page).toHaveURL('/');
});

test('a name that is taken is refused at its field', async ({ page, learner, otherBrowser, watch }) => {
  watch.allow(status(422));
  const other = await otherBrowser();
  await other.goto('/sign-up');
  await fillSignUp(other, { ...learner, name: learner.name.toUpperCase() });
  await expect(other.getByLabel('Name')).toHaveAccessibleDescription(/taken/);
  await expect(page.getByRole('banner').getByRole('link', { name: learner.name })).toBeVisible();
});

test('signing out and in again', async ({ page, learner, watch }) => {
  watch.allow(status(422));
  await signOut(page);
  await page.goto('/history');
  await expect(page, 'sign-in leads back to the page that was asked for').toHaveURL(/\/sign-in\?next=%2Fhistory$/);

  await page.getByLabel('Name').fill(learner.name);
  await page.getByLabel('Password').fill('nine otters mend a violet kettle');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue(learner.name);

  await page.getByLabel('Password').fill(learner.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expectSignedIn(page, learner);
  await expect(page).toHaveURL('/history');
});

test('changing the password ends other sessions', async ({ page, learner, otherBrowser, watch }) => {
  watch.allow(status(422));
  const other = await otherBrowser();
  await signIn(other, learner);
  await page.goto('/account');
  const change = async (current: string, fresh: string) => {
    await page.getByLabel('Current password').fill(current);
    await page.getByLabel('New password').fill(fresh);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  const changed = { ...learner, password: 'a slow green tram sings at noon' };

  await change('not my password at all', changed.password);
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/not your current password/);
  await change(learner.password, 'short');
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/Choose a password of at least 15 characters/);
  await change(learner.password, changed.password);
  await expect(page.getByRole('status').filter({ hasText: 'Your password is changed' })).toBeVisible();

  await other.goto('/account');
  await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await signIn(other, changed);
});

test('a session on another device can be ended', async ({ page, learner, otherBrowser }) => {
  const other = await otherBrowser();
  await signIn(other, learner);
  await page.goto('/account');
  const ends = page.getByRole('main').getByRole('button', { name: /^Sign out .* signed in/ });
  await expect(ends, 'every device but this one can be signed out').toHaveCount(1);
  await ends.click();
  await expect(ends).toHaveCount(0);
  await expectSignedIn(page, learner);

  await other.goto('/practice');
  await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('a link of the operator sets a new password, once', async ({ page, learner, otherBrowser, watch }) => {
  watch.allow(status(409));
  const link = new URL(operate('account', 'reset', learner.name)).pathname;
  const changed = { ...learner, password: 'a slow green tram sings at noon' };
  const other = await otherBrowser();
  const setPassword = async () => {
    await other.goto(link);
    await other.getByLabel('New password').fill(changed.password);
    await other.getByRole('button', { name: 'Set password' }).click();
  };
  await setPassword();
  await expect(other.getByRole('status').filter({ hasText: 'Your new password is set' })).toBeVisible();
  await signIn(other, changed);
  await setPassword();
  await expect(other.getByRole('alert').filter({ hasText: 'used or has expired' })).toBeVisible();

  await page.goto('/account');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' }), 'every session has ended').toBeVisible();
});

test('an account can be made by keyboard alone', async ({ page }) => {
  const learner = newLearner();
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Create an account' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign up' })).toBeVisible();
  await tabTo(page, page.getByLabel('Name'));
  await page.keyboard.type(learner.name);
  await tabTo(page, page.getByLabel('Password'));
  await page.keyboard.type(learner.password);
  await page.keyboard.press('Enter');
  await expectSignedIn(page, learner);
});
