import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findFreePort } from '../../scripts/lib/ports.ts';
import { startSystem, type System } from '../../scripts/lib/system.ts';
import { DESKTOP, launchBrowser, openContext } from './support/browser.ts';
import { testEnergy } from './parts/energy.ts';
import { confirm, type Opening } from './support/opening.ts';
import { testPages } from './parts/pages.ts';
import { testRecourse } from './parts/recourse.ts';
import { testSales } from './parts/sales.ts';

/** August and September of the SERF plant. */
const [MONTH, NEXT] = ['1000002', '1000003'];
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
  let state = '';
  let system: System;
  let browser: Browser;

  before(async () => {
    state = await mkdtemp(join(tmpdir(), 'truetonne-life-'));
    const ports = {
      app: await findFreePort(),
      oracle: await findFreePort(),
      indexer: await findFreePort(),
      mqtt: await findFreePort(),
      chain: await findFreePort(),
    };
    browser = await launchBrowser();
    system = await startSystem({ state, ports, fleetSpeed: 1, say: () => undefined });
  });

  after(async () => {
    await browser.close();
    await system.stop();
    await rm(state, { recursive: true, force: true });
  });

  const opening: Opening = {
    async open(path, size = DESKTOP) {
      const { context } = await openContext(browser, size);
      const page = await context.newPage();
      await page.goto(`${system.urls.app}${path}`);
      return page;
    },
    async connect(page: Page, who: string) {
      await page.getByRole('button', { name: 'Connect' }).first().click();
      await page.getByRole('button', { name: `Development wallet: ${who}`, exact: true }).click();
      await page.getByRole('button', { name: /^Wallet/ }).waitFor();
    },
  };

  test('a verifier approves a month, and the owner mints it', async () => {
    const verifying = await opening.open(`/reviews/${MONTH}`);
    await verifying.getByText('Each device against its light and against the others').waitFor();
    await opening.connect(verifying, 'verifier');
    await verifying.getByLabel('I looked at the readings').check();
    await verifying.getByRole('button', { name: 'Sign the opinion' }).click();
    await confirm(verifying, 'Submit the approval', 'The approval counts');
    await verifying.context().close();
    const page = await opening.open('/credits');
    await opening.connect(page, 'project owner');
    await page.getByRole('button', { name: `Mint batch ${MONTH}` }).click();
    await confirm(page, /^Mint /, /^Minted /);
    await page.context().close();
  });

  testSales(opening, () => system.book);
  testRecourse(opening, MONTH, NEXT);
  testEnergy(opening, () => system.book);
  testPages(
    'after a void, a cure and a claim as electricity',
    () => ({ browser, app: system.urls.app }),
    PAGES,
  );
});
