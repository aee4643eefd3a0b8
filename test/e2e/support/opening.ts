import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { findSeriousFaults } from './accessibility.ts';

/** How the tests of a running system open its pages. */
export interface Opening {
  readonly open: (path: string, size?: { width: number; height: number }) => Promise<Page>;
  readonly connect: (page: Page, wallet: string) => Promise<void>;
}

/** No serious fault for axe, and nothing that scrolls sideways. */
export async function assertSound(page: Page): Promise<void> {
  assert.deepEqual(await findSeriousFaults(page), [], page.url());
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(overflow, 0, `${page.url()} is ${overflow} px too wide`);
}

/** The verifier looks at a batch, signs an approval, and sends it. */
export async function approve({ open, connect }: Opening, batch: string): Promise<void> {
  const page = await open(`/reviews/${batch}`);
  await connect(page, 'verifier');
  await page.getByLabel('I looked at the readings').check();
  await page.getByRole('button', { name: 'Sign the opinion' }).click();
  await confirm(page, 'Submit the approval', 'The approval counts');
  await page.context().close();
}

/** A verifier signs that a batch which counted is wrong, and sends it. */
export async function sayWrong(
  { open, connect }: Opening,
  { batch, wallet, reason }: { batch: string; wallet: string; reason: string },
): Promise<void> {
  const page = await open(`/batches/${batch}`);
  await connect(page, wallet);
  await page.getByText('What a void would do, and saying').click();
  await page.getByText('= debt of the project').waitFor();
  await page.getByLabel('Reason').fill(reason);
  await page.getByLabel('I found that this batch is wrong').check();
  await page.getByRole('button', { name: 'Sign the opinion' }).click();
  await confirm(page, 'Submit the opinion to void it', 'The opinion to void it counts');
  await page.context().close();
}

/** Sends what the open dialog shows, waits for what it says then, and closes it. */
export async function confirm(page: Page, action: string | RegExp, done: string | RegExp) {
  const dialog: Locator = page.getByRole('dialog');
  await dialog.getByRole('button', { name: action }).click();
  await dialog.getByText(done).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
}
