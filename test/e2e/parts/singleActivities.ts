import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
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
}
