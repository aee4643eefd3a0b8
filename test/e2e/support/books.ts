import type { Page } from 'playwright-core';

/** Opens an organisation's books on `/organisations/new`. */
export async function openBooks(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Country').fill('gb');
  await page.getByRole('button', { name: 'Open the books' }).click();
  await page.getByRole('heading', { name }).waitFor();
}

/** Searches a factor by words and takes the first that `pattern` fits. */
export async function chooseFactor(page: Page, words: string, pattern: RegExp): Promise<void> {
  await page.getByLabel('Search', { exact: true }).fill(words);
  const found = page.getByLabel(/^\d+ found$/);
  const option = found.locator('option', { hasText: pattern }).first();
  await option.waitFor({ state: 'attached' });
  await found.selectOption((await option.getAttribute('value')) ?? '');
}

/** A passkey of a device that asks nobody, taken as second factor. */
export async function addPasskey(page: Page, name: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    },
  });
  await page.getByLabel('Name of a new one').fill(name);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const factors = page.getByRole('table', { name: 'Second factors' });
  await factors.getByText(name).waitFor();
}
