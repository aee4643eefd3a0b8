import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, domainOf, registryAbi, toHex } from '@truetonne/protocol';
import type { AddressBook } from '../../../scripts/lib/addressBook.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { createWallet } from '../../../scripts/lib/wallet.ts';
import { Meter } from '../../../indexer/test/support/meter.ts';
import { approve, assertSound, confirm, sayWrong, type Opening } from '../support/opening.ts';

const NAME = 'Vlora wind';
const YEAR_2024 = 1_704_067_200;
const [JUNE, JULY] = [YEAR_2024 + 152 * 86_400, YEAR_2024 + 182 * 86_400];
const BATCH = '3000001';

/** A device of 2 MW that claims, and a batch of 3.4 MWh that its owner submits itself. */
async function measure(book: AddressBook): Promise<void> {
  const { projectOwner } = DEVELOPMENT_ACCOUNTS;
  const owner = createWallet(book.rpcUrl, book.chainId, projectOwner);
  const registry = { address: book.registry, abi: registryAbi } as const;
  const meter = new Meter(domainOf(book.chainId, book.registry));
  const start = { at: JUNE, exportWh: 0n, importWh: 0n };
  const claim = meter.claim(owner.address, start);
  const { writer } = owner;
  await owner.confirm(
    await writer.writeContract({ ...registry, functionName: 'claimDevice', args: claim }),
  );
  const binding = [meter.deviceId, 3, 2_000_000] as const;
  await owner.confirm(
    await writer.writeContract({ ...registry, functionName: 'bindDevice', args: binding }),
  );
  const { record, headerHash } = meter.close({ at: JULY, exportWh: 3_400_000n, importWh: 0n });
  const submission = {
    projectId: 3,
    deductedWh: 0n,
    periodStart: JUNE,
    periodEnd: JULY,
    root: headerHash,
    fileDigest: headerHash,
  };
  const args = [submission, toHex(concatBytes([record]))] as const;
  await owner.confirm(await writer.writeContract({ ...registry, functionName: 'submit', args }));
}

