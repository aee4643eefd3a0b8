import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { domainOf, encodeRegistrationRecords, toHex, type Hex } from '@truetonne/protocol';
import type { Browser, Page } from 'playwright-core';
import type { HDAccount } from 'viem';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { createProvisioner } from '../../scripts/lib/provision.ts';
import { findSeriousFaults } from './support/accessibility.ts';
import { DESKTOP, launchBrowser, openContext, PHONE } from './support/browser.ts';
import { openConnected } from './support/connected.ts';
import { FieldDevice } from './support/fieldDevice.ts';
import { file, postWindows, sendAndClose } from './support/hand.ts';
import { startLightSystem, type LightSystem } from './support/light.ts';

const { projectOwner, buyer, validator } = DEVELOPMENT_ACCOUNTS;
const OWNER: Hex = `0x${projectOwner.address.slice(2).toLowerCase()}`;
const HOUR = 3_600;
const YEAR = 31_536_000;

describe('the life of devices on the page', () => {
  let system: LightSystem;
  let browser: Browser;
  let claimedAt = 0;
  let make: (owner?: Hex) => FieldDevice;
  let roof: FieldDevice;
  let carport: FieldDevice;
  let barn: FieldDevice;

  before(async () => {
    browser = await launchBrowser();
    system = await startLightSystem();
    const { book } = system;
    claimedAt = Math.floor(Date.now() / 1000) - HOUR;
    const domain = domainOf(book.chainId, book.registry);
    make = (owner = OWNER) => new FieldDevice(domain, owner, claimedAt);
    [roof, carport, barn] = [make(), make(), make()];
    const provisioner = await createProvisioner(book);
    await provisioner.addPlant({
      name: 'Field of tests',
      country: 'US',
      latitudeE6: 32_221_667,
      longitudeE6: -110_926_389,
      utcOffsetMinutes: -420,
      capacityW: 20_000,
      creditingFrom: claimedAt - HOUR,
      creditingUntil: claimedAt + YEAR,
    });
  });

  after(async () => {
    await browser?.close();
    await system?.stop();
  });

  const openAs = (account: HDAccount, path: string): Promise<Page> =>
    openConnected(browser, system, account, path);

  /** Claims a device without a project; answers the page on which that was done. */
  async function claimUnbound(device: FieldDevice): Promise<Page> {
    const page = await openAs(projectOwner, '/devices/new');
    await page.getByText('Or paste what the device printed').click();
    const printed = JSON.stringify({ ...JSON.parse(device.claimFile()), deviceId: device.id });
    await page.getByLabel('Text').fill(printed);
    await page.getByLabel('Project').selectOption('None yet: bind it later');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Claim the device' }).click();
    await page.getByText('is yours').waitFor();
    return page;
  }

  const post = (...windows: readonly Uint8Array[]) => postWindows(system, windows);

  test('two devices are registered by one file, and a wrong one is named and left out', async () => {
    const stranger = make(`0x${buyer.address.slice(2).toLowerCase()}`);
    const records = [roof, carport, stranger].map(({ claim }) => ({
      bytes: claim.claimBytes,
      publicKey: claim.publicKey,
      signature: claim.signature,
      capacityW: 6_000,
    }));
    const page = await openAs(projectOwner, '/projects/1');
    await page.getByRole('link', { name: 'Register devices' }).click();
    const picker = page.getByLabel('Registration file from this computer');
    await picker.setInputFiles(file('devices.bin', encodeRegistrationRecords(records)));
    await page.getByText('NOT_DEVICE_OWNER').waitFor();
    await page.getByRole('button', { name: 'Register 2 devices' }).click();
    await page.getByText('Registered 2 devices').waitFor();
    await page.getByText('No device of this file is left').waitFor({ state: 'hidden' });

    // The same file once more: nothing is left to do.
    await page.reload();
    await picker.setInputFiles(file('devices.bin', encodeRegistrationRecords(records)));
    await page.getByText('No device of this file is left to register').waitFor();
    await page.context().close();
  });

  test('a maker claims a device with what it printed, and binds it at once', async () => {
    const page = await openAs(projectOwner, '/devices/new');
    await page.getByText('Or paste what the device printed').click();
    const claim = JSON.stringify({ ...JSON.parse(barn.claimFile()), deviceId: barn.id });
    await page.getByLabel('Text').fill(claim.replace('"claim":"0x5454', '"claim":"0x0000'));
    await page.getByText('VERSION_UNKNOWN').or(page.getByText('CLAIM_INVALID')).waitFor();
    await page.getByLabel('Text').fill(claim);
    await page.getByLabel('Rated export power in W').fill('3000');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Claim and bind the device' }).click();
    await page.getByText('measures for Field of tests').waitFor();
    await page.goto(`${system.urls.app}/devices/${barn.id}`);
    await page.getByText('Bound to project 1').waitFor();
    await page.context().close();
  });

  test('a second meter on the same wire is claimed without a project, and checks the first', async () => {
    const twin = make();
    const page = await claimUnbound(twin);
    await page.goto(`${system.urls.app}/devices/${barn.id}`);
    const card = page.getByRole('region', { name: 'Check meter' });
    await card.getByRole('button', { name: 'Sign in' }).click();
    await card.getByRole('button', { name: 'Name a check meter' }).click();
    await card.getByLabel('Device that measures the same energy').selectOption(twin.id);
    await card.getByLabel('Accuracy class of this meter').selectOption('1');
    await card.getByRole('button', { name: 'Compare with it' }).click();
    await card.getByText('no whole day yet').waitFor();
    await card.getByRole('link', { name: twin.id.slice(0, 6) }).waitFor();
    assert.deepEqual(await findSeriousFaults(page), []);
    await card.getByRole('link', { name: twin.id.slice(0, 6) }).click();
    await card.getByText('This meter checks').waitFor();
    assert.deepEqual(await findSeriousFaults(page), []);
    await card.getByRole('link', { name: barn.id.slice(0, 6) }).click();
    await card.getByRole('button', { name: 'End the comparison' }).click();
    await card.getByText('No other meter checks this one').waitFor();
    await page.context().close();
  });

  test('its owner states when its meter was calibrated, and corrects it', async () => {
    const page = await openAs(projectOwner, `/devices/${barn.id}`);
    const card = page.getByRole('region', { name: 'Calibration' });
    await card.getByText('No calibration stated').waitFor();
    await card.getByRole('button', { name: 'Sign in' }).click();
    await card.getByRole('button', { name: 'State a calibration' }).click();
    await card.getByLabel('Day of the calibration').fill('2024-01-10');
    await card.getByLabel('Last day on which it counts').fill('2025-01-09');
    await card.getByLabel('Maximum permissible error').fill('0.5');
    await card.getByRole('button', { name: 'State it' }).click();
    await card.getByText('Choose the certificate.').waitFor();
    await card.getByLabel('Calibration certificate').setInputFiles(file('paper.pdf', 'calibrated'));
    await card.getByText('paper.pdf').waitFor();
    assert.deepEqual(await findSeriousFaults(page), []);
    await page.context().clearCookies();
    await card.getByRole('button', { name: 'State it' }).click();
    await page.getByText('Your session has ended').waitFor();
    assert.equal(await page.getByText('Your session has ended').count(), 1);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByText('Your session has ended').waitFor({ state: 'detached' });
    await card.getByRole('button', { name: 'State it' }).click();
    await card.getByRole('button', { name: 'Correct statement 1' }).click();
    await card.getByLabel('Last day on which it counts').fill('2026-01-09');
    await card.getByLabel('Calibration certificate').setInputFiles(file('paper.pdf', 'calibrated'));
    await card.getByRole('button', { name: 'State the correction' }).click();
    await card.getByText('superseded by 2').waitFor();
    await page.context().close();
  });

  test('a device without a project is bound, offered, kept after all, and revoked from a past time', async () => {
    const spare = make();
    const page = await claimUnbound(spare);
    const dialog = page.getByRole('dialog');
    await page.goto(`${system.urls.app}/devices/${spare.id}`);
    await page.getByRole('button', { name: 'Bind to a project' }).click();
    await dialog.getByLabel('Rated export power in W').fill('1,000,000');
    await dialog.getByRole('button', { name: 'Review binding' }).click();
    await dialog.getByText('CAPACITY_EXCEEDED').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Bind to a project' }).click();
    await dialog.getByLabel('Rated export power in W').fill('1,000');
    await dialog.getByRole('button', { name: 'Review binding' }).click();
    await sendAndClose(page, 'Bind the device', /^Bound to project 1/);
    await page.getByText('Bound to project 1').waitFor();

    await page.getByRole('button', { name: 'Hand it over' }).click();
    await dialog.getByLabel('New owner').fill(buyer.address);
    await dialog.getByRole('button', { name: 'Review offer' }).click();
    await sendAndClose(page, 'Offer the device', /Offered to/);
    await page.getByRole('button', { name: 'Withdraw the offer' }).click();
    await sendAndClose(page, 'Withdraw the offer', /offered to nobody/);
    await page.getByRole('button', { name: 'Hand it over' }).waitFor();

    await page.getByRole('button', { name: 'Revoke it' }).click();
    await dialog.getByLabel('Revoke from (UTC)').fill('2099-01-01T00:00');
    await dialog.getByRole('button', { name: 'Review revocation' }).click();
    await dialog.locator('.field-error').waitFor();
    const past = new Date(1000 * (claimedAt + 600)).toISOString().slice(0, 16);
    await dialog.getByLabel('Revoke from (UTC)').fill(past);
    await dialog.getByRole('button', { name: 'Review revocation' }).click();
    await sendAndClose(page, 'Revoke the device', /^Revoked from/);
    await page
      .getByText(/Revoked from/)
      .first()
      .waitFor();
    await page.context().close();
  });

  test('its key is rotated by the file that the device wrote', async () => {
    const successor = make();
    const page = await openAs(projectOwner, `/devices/${roof.id}`);
    await page.getByRole('button', { name: 'Rotate its key' }).click();
    const dialog = page.getByRole('dialog');
    const picker = dialog.getByLabel('Rotation file');
    const wrong = file('of-another.json', carport.rotationFile(successor, claimedAt));
    await picker.setInputFiles(wrong);
    await dialog.getByText('PUBLIC_KEY_MISMATCH').waitFor();
    await picker.setInputFiles(file('rotation.json', roof.rotationFile(successor, claimedAt)));
    await dialog.getByRole('button', { name: 'Review rotation' }).click();
    await sendAndClose(page, 'Rotate the key', /took its place/);
    await page.getByText('Its key was rotated').waitFor();
    await page.getByText('Its successor is').getByRole('link').click();
    await page.getByText('It took the place of').waitFor();
    await page.context().close();
  });

  test('a device with a copied key is frozen by anyone who looks at the evidence', async () => {
    await post(carport.firstWindow(1_010n), carport.firstWindow(1_020n));
    const page = await openAs(buyer, `/devices/${carport.id}`);
    const evidence = page.getByRole('region', { name: 'Its key was copied' });
    await evidence.getByText('1.010').waitFor();
    await evidence.getByText('1.020').waitFor();
    await evidence.getByRole('button', { name: 'Freeze the device' }).click();
    await sendAndClose(page, 'Freeze the device', /is frozen/);
    await page.getByText('This is why the device is frozen').waitFor();
    await page.context().close();
  });

  test('a replaced meter is handed in by the owner and signed off by a validator', async () => {
    const owner = await openAs(projectOwner, `/devices/${barn.id}`);
    await owner.getByRole('button', { name: 'Replace its meter' }).click();
    const dialog = owner.getByRole('dialog');
    const statement = file('meter.json', barn.replacementFile(claimedAt + 60));
    await dialog.getByLabel('Meter replacement file').setInputFiles(statement);
    await dialog.getByRole('button', { name: 'Review replacement' }).click();
    await dialog.getByRole('button', { name: 'Hand it in' }).click();
    await dialog.getByText('An accredited validator signs it off next').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const other = await openAs(buyer, '/fleet/meters');
    await other.getByText('This wallet is no accredited validator').waitFor();
    await other.context().close();
    const page = await openAs(validator, '/fleet/meters');
    await page.getByRole('region', { name: 'Old meter' }).getByText('1.000').waitFor();
    await page.getByRole('button', { name: /^Sign off/ }).click();
    await sendAndClose(page, 'Sign off', /The new meter counts/);
    await page.getByText('No replacement waits').waitFor();
    await page.context().close();
    await owner.getByText('A replacement of its meter was signed off').waitFor();
    await owner.context().close();
  });

  test('a device is handed over: offered by one wallet, taken over by the other', async () => {
    const page = await openAs(projectOwner, `/devices/${barn.id}`);
    await page.getByRole('button', { name: 'Hand it over' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New owner').fill(buyer.address);
    await dialog.getByRole('button', { name: 'Review offer' }).click();
    await sendAndClose(page, 'Offer the device', /Offered to/);
    await page.context().close();

    const taker = await openAs(buyer, '/fleet');
    await taker.getByText('Devices are offered to your wallet').waitFor();
    await taker.getByRole('link', { name: barn.id }).click();
    await taker.getByRole('button', { name: 'Take it over' }).click();
    await sendAndClose(taker, 'Take the device over', /The device is yours/);
    await taker.getByText('Handed over to another wallet').waitFor();
    await taker.getByRole('button', { name: 'Bind to a project' }).waitFor();
    await taker.context().close();
  });

  test('a CSV with columns of its own names is uploaded, and every row accounted for', async () => {
    const page = await openAs(projectOwner, '/fleet/uploads');
    const rows = ['kopf;unterschrift;messwerte', barn.firstRow(1_030n), 'kein;fenster;hier'];
    const picker = page.getByLabel('CSV file from this computer');
    await picker.setInputFiles(file('daily.csv', rows.join('\r\n')));
    await page.getByText('Choose the column that is header').waitFor();
    await page.getByLabel('kopf').selectOption('header');
    await page.getByLabel('unterschrift').selectOption('signature');
    await page.getByLabel('messwerte').selectOption('readings');
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByText('1 taken · 0 known · 1 refused').waitFor();
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Row by row (CSV)' }).click(),
    ]);
    assert.match(report.suggestedFilename(), /csv$/);
    await page.context().close();
  });

  test('the fleet shows who is frozen and who is revoked, and opens a reason', async () => {
    const { context } = await openContext(browser, DESKTOP);
    const page = await context.newPage();
    await page.goto(`${system.urls.app}/fleet`);
    await page.getByRole('button', { name: /^1\s*Frozen/ }).click();
    const table = page.getByRole('table', { name: 'Devices of the fleet' });
    await table.getByRole('link', { name: carport.id.slice(0, 6) }).waitFor();
    assert.equal(await table.getByRole('row').count(), 2);
    await page.locator('button[aria-pressed="true"]:focus').waitFor();
    await page.reload();
    await page.locator('button[aria-pressed="true"]').waitFor();
    await context.close();
  });

  test('a device is frozen by two windows that only its finder has', async () => {
    const copied = make();
    await (await claimUnbound(copied)).context().close();
    const page = await openAs(buyer, `/devices/${copied.id}`);
    const card = page.getByRole('region', { name: 'Was its key copied?' });
    await card.getByText('I have two such windows').click();
    const [one, other] = [1_010n, 1_020n].map((wh) => toHex(copied.firstWindow(wh)));
    await card.getByLabel('One window').fill('0x12');
    await card.getByText('BODY_MALFORMED').waitFor();
    await card.getByLabel('One window').fill(one ?? '');
    await card.getByLabel('Another window').fill(one ?? '');
    await card.getByText('NOT_EQUIVOCAL').waitFor();
    await card.getByLabel('Another window').fill(other ?? '');
    await card.getByText('1.020').waitFor();
    await card.getByRole('button', { name: 'Freeze the device' }).click();
    const isShown = () => page.getByText('Frozen', { exact: true }).first().waitFor();
    await sendAndClose(page, 'Freeze the device', /is frozen/, isShown);
    await card.getByRole('button', { name: 'Freeze the device' }).waitFor({ state: 'hidden' });
    await page.context().close();
  });

  for (const size of [DESKTOP, PHONE]) {
    test(`no page of devices has a serious fault for axe or scrolls sideways at ${size.width} px`, async () => {
      const { context, outside, errors } = await openContext(browser, size);
      const page = await context.newPage();
      const device = `/devices/${carport.id}`;
      for (const path of [device, '/fleet', '/fleet/meters', '/fleet/uploads', '/devices/new']) {
        await page.goto(`${system.urls.app}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        assert.deepEqual(await findSeriousFaults(page), [], path);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, `${path} is ${overflow} px too wide`);
      }
      assert.deepEqual(outside, []);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
});
