import { test } from 'node:test';
import { PHONE } from '../support/browser.ts';
import { approve, assertSound, confirm, sayWrong, type Opening } from '../support/opening.ts';

const REASON = 'The meter was read twice: 12.4 MWh were never exported';

/** A batch that was minted, sold and retired in part turns out to be wrong. */
export function testRecourse({ open, connect }: Opening, wrong: string, next: string): void {
  const say = (wallet: string): Promise<void> =>
    sayWrong({ open, connect }, { batch: wrong, wallet, reason: REASON });

  test('one verifier alone voids nothing, and everyone sees what it said', async () => {
    await say('verifier');
    const page = await open(`/batches/${wrong}`);
    await page.getByText('1 of 2 verifiers').waitFor();
    await page.getByText(REASON).waitFor();
    await page.getByText('A verifier says that it is wrong').waitFor();
    await page.context().close();
  });

  test('the owner can not say that its own batch is wrong', async () => {
    const page = await open(`/batches/${wrong}`);
    await connect(page, 'project owner');
    await page.getByText('What a void would do, and saying').click();
    await page.getByText('This wallet can’t say that the batch is wrong').waitFor();
    await page.context().close();
  });

  test('a second verifier announces the void, the admin cancels it, and both sign anew', async () => {
    await say('second verifier');
    const page = await open(`/batches/${wrong}`);
    await page.getByText('its void is announced').waitFor();
    await assertSound(page);
    await connect(page, 'admin');
    await page.getByRole('button', { name: 'Cancel the void' }).click();
    const dialog = page.getByRole('dialog');
    await confirm(page, 'Cancel the void', 'The void is cancelled');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('0 of 2 verifiers').waitFor();
    await page.context().close();
    await say('verifier');
    await say('second verifier');
  });

  test('anyone executes it; what owner and buffer did not have is a debt that everyone sees', async () => {
    const page = await open(`/batches/${wrong}`);
    await connect(page, 'buyer');
    await page.getByText('= debt of the project').waitFor();
    await page.getByRole('button', { name: 'Void the batch' }).click();
    await confirm(page, 'Void the batch', 'The batch is voided');
    await page.getByText('This batch was found wrong and voided').waitFor();
    for (const part of ['From the owner’s balance', 'From the buffer', 'Became a debt'])
      await page.getByText(part, { exact: true }).waitFor();
    await page.goto(new URL('/voids', page.url()).href);
    await page.getByRole('link', { name: wrong }).waitFor();
    await page.getByText('Debts that block the mints').waitFor();
    await assertSound(page);
    await page.context().close();
  });

  test('certificate, serials and market say that the batch was voided', async () => {
    const page = await open('/certificates', PHONE);
    await page
      .getByRole('link')
      .filter({ hasText: /^\d{4}-/ })
      .first()
      .click();
    await page.getByText('Voided', { exact: true }).first().waitFor();
    await assertSound(page);
    await page.context().close();
  });

  test('a buyer hands in credits for the debt, no more than it holds', async () => {
    const page = await open('/projects/1');
    await connect(page, 'buyer');
    await page.getByText('This project owes for batches that were voided').waitFor();
    await page.getByRole('button', { name: 'Hand in credits' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Amount').fill('999');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog
      .getByText(/^You hold /)
      .last()
      .waitFor();
    await dialog.getByLabel('Amount').fill('0.01');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await confirm(page, /^Hand in 0\.01/, /^Handed in 0\.01/);
    await page.getByText('What was handed in, newest first').waitFor();
    await page.getByText('Balanced').first().waitFor();
    await page.context().close();
  });

  test('the owner mints the next batch for the debt, and the project is free again', async () => {
    await approve({ open, connect }, next);

    const page = await open('/credits');
    await connect(page, 'project owner');
    await page.getByRole('button', { name: `Mint for the debt: batch ${next}` }).click();
    await confirm(page, /for the debt$/, /the debt was paid from it first/);
    await page.goto(new URL('/projects/1', page.url()).href);
    await page.getByText('All debts of this project are cured').waitFor();
    await assertSound(page);
    await page.context().close();
  });
}
