import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { subscribe } from '../../../oracle/test/support/shop.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { namedApp, openSignedIn } from '../support/connected.ts';
import type { LightSystem } from '../support/light.ts';

const { buyer, validator } = DEVELOPMENT_ACCOUNTS;
/** Of the plans for sale, the first with suppliers. */
const PROFESSIONAL = 2;

interface Books {
  /** Of the buyer's organisation, Harbour Foods. */
  readonly page: () => Page;
  readonly browser: () => Browser;
  readonly system: () => LightSystem;
}

/** What a supplier enters in its portal. */
async function submitFigure(theirs: Page, kgCo2e: string): Promise<void> {
  await theirs.getByLabel('First day').fill('2024-01-01');
  await theirs.getByLabel('Last day').fill('2024-12-31');
  await theirs.getByLabel('Kilograms of CO₂e').fill(kgCo2e);
  await theirs.getByLabel('Where it is from').fill('Report 2024');
  await theirs.getByRole('button', { name: 'Submit' }).click();
  await theirs.getByRole('table', { name: 'Your figures' }).getByText('To be decided').waitFor();
}

/** Suppliers of an organisation, and what they submit by their own wallets. */
export function testSuppliers(books: Books): void {
  let theirs: Page;
  const go = (path: string): Promise<unknown> =>
    books.page().goto(`${namedApp(books.system())}${path}`);

  test('a supplier submits by its own wallet, sees its own alone, and is accepted', async () => {
    const [page, system] = [books.page(), books.system()];
    await go('/suppliers');
    await page.getByText('Not in the plan: Supplier directory and portal').waitFor();
    await page.getByText('Professional gives it').waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Add a supplier' }).count(), 0);
    await subscribe(system.book, buyer, PROFESSIONAL);
    await go('/suppliers');
    for (const name of ['Tin Works', 'Rival Tins']) {
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByLabel('Country').fill('gb');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('link', { name }).first().waitFor();
    }
    await page.getByRole('link', { name: 'Tin Works' }).first().click();
    await page.getByLabel('Invite its wallet').fill(validator.address);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('Invited', { exact: true }).waitFor();

    ({ page: theirs } = await openSignedIn(
      books.browser(),
      system,
      validator,
      '/organisations/new',
    ));
    await theirs.getByRole('button', { name: 'Accept' }).click();
    await theirs.getByRole('heading', { name: 'Tin Works, for Harbour Foods' }).waitFor();
    await submitFigure(theirs, '4200');
    for (const path of ['/suppliers', '/inventory', '/activities', '/goals', '/periods']) {
      await theirs.goto(`${namedApp(system)}${path}`);
      await theirs
        .getByRole('heading', { level: 2 })
        .or(theirs.getByText('A supplier sees its own figures alone'))
        .first()
        .waitFor();
      await theirs.waitForLoadState('networkidle');
      const seen = await theirs.getByRole('main').innerText();
      assert.doesNotMatch(seen, /Rival|Depot|Half by 2027/, path);
      assert.equal(await theirs.getByRole('alert').count(), 0, path);
    }

    await page.reload();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Accepted').waitFor();
    await theirs.goto(`${namedApp(system)}/suppliers`);
    await theirs.getByText('Accepted').waitFor();
  });

  test('a supplier takes a figure back, and reads why another one was refused', async () => {
    const page = books.page();
    await submitFigure(theirs, '999');
    await theirs.getByRole('button', { name: 'Take back' }).click();
    await theirs.getByText('Taken back', { exact: true }).waitFor();
    await submitFigure(theirs, '100');
    await page.reload();
    await page.getByLabel('Or why not').fill('It leaves out the second kiln');
    await page.getByRole('button', { name: 'Refuse', exact: true }).click();
    await page.getByText('Refused', { exact: true }).waitFor();
    await theirs.reload();
    await theirs.getByText('It leaves out the second kiln').waitFor();
    assert.equal(await theirs.getByText('To be decided').count(), 0);
    await theirs.context().close();
  });
}
