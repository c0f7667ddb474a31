import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, giveFingerReader } from './authenticator';
import { launch } from './browser';
import { readLink } from './letters';
import { lookEverywhere, lookOnPhone } from './look';
import { baseUrl, PHONE, signIn, visit, type Visit } from './visit';

const PASSWORD = 'voltrun-demo';
const OWNER = 'owner@demo.test';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** Opens a visit of its own; what it complains about is a fault, but for what the house `refused` there on purpose. */
async function open(path: string, then: (page: Page, seen: Visit) => Promise<void>, refused = /^$/): Promise<void> {
  const seen = await visit(browser, path, PHONE, 'light');
  await then(seen.page, seen).catch(async (error: unknown) => {
    const shown = await seen.page.locator('body').innerText();
    throw new Error(`the page said: ${shown}\nand complained of: ${seen.complaints.join('; ')}`, { cause: error });
  });
  expect(seen.complaints.filter((complaint) => !refused.test(complaint))).toEqual([]);
  await seen.close();
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** The field: a part of the page is called the same. */
const mailField = (page: Page) => page.getByRole('textbox', { name: 'E-mail' });

/** The house asks for the password once more before it changes what guards an account. */
async function beSure(page: Page): Promise<void> {
  await page.getByRole('dialog').getByLabel('Password').fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click();
}

async function typeIn(page: Page): Promise<void> {
  await mailField(page).fill(OWNER);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await button(page, 'Sign in').click();
}

describe('the account pages', () => {
  it('a forgotten password is answered the same for everybody', async () => {
    await open('/account/forgot', async (page) => {
      await page.getByLabel('E-mail').fill('nobody@demo.test');
      await lookOnPhone(page, 'account-forgot');
      await button(page, 'Send the link').click();
      await page.getByText('If there is an account').waitFor();
      await page.goto(`${baseUrl()}/account/reset#x-y`);
      await page.getByLabel('New password').waitFor();
      await lookOnPhone(page, 'account-reset');
      await page.goto(`${baseUrl()}/account/verify#x`);
      await button(page, 'Confirm').waitFor();
      await lookOnPhone(page, 'account-verify');
    });
  });

  it('one-time codes are set up, asked for at the next sign-in, and removed', async () => {
    await open('/account/', async (page) => {
      await signIn(page);
      await button(page, 'Set up one-time codes').click();
      await page.getByAltText('The secret as a square to scan').waitFor();
      await lookEverywhere(page, 'account-codes');
      const secret = await page.locator('.account code').innerText();
      await page.getByLabel('Code').fill(codeOf(secret));
      await button(page, 'Set up one-time codes').click();
      await lookOnPhone(page, 'account-sure');
      await beSure(page);
      await button(page, 'Show recovery codes').click();
      await page.locator('.account-codes').waitFor();
      await lookEverywhere(page, 'account-mine');
      await button(page, 'Sign out').click();
      await typeIn(page);
      await page.getByLabel('Code').waitFor();
      await lookOnPhone(page, 'account-factor');
      await page.getByLabel('Code').fill(codeOf(secret, 1));
      await button(page, 'Go on').click();
      await button(page, 'Take away: One-time codes').click();
      await beSure(page);
      await page.getByText('A password alone opens this account.').waitFor();
    });
  });

  it('a passkey signs in by itself', async () => {
    const seen = await visit(browser, '/account/', PHONE, 'light');
    // A passkey is bound to a name: a number is none.
    const here = baseUrl().replace('127.0.0.1', 'localhost');
    await giveFingerReader(seen.page);
    await seen.page.goto(`${here}/account/`);
    await signIn(seen.page);
    await button(seen.page, 'Add a passkey').click();
    await beSure(seen.page);
    await button(seen.page, /^Take away: Passkey/).waitFor();
    await button(seen.page, 'Sign out').click();
    await seen.page.getByRole('link', { name: 'Use a passkey' }).click();
    await lookOnPhone(seen.page, 'account-passkey');
    await button(seen.page, 'Go on').click();
    await button(seen.page, /^Take away: Passkey/).click();
    await beSure(seen.page);
    await seen.page.getByText('A password alone opens this account.').waitFor();
    expect(seen.complaints).toEqual([]);
    await seen.close();
  });

  it('hands out all that is kept of one, and asks twice before the end', async () => {
    await open('/account/', async (page) => {
      await signIn(page);
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download my data').click()]);
      const file = await readFile(await download.path(), 'utf8');
      expect(file).toContain(OWNER);
      await page.getByText('The file is among your downloads.').waitFor();
      await button(page, 'Erase my account').click();
      await lookEverywhere(page, 'account-erase');
      const dialog = page.getByRole('dialog', { name: 'Erase my account' });
      const type = async (email: string) => {
        await dialog.getByRole('textbox').fill(email);
        await dialog.getByRole('button', { name: 'Erase for good' }).click();
      };
      await type('nobody@demo.test');
      await dialog.getByText('That is not the address of this account.').waitFor();
      await type(OWNER);
      await page.getByRole('dialog', { name: 'Is it you?' }).getByLabel('Password').fill(PASSWORD);
      await button(page, 'Go on').click();
      await dialog.getByText('An operator keeps at least one owner.').waitFor();
      await lookOnPhone(page, 'account-erase-refused');
    }, /api\/me\/erase/);
  });

  it('a newcomer makes an account, charges nowhere yet, and erases it again', async () => {
    const email = `nadia.${String(Date.now())}@newcomer.test`;
    await open('/driver/', async (page) => {
      await page.getByRole('link', { name: 'New here? Make an account' }).click();
      await mailField(page).fill(email);
      await lookOnPhone(page, 'account-sign-up');
      await button(page, 'Send the link').click();
      await page.getByText(`A letter to ${email} is on its way.`).waitFor();
      await lookOnPhone(page, 'account-sign-up-sent');
      await page.goto(`${baseUrl()}${await readLink(email, 'sign-up')}`);
      await page.reload(); // the page was there already: what stands behind the # alone loads nothing
      await page.getByLabel('Your name').fill('Nadia Newcomer');
      await page.getByLabel('Choose a password').fill('a fresh horse battery');
      await lookEverywhere(page, 'account-sign-up-follow');
      await button(page, 'Make the account').click();
      await page.locator('.found').first().waitFor(); // a driver without a car is asked for one
      await lookOnPhone(page, 'driver-newcomer');
      await page.goto(`${baseUrl()}/account/`);
      await button(page, 'Erase my account').click();
      const dialog = page.getByRole('dialog', { name: 'Erase my account' });
      await dialog.getByRole('textbox').fill(email);
      await dialog.getByRole('button', { name: 'Erase for good' }).click();
      await page.getByRole('dialog', { name: 'Is it you?' }).getByLabel('Password').fill('a fresh horse battery');
      await button(page, 'Go on').click();
      await page.getByText('Your account is erased').waitFor();
      await lookOnPhone(page, 'account-erased');
      await page.goto(`${baseUrl()}/account/`);
      await mailField(page).waitFor();
    });
  });

  it('another address waits for its link', async () => {
    await open('/account/', async (page) => {
      await signIn(page);
      await button(page, 'Change the address').click();
      await page.getByLabel('New address').fill('elsewhere@demo.test');
      await lookOnPhone(page, 'account-address');
      await button(page, 'Send a link to it').click();
      await beSure(page);
      await page.getByText('A link is on its way to elsewhere@demo.test.').waitFor();
      await lookEverywhere(page, 'account-address-asked');
    });
  });

  it('an owner invites, and takes it back', async () => {
    await open('/account/', async (page) => {
      await signIn(page);
      await page.getByRole('link', { name: 'People and roles' }).click();
      await mailField(page).fill('nadia@demo.test');
      await button(page, 'Send the invitation').click();
      await page.getByText('The letter to nadia@demo.test is on its way.').waitFor();
      await button(page, 'Take away: nadia@demo.test').waitFor();
      await lookEverywhere(page, 'account-people');
      await button(page, 'Take away: nadia@demo.test').click();
      await button(page, 'Take away: nadia@demo.test').waitFor({ state: 'detached' });
    });
  });
});
