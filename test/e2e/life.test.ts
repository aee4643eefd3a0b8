import { after, before, describe, test } from 'node:test';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import { testEnergy } from './parts/energy.ts';
import { testJudging } from './parts/judging.ts';
import { testPages } from './parts/pages.ts';
import { testRecourse } from './parts/recourse.ts';
import { testSales } from './parts/sales.ts';
import { confirm } from './support/opening.ts';
import { openingOn, startWhole, type Whole } from './support/whole.ts';

/** July, August and September of the SERF plant. */
const [BAD, MONTH, NEXT] = ['1000001', '1000002', '1000003'];
/** What only the end of this life shows: debts and cures, a voided batch, electricity, three plants. */
const PAGES = [
  '/voids',
  '/projects',
  '/projects/1',
  '/projects/3',
  '/batches',
  `/batches/${MONTH}`,
  '/batches/3000001',
  `/reviews/${MONTH}`,
  '/certificates',
  '/serials?credit=12016&serial=0',
  '/energy',
  '/serials?kind=energy&credit=32024&serial=0',
  '/market',
  '/roles',
];

describe('the life of a credit, from the page alone, on the whole system', () => {
  let whole: Whole;
  before(async () => {
    whole = await startWhole(1);
  });
  after(() => whole.stop());

  const opening = openingOn(() => whole);

  test('a verifier approves a month, and the owner mints it', async () => {
    const verifying = await opening.open(`/reviews/${MONTH}`);
    await verifying.getByText('Each device against its light and against the others').waitFor();
    await opening.connect(verifying, 'verifier');
    await verifying.getByLabel('I looked at the readings').check();
    await verifying.getByRole('button', { name: 'Sign the opinion' }).click();
    await confirm(verifying, 'Submit the approval', 'The approval counts');
    await verifying.context().close();
    const page = await opening.open(`/batches/${MONTH}`);
    await opening.connect(page, 'project owner');
    await page.getByRole('button', { name: 'Mint this batch' }).click();
    await confirm(page, /^Mint /, /^Minted /);
    await page.context().close();
  });

  test('the admin accredits a verifier for a time, and ends it at once', async () => {
    const page = await opening.open('/roles');
    await opening.connect(page, 'admin');
    const fresh = privateKeyToAddress(generatePrivateKey());
    const row = page.getByRole('row', { name: new RegExp(fresh.slice(0, 6), 'i') });
    for (const [day, state] of [
      ['2099-12-31', 'Accredited'],
      ['2020-12-31', 'Ended'],
    ] as const) {
      await page.getByLabel('Wallet', { exact: true }).fill(fresh);
      await page.getByLabel('Last day, UTC').fill(day);
      await page.getByRole('button', { name: 'Review the accreditation' }).click();
      await confirm(page, 'Accredit the verifier', 'The verifier is accredited');
      await row.getByText(state, { exact: true }).waitFor();
    }
    await page.context().close();
  });

  testJudging(opening, BAD);
  testSales(opening, () => whole.system.book);
  testRecourse(opening, MONTH, NEXT);
  testEnergy(opening, () => whole.system.book);
  testPages(
    'after a void, a cure and a claim as electricity',
    () => ({ browser: whole.browser, app: whole.system.urls.app }),
    PAGES,
  );
});
