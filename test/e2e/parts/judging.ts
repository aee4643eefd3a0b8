import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertSound, confirm, type Opening } from '../support/opening.ts';

const REASON = 'Irradiance does not fit the export on 12 days';

/** What the page hands to the clipboard, as somebody would send it on. */
async function copied(page: Page, what: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: `Copy ${what}` }).click();
  await page.getByText('Copied', { exact: true }).waitFor({ state: 'attached' });
  return page.evaluate(() => navigator.clipboard.readText());
}

/** What an owner and a verifier look at before a batch counts, and a batch that never does. */
export function testJudging({ open, connect }: Opening, bad: string): void {
  let signed = '';

  test('an owner sees what a batch would earn under each version, and what a missing margin changes', async () => {
    const page = await open(`/batches/${bad}`);
    await page.getByRole('link', { name: 'What it would earn under other' }).click();
    const rows = page.getByRole('table', { name: 'What would be earned under' }).getByRole('row');
    const cdm = rows.filter({ hasText: 'ACM0002-20.0' });
    await rows.filter({ hasText: 'This project' }).getByText('t CO₂e').first().waitFor();
    await cdm.getByText('not known', { exact: true }).waitFor();
    await page.getByLabel('Operating margin of the grid').fill('lots');
    assert.ok(await page.getByRole('button', { name: 'Calculate again' }).isDisabled());
    await page.getByLabel('Operating margin of the grid').fill('964.6');
    await page.getByLabel('Build margin of the grid').fill('511.9');
    await page.getByRole('button', { name: 'Calculate again' }).click();
    // TOOL07 for solar: 0.75 x 964.6 + 0.25 x 511.9, in g/kWh.
    await cdm.getByText('851.425').waitFor();
    await assertSound(page);
    await page.context().close();
  });

  test('anyone compares two versions, parameter by parameter with their sources', async () => {
    const page = await open('/projects/1/versions');
    await page.getByLabel('First version').selectOption('GCCM001-4.0');
    await page.getByLabel('Second version').selectOption('USER-FIXED-081-1.0');
    const table = page.getByRole('table', { name: 'Parameters in which GCCM001-4.0' });
    await table.getByRole('row').nth(1).waitFor();
    await page.getByLabel('Second version').selectOption('GCCM001-4.0');
    await page.getByText('The two versions have the same parameters').waitFor();
    await page.context().close();
  });

  test('a batch leaves as a monitoring report and as records for CAD Trust', async () => {
    const page = await open(`/batches/${bad}`);
    for (const [name, holds] of [
      ['Monitoring report', 'VerifiableCredential'],
      ['Records for CAD Trust', 'projectDeveloper'],
    ] as const) {
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name }).click();
      const text = await readFile(await (await download).path(), 'utf8');
      assert.ok(text.includes(holds), text.slice(0, 500));
    }
    await page.context().close();
  });

  test('a verifier rejects with a reason and not without, and hands the opinion to somebody else', async () => {
    const page = await open(`/reviews/${bad}`);
    await connect(page, 'verifier');
    await page.getByLabel('Reject').check();
    await page.getByLabel('I looked at the readings').check();
    await page.getByRole('button', { name: 'Sign the opinion' }).click();
    await page.getByText('against a batch only a reason counts').waitFor();
    await page.getByLabel('Reason').fill(REASON);
    await page.getByRole('button', { name: 'Sign the opinion' }).click();
    await page.getByText('Let somebody else submit it').click();
    signed = await copied(page, 'signed opinion');
    await page.context().close();
  });

  test('whoever hands it in is told what is wrong with it, and can not change what was signed', async () => {
    const page = await open('/reviews');
    await connect(page, 'buyer');
    const text = page.getByRole('textbox', { name: 'Signed opinion' });
    const review = page.getByRole('button', { name: 'Review opinion' });
    await text.fill('It is all right');
    await review.click();
    await page.getByText('This is no signed opinion').waitFor();
    await text.fill(signed.replace('"reject"', '"approve"'));
    await review.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('OPINION_SIGNATURE_INVALID').waitFor();
    await dialog.getByRole('button', { name: 'Simulate again' }).click();
    await dialog.getByText('OPINION_SIGNATURE_INVALID').waitFor();
    await assertSound(page);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await text.fill(signed);
    await review.click();
    await dialog.getByText(REASON).waitFor();
    await confirm(page, 'Submit the rejection', 'The rejection counts');
    await page.context().close();
  });

  test('a rejected batch says why to everyone, and is offered to nobody to be minted', async () => {
    const page = await open(`/batches/${bad}`);
    await connect(page, 'project owner');
    await page.getByText('Rejected', { exact: true }).first().waitFor();
    await page.getByText(REASON).waitFor();
    await page.getByText('Why it can’t be minted now').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Mint this batch/ }).count(), 0);
    await assertSound(page);
    await page.context().close();
  });
}
