import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findFreePorts } from '../scripts/lib/ports.ts';
import { startSystem } from '../scripts/lib/system.ts';
import { BROWSER_PACKAGE, ensurePackages } from '../scripts/lib/testTools.ts';
import { DESKTOP, launchBrowser, openContext } from '../test/e2e/support/browser.ts';
import type { BenchRow } from './row.ts';

/** The August batch of the SERF plant: 31 days of 96 windows. */
const MONTH_BATCH = '1000002';
const MONTH_WINDOWS = 2_976;
const RUNS = 5;
/** Verified by WebCrypto in the same page, to compare with: signatures alone. */
const REFERENCE_SIGNATURES = 1_000;

/** Browser verification of a month after download, against bare WebCrypto in the same browser. */
export async function run(): Promise<BenchRow[]> {
  await ensurePackages(console.error, [BROWSER_PACKAGE]);
  const state = await mkdtemp(join(tmpdir(), 'truetonne-bench-'));
  const ports = await findFreePorts();
  const system = await startSystem({ state, ports, fleetSpeed: 1, say: console.error });
  const browser = await launchBrowser();
  try {
    const { context } = await openContext(browser, DESKTOP);
    const page = await context.newPage();
    await page.goto(`${system.urls.app}/batches/${MONTH_BATCH}`);
    const seconds: number[] = [];
    for (let index = 0; index < RUNS; index++) seconds.push(await verifyOnce(page));
    const value = medianOf(seconds);
    const reference = (await page.evaluate(timeSignatures, REFERENCE_SIGNATURES)) * MONTH_WINDOWS;
    const ratio = round(value / reference);
    return [
      {
        name: 'verify.browser.month',
        value,
        unit: 's',
        aim: 1.5,
        reference: round(reference),
        ratio,
      },
    ];
  } finally {
    await browser.close();
    await system.stop();
    await rm(state, { recursive: true, force: true });
  }
}

/** Verifies on a fresh page and reads the time that the page states. */
async function verifyOnce(page: Page): Promise<number> {
  await page.reload();
  await page.getByRole('button', { name: 'Verify this batch' }).click();
  await page.getByText(/^Verified: /).waitFor();
  const text = await page.getByText('after the download').locator('..').innerText();
  const [, digits = '', unit = ''] = /([\d.,]+)\s*(ms|s)\b/.exec(text) ?? [];
  if (digits === '') throw new Error(`the page states no time: ${text}`);
  return Number(digits.replace(',', '')) / (unit === 'ms' ? 1000 : 1);
}

/** Runs in the page: seconds that WebCrypto takes for one of `count` P-256 signatures in a row. */
async function timeSignatures(count: number): Promise<number> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const message = new Uint8Array(176);
  const signature = await crypto.subtle.sign(algorithm, keys.privateKey, message);
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    await crypto.subtle.verify(algorithm, keys.publicKey, signature, message);
  }
  return (performance.now() - started) / 1000 / count;
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
