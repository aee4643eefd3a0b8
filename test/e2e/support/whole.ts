import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findFreePorts } from '../../../scripts/lib/ports.ts';
import { startSystem, type System } from '../../../scripts/lib/system.ts';
import { DESKTOP, launchBrowser, openContext } from './browser.ts';
import type { Opening } from './opening.ts';

/** The system as `npm start` starts it, on free ports, and a browser beside it. */
export interface Whole {
  readonly system: System;
  readonly browser: Browser;
  readonly stop: () => Promise<void>;
}

/** `fleetSpeed`: how many minutes of the fleet's devices pass in one. */
export async function startWhole(fleetSpeed: number): Promise<Whole> {
  const state = await mkdtemp(join(tmpdir(), 'truetonne-whole-'));
  const ports = await findFreePorts();
  const browser = await launchBrowser();
  const system = await startSystem({ state, ports, fleetSpeed, say: () => undefined });
  return {
    ...{ system, browser },
    async stop() {
      await browser.close();
      await system.stop();
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** How the pages of a system are opened that is started before the tests run. */
export function openingOn(where: () => Whole): Opening {
  return {
    async open(path, size = DESKTOP) {
      const { browser, system } = where();
      const { context } = await openContext(browser, size);
      const page = await context.newPage();
      await page.goto(`${system.urls.app}${path}`);
      return page;
    },
    async connect(page, who) {
      await page.getByRole('button', { name: 'Connect' }).first().click();
      await page.getByRole('button', { name: `Development wallet: ${who}`, exact: true }).click();
      await page.getByRole('button', { name: /^Wallet/ }).waitFor();
    },
  };
}