/** A new plant, from its registration to the electricity that somebody claims for good. */
export function testEnergy({ open, connect }: Opening, bookOf: () => AddressBook): void {
  test('an owner registers a plant, and each field says what is wrong with it', async () => {
    const page = await open('/projects/new');
    await connect(page, 'project owner');
    await page.getByLabel('Name of the plant').fill(NAME);
    await page.getByLabel('Country').fill('Albania');
    await page.getByLabel('Latitude').fill('91');
    await page.getByRole('button', { name: 'Review the plant' }).click();
    await page.getByText('Enter the two letters of ISO 3166-1').waitFor();
    await page.getByText('Enter degrees from -90 to 90').waitFor();
    await assertSound(page);
    await page.getByLabel('Country').fill('AL');
    await page.getByLabel('Latitude').fill('40.4667');
    await page.getByLabel('Longitude').fill('19.4897');
    await page.getByLabel('UTC offset').fill('+00:00');
    await page.getByLabel('Rated export power').fill('2000000');
    await page.getByLabel('First day', { exact: true }).fill('2024-01-01');
    await page.getByLabel('First day after it').fill('2034-01-01');
    await page.getByRole('button', { name: 'Review the plant' }).click();
    await page.getByRole('button', { name: 'Register the plant' }).click();
    await page.getByText('The plant is registered').waitFor();
    await page.getByRole('link', { name: NAME }).click();
    await page.getByText('Waits for a validator').waitFor();
    await page.context().close();
  });

  test('a validator fixes the factor that its methodology prescribes: 0 of Albania is a value', async () => {
    const page = await open('/projects/3');
    await connect(page, 'validator');
    const factor = page.getByLabel('Emission factor');
    await factor.waitFor();
    await page.getByText('prescribes 0.000000 for this grid').waitFor();
    assert.equal(await factor.inputValue(), '0.000000');
    await page.getByLabel('Submitter').fill(DEVELOPMENT_ACCOUNTS.projectOwner.address);
    await page.getByRole('button', { name: 'Review the validation' }).click();
    await confirm(page, 'Validate the project', 'The project is validated');
    await page.getByText('Validated', { exact: true }).first().waitFor();
    await page.context().close();
  });

  test('the owner claims what comes as electricity, and the batch is that', async () => {
    const page = await open('/projects/3');
    await connect(page, 'project owner');
    await page.getByRole('button', { name: 'Claim as energy certificates' }).click();
    await confirm(page, 'Claim as energy certificates', /From the next batch on/);
    await page.getByRole('button', { name: 'Claim as carbon credits' }).waitFor();
    await measure(bookOf());
    await page.goto(new URL(`/batches/${BATCH}`, page.url()).href);
    await page.getByText('claimed as energy certificates instead').waitFor();
    await page.context().close();
  });

  test('a verifier approves it, and its owner mints whole certificates', async () => {
    await approve({ open, connect }, BATCH);
    const page = await open('/credits');
    await connect(page, 'project owner');
    await page.getByRole('button', { name: `Mint batch ${BATCH}` }).click();
    await confirm(page, /^Mint 3,400/, /^Minted /);
    await page.goto(new URL('/energy', page.url()).href);
    await page.getByRole('cell', { name: '3', exact: true }).waitFor();
    await page.context().close();
  });

  test('it cancels two of them for somebody, and anyone sees the record of the chain', async () => {
    const page = await open('/energy');
    await connect(page, 'project owner');
    await page.getByRole('button', { name: /^Cancel certificates/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Certificates of 1 MWh').fill('4');
    await dialog.getByRole('button', { name: 'Review cancellation' }).click();
    await dialog.getByText('You hold 3 energy certificates').waitFor();
    await dialog.getByLabel('Certificates of 1 MWh').fill('2');
    await dialog.getByLabel('Beneficiary').fill('Example Ltd');
    await dialog.getByLabel('Purpose').fill('Office in Tirana, 2024');
    await dialog.getByRole('button', { name: 'Review cancellation' }).click();
    await confirm(page, 'Cancel 2 MWh', 'Cancelled 2 MWh');
    await page.getByText('Office in Tirana, 2024').waitFor();
    await assertSound(page);
    await page
      .getByRole('link')
      .filter({ hasText: /^\d{4}-/ })
      .first()
      .click();
    await page.getByText('The contract itself says the same').waitFor();
    await page.getByRole('link', { name: BATCH }).waitFor();
    const picture = page.locator('img.certificate-picture');
    assert.ok(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 0));
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as PDF' }).click();
    assert.match((await download).suggestedFilename(), /^cancellation-\d+\.pdf$/);
    await assertSound(page);
    await page.context().close();
  });

  test('the one that is left is transferred, and its new holder sees it', async () => {
    const page = await open('/energy');
    await connect(page, 'project owner');
    await page.getByRole('button', { name: /^Transfer/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Receiver').fill(DEVELOPMENT_ACCOUNTS.buyer.address);
    await dialog.getByRole('button', { name: 'All', exact: true }).click();
    await dialog.getByRole('button', { name: 'Review transfer' }).click();
    await confirm(page, 'Transfer 1 MWh', /^Transferred 1 MWh/);
    await page.context().close();
    const holder = await open('/energy');
    await connect(holder, 'buyer');
    await holder.getByRole('button', { name: /^Cancel certificates/ }).waitFor();
    await holder.context().close();
  });

  test('a certificate is found by its serial: the batch it was minted with, and its end', async () => {
    const page = await open('/serials');
    await page.getByLabel('Serial of').selectOption('energy');
    await page.getByLabel('Credit or certificate id').fill('32024');
    await page.getByLabel('Serial number').fill('1');
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByRole('link', { name: `Batch ${BATCH}` }).waitFor();
    await page.getByText('Office in Tirana, 2024').waitFor();
    await assertSound(page);
    await page.getByLabel('Serial number').fill('2');
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('This certificate has not been cancelled').waitFor();
    await page.getByLabel('Serial number').fill('3');
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('No certificate has this serial').waitFor();
    await page.context().close();
  });

  test('electricity that was never exported is owed, and its debt is paid in certificates alone', async () => {
    const reason = 'The meter stood still: nothing was exported';
    for (const wallet of ['verifier', 'second verifier'])
      await sayWrong({ open, connect }, { batch: BATCH, wallet, reason });
    const page = await open(`/batches/${BATCH}`);
    await connect(page, 'buyer');
    await page.getByRole('button', { name: 'Void the batch' }).click();
    await confirm(page, 'Void the batch', 'The batch is voided');

    await page.goto(new URL('/projects/3', page.url()).href);
    await page.getByText('This project owes for batches that were voided').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Hand in credits' }).count(), 0);
    await page.getByRole('button', { name: 'Hand in energy certificates' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Certificates of 1 MWh').fill('2');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByText('You hold 1 energy certificate (1 MWh) of it.').waitFor();
    await dialog.getByRole('button', { name: 'All', exact: true }).click();
    await dialog.getByRole('button', { name: 'Review' }).click();
    await confirm(page, /^Hand in 1 energy certificate/, /^Handed in 1 energy certificate/);
    await page.getByText('What was handed in, newest first').waitFor();
    await assertSound(page);
    await page.context().close();
  });
}
