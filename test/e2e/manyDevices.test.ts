import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { domainOf, encodeRegistrationRecords, registryAbi } from '@truetonne/protocol';
import type { Browser, Page } from 'playwright-core';
import { createPublicClient, http } from 'viem';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { createProvisioner } from '../../scripts/lib/provision.ts';
import { findSeriousFaults } from './support/accessibility.ts';
import { launchBrowser } from './support/browser.ts';
import { openConnected } from './support/connected.ts';
import { FieldDevice } from './support/fieldDevice.ts';
import { startLightSystem, type LightSystem } from './support/light.ts';
import { subscribe } from '../../oracle/test/support/shop.ts';

const { projectOwner } = DEVELOPMENT_ACCOUNTS;
const DEVICES = 1_000;
const CAPACITY_W = 6_000;
const HOUR = 3_600;
const YEAR = 31_536_000;
/** A thousand claims are checked and simulated in the page, on a machine that does much else. */
const PATIENCE_MS = 240_000;

describe('a fleet of a thousand devices on the page', () => {
  let system: LightSystem;
  let browser: Browser;
  let devices: readonly FieldDevice[];

  before(async () => {
    browser = await launchBrowser();
    system = await startLightSystem({ settings: { ORACLE_ALLOW_UNSIGNED: '1' } });
    const { book } = system;
    const claimedAt = Math.floor(Date.now() / 1000) - HOUR;
    const domain = domainOf(book.chainId, book.registry);
    const owner = `0x${projectOwner.address.slice(2).toLowerCase()}` as const;
    devices = Array.from({ length: DEVICES }, () => new FieldDevice(domain, owner, claimedAt));
    const provisioner = await createProvisioner(book);
    await provisioner.addPlant({
      ...{ name: 'Thousand roofs', country: 'US', latitudeE6: 32_221_667 },
      ...{ longitudeE6: -110_926_389, utcOffsetMinutes: -420, capacityW: DEVICES * CAPACITY_W },
      ...{ creditingFrom: claimedAt - HOUR, creditingUntil: claimedAt + YEAR },
    });
  });

  after(async () => {
    await browser?.close();
    await system?.stop();
  });

  /** Which transactions bound devices, and how many each. */
  async function countBindings(): Promise<ReadonlyMap<string, number>> {
    const client = createPublicClient({ transport: http(system.book.rpcUrl) });
    const events = await client.getContractEvents({
      ...{ address: system.book.registry, abi: registryAbi, eventName: 'DeviceBound' },
      ...{ fromBlock: 0n, toBlock: 'latest' },
    });
    const counts = new Map<string, number>();
    for (const { transactionHash: hash } of events) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    return counts;
  }

  test('is registered by one file and a handful of transactions', async (context) => {
    const records = devices.map(({ claim }) => ({
      ...{ bytes: claim.claimBytes, publicKey: claim.publicKey, signature: claim.signature },
      capacityW: CAPACITY_W,
    }));
    const page = await openConnected(browser, system, projectOwner, '/projects/1');
    await page.getByRole('link', { name: 'Register devices' }).click();
    await page.getByLabel('Registration file from this computer').setInputFiles({
      ...{ name: 'fleet.bin', mimeType: 'application/octet-stream' },
      buffer: Buffer.from(encodeRegistrationRecords(records)),
    });
    const send = page.getByRole('button', { name: 'Register 1,000 devices' });
    await send.click({ timeout: PATIENCE_MS });
    await page.getByText('Registered 1,000 devices').waitFor({ timeout: PATIENCE_MS });
    const bound = await countBindings();
    context.diagnostic(`transactions of ${[...bound.values()].join(', ')} devices`);
    assert.equal(
      [...bound.values()].reduce((sum, count) => sum + count, 0),
      DEVICES,
    );
    assert.ok(bound.size <= 5, `${bound.size} transactions`);
    await page.context().close();
  });

  test('is shown in pages that say how many there are, and finds any of them', async () => {
    const wanted = devices[777];
    assert.ok(wanted);
    const page = await openConnected(browser, system, projectOwner, '/fleet');
    const tile = page.getByRole('button', { name: /1,000\s*Never heard/ });
    await tile.waitFor({ timeout: PATIENCE_MS });
    const rows = page.getByRole('table', { name: 'Devices of the fleet' }).locator('tbody tr');
    assert.equal(await rows.count(), 50);
    const [first] = await rows.allTextContents();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Page 2').waitFor();
    assert.notEqual((await rows.allTextContents())[0], first);
    // Whatever page it is on; pasted from elsewhere, it may be written in capitals.
    const search = page.getByLabel('Device id begins with');
    await search.fill(`0x${wanted.id.slice(2, 12).toUpperCase()}`);
    await page.getByRole('link', { name: wanted.id.slice(0, 6) }).waitFor();
    assert.equal(await rows.count(), 1);
    await tile.waitFor();
    await search.fill('roof');
    await page.getByText('An id has the digits').waitFor();
    assert.deepEqual(await findSeriousFaults(page), []);
    await page.goto(`${system.urls.app}/projects/1`);
    await page.getByText('50 of 1,000 devices').waitFor();
    await page.getByRole('button', { name: 'Show more devices' }).click();
    await page.getByText('100 of 1,000 devices').waitFor();
    await page.context().close();
  });

  /** Exports from the card of a device's page, and answers the file. */
  async function exportAs(
    page: Page,
    format: string,
    what = 'readings',
  ): Promise<Buffer<ArrayBuffer>> {
    const card = page.getByRole('region', { name: 'Export' });
    await card.getByLabel('What').selectOption(what);
    await card.getByLabel('Format').selectOption(format);
    await card.getByRole('button', { name: 'Export' }).click();
    await card.getByText('The file is ready').waitFor({ timeout: PATIENCE_MS });
    await card.getByText(/^1 row,/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('link', { name: 'Download the file' }).click(),
    ]);
    return Buffer.from(readFileSync(await download.path()));
  }

  test('gives its readings as CSV and as Parquet, from the page of a device', async () => {
    const [device] = devices;
    assert.ok(device);
    // Parquet comes with Professional.
    await subscribe(system.book, projectOwner, 2);
    const url = `${system.urls.oracle}/v1/windows`;
    const headers = { 'content-type': 'application/octet-stream' };
    const send = async () =>
      (
        await fetch(url, {
          method: 'POST',
          headers,
          body: Uint8Array.from(device.firstWindow(1_025n)),
        })
      ).status;
    // The oracle reads the registrations from the chain first.
    for (let tries = 0; (await send()) !== 200; tries++) {
      assert.ok(tries < 60, 'the oracle does not know the device');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    const page = await openConnected(browser, system, projectOwner, `/devices/${device.id}`);
    const [head, row] = (await exportAs(page, 'csv')).toString().trim().split('\n');
    const names = head?.split(',') ?? [];
    const cells = row?.split(',') ?? [];
    const cellOf = (name: string) => cells[names.indexOf(name)];
    assert.deepEqual([cellOf('deviceId'), cellOf('sequence')], [device.id, '1']);
    await page.reload();
    const parquet = await exportAs(page, 'parquet');
    // The file's content is the matter of the oracle's own tests.
    assert.deepEqual(
      [parquet.toString('latin1', 0, 4), parquet.subarray(-4).toString('latin1')],
      ['PAR1', 'PAR1'],
    );
    await page.reload();
    await exportAs(page, 'csv', 'hour');
    await page.getByRole('link', { name: 'Your exports' }).click();
    const list = page.getByRole('table', { name: 'Exports' });
    await list.getByText('Readings, Parquet').waitFor();
    await list.getByText('Readings, CSV').waitFor();
    await list.getByText('Energy by hour, CSV').waitFor();
    assert.equal(await list.getByRole('link', { name: 'Download' }).count(), 3);
    assert.deepEqual(await findSeriousFaults(page), []);
    await list.getByRole('button', { name: 'Remove' }).first().click();
    await list.getByText('Energy by hour, CSV').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('shows what meters measured that do not sign, and that it is never credited', async () => {
    const page = await openConnected(browser, system, projectOwner, '/fleet/uploads');
    await page.getByLabel('What the file holds').selectOption('readings');
    const rows = ['device_id,timestamp,ac_power_kw', 'ESP32-7,2026-11-20T10:00:00Z,2.5'];
    await page.getByLabel('CSV file from this computer').setInputFiles({
      ...{ name: 'meter.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) },
    });
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByText('1 taken · 0 known · 0 refused').waitFor();
    await page.goto(`${system.urls.app}/fleet`);
    await page.getByRole('link', { name: 'Unsigned readings' }).click();
    await page.getByText('never credited').waitFor();
    await page.getByRole('button', { name: 'ESP32-7' }).click();
    const table = page.getByRole('table', { name: 'Unsigned readings' });
    await table.getByText('2.5').waitFor();
    assert.deepEqual(await findSeriousFaults(page), []);
    await page.context().close();
  });
});
