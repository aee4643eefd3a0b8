import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { chooseFactor } from '../support/books.ts';

/** Activities that need more than a figure and a factor, in books whose editor is signed in on `page`. */
export function testSingleActivities(
  page: () => Page,
  go: (path: string) => Promise<unknown>,
): void {
  test('a refrigerant is logged as the gas that it is, valued by its composition', async () => {
    await go('/activities/new');
    await page().getByLabel('What', { exact: true }).selectOption('fugitive-release');
    await page().getByLabel('Day on which it ended').fill('2023-06-30');
    await page().getByLabel('Gas or refrigerant').selectOption('R-410A');
    await page().getByLabel('mass let out').fill('2.5');
    await page().getByLabel('Unit', { exact: true }).fill('kg');
    await page().getByRole('button', { name: 'Show the result' }).click();
    // EPA hub 2024: half HFC-32, half HFC-125; AR5 677 and 3170: 1,923.5 kg for each kg.
    await page().getByText('4.808750').first().waitFor();
    await page()
      .getByText(/338.5 kg CO₂e of HFC32, 1585 kg CO₂e of HFC125 per kg/)
      .waitFor();
    await page().getByRole('button', { name: 'Log it' }).click();
    await page().getByRole('heading', { name: 'History' }).waitFor();
    await page().getByRole('link', { name: 'Correct it' }).click();
    await page().getByText('Chosen: R-410A, let out as it is').waitFor();
    assert.equal(await page().getByLabel('Gas or refrigerant').inputValue(), 'R-410A');
  });

  test('money of another currency comes with its rate, who publishes it and of which day', async () => {
    await go('/activities/new');
    await page().getByLabel('What', { exact: true }).selectOption('spend');
    await page().getByLabel('Day on which it ended').fill('2022-06-30');
    await chooseFactor(page(), 'wheat', /per USD:2022/);
    await page()
      .getByLabel(/^amount paid/)
      .fill('1000');
    const [paidUnit, rateUnit] = await page().getByLabel('Unit', { exact: true }).all();
    await paidUnit?.fill('GBP:2022');
    await page().getByRole('button', { name: 'Show the result' }).click();
    await page()
      .getByText(/give exchange: USD:2022 per GBP:2022/)
      .waitFor();
    await page()
      .getByLabel(/^money of the factor per money paid/)
      .fill('1.24');
    await rateUnit?.fill('USD:2022/GBP:2022');
    await page().getByText('Say where it is from and of which day').waitFor();
    assert.ok(await page().getByRole('button', { name: 'Show the result' }).isDisabled());
    await page().getByLabel('Who publishes the rate').fill('Bank of England');
    await page().getByLabel('Day of the rate').fill('2022-06-30');
    await page().getByRole('button', { name: 'Show the result' }).click();
    const rate = '1.24 USD:2022/GBP:2022 (Bank of England, 2022-06-30)';
    await page().getByText(rate, { exact: true }).waitFor();
    await page().getByText('1240 USD:2022', { exact: true }).waitFor();
    await page().getByRole('button', { name: 'Log it' }).click();
    await page().getByRole('heading', { name: 'History' }).waitFor();
    await page().getByText(rate, { exact: true }).waitFor();
  });

  test('a certificate makes the market-based side of electricity another one than the grid’s', async () => {
    await go('/activities/new');
    await page().getByLabel('What', { exact: true }).selectOption('purchased-energy');
    await page().getByLabel('Day on which it ended').fill('2024-06-30');
    await page().getByLabel('Region', { exact: true }).fill('GBR');
    await chooseFactor(page(), 'electricity', /GBR, 2024, per kWh/);
    await page().getByLabel('energy used').fill('1000');
    await page().getByLabel('Unit', { exact: true }).fill('kWh');
    await page().getByLabel('Uncertainty, ±%', { exact: true }).fill('2');
    await page().getByRole('button', { name: 'Add an instrument' }).click();
    const instrument = page().getByRole('group', { name: 'Instrument 1', exact: true });
    assert.equal(await instrument.getByLabel('Year it was generated').inputValue(), '2024');
    assert.equal(await instrument.getByLabel('Unit', { exact: true }).inputValue(), 'kWh');
    await instrument.getByLabel('Energy that it covers').fill('600');
    await page().getByText('Instrument 1: Enter what proves it.').waitFor();
    await instrument.getByLabel('What proves it').fill('REGO 001 to 006');
    await instrument.getByLabel('Factor of instrument 1: state it here').check();
    await instrument.getByLabel('Name of the factor').fill('Wind');
    await instrument.getByLabel('Its source').fill('Ofgem register');
    await instrument.getByLabel('Value').fill('0');
    await instrument.getByLabel('Per unit').fill('kWh');
    await page().getByRole('button', { name: 'Show the result' }).click();
    const location = page().getByRole('region', { name: 'Scope 2, location-based, electricity' });
    const market = page().getByRole('region', { name: 'Scope 2, market-based, electricity' });
    await location.getByText('1000 kWh ± 2 %').waitFor();
    await market.getByText('What a certificate covers').waitFor();
    await market.getByText('REGO 001 to 006').waitFor();
    await market.getByText('no residual mix is published').waitFor();
    const tonnes = async (side: Locator): Promise<number> =>
      Number.parseFloat(await side.locator('.card-head .quantity').innerText());
    const [byLocation, byMarket] = [await tonnes(location), await tonnes(market)];
    // 400 of 1,000 kWh are left to the grid; each side is shown to the gram, rounded up.
    assert.ok(byLocation > 0);
    assert.ok(Math.abs(byMarket - 0.4 * byLocation) < 2e-6, `${byMarket} of ${byLocation}`);
    await page().getByRole('button', { name: 'Log it' }).click();
    await page().getByRole('heading', { name: 'History' }).waitFor();
    await page().getByRole('link', { name: 'Correct it' }).click();
    await page().getByText('Chosen: ').first().waitFor();
    assert.equal(await page().getByLabel('What proves it').inputValue(), 'REGO 001 to 006');
  });

  test('emissions that a landlord reports are shared out without a factor', async () => {
    await go('/activities/new');
    await page().getByLabel('What', { exact: true }).selectOption('asset-share');
    await page().getByLabel('Day on which it ended').fill('2023-12-31');
    await page().getByLabel('emissions of the whole').fill('8000');
    await page().getByLabel('our part of it').fill('250');
    await page().getByLabel('the whole', { exact: true }).fill('1000');
    const [total, ours, whole] = await page().getByLabel('Unit', { exact: true }).all();
    assert.equal(await total?.inputValue(), 'kg');
    await ours?.fill('m2');
    await whole?.fill('m2');
    await page().getByText('Say who reports the emissions, and where.').waitFor();
    await page().getByLabel('Report', { exact: true }).fill('Landlord statement 2023');
    await page().getByRole('button', { name: 'Show the result' }).click();
    await page().getByText('2.000000').first().waitFor();
    await page().getByText('Landlord statement 2023', { exact: true }).waitFor();
    await page().getByRole('button', { name: 'Log it' }).click();
    await page().getByRole('heading', { name: 'History' }).waitFor();
  });
}
