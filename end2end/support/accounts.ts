import { randomBytes } from 'node:crypto';

import { type Page, expect } from '@playwright/test';

import { operate } from './server';

export interface Learner {
  name: string;
  password: string;
}

/** A name that no other test uses, and a password that the rules accept. */
export function newLearner(): Learner {
  return { name: `e2e-${randomBytes(6).toString('hex')}`, password: 'seven otters mend a violet kettle' };
}

export async function fillSignUp(page: Page, learner: Learner): Promise<void> {
  await page.getByLabel('Name').fill(learner.name);
  await page.getByLabel('Password').fill(learner.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
}

/** Makes the account through its form; ends signed in on the home page. */
export async function signUp(page: Page, learner: Learner): Promise<void> {
  await page.goto('/sign-up');
  await fillSignUp(page, learner);
  await expectSignedIn(page, learner);
}

/** An account that administers an organisation of its own, through the operator's link; ends signed in on the home page. */
export async function signUpAsAdmin(page: Page, admin: Learner): Promise<void> {
  await page.goto(new URL(operate('account', 'create', admin.name, '--admin')).pathname);
  await page.getByLabel('New password').fill(admin.password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your new password is set' })).toBeVisible();
  await signIn(page, admin);
}

/** Ends on the home page, or where sign-in leads back to. */
export async function signIn(page: Page, learner: Learner, path = '/sign-in'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Name').fill(learner.name);
  await page.getByLabel('Password').fill(learner.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expectSignedIn(page, learner);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
}

export async function expectSignedIn(page: Page, learner: Learner): Promise<void> {
  await expect(page.getByRole('banner').getByRole('link', { name: `Account of ${learner.name}` })).toBeVisible();
}
