/** How long after the receipt of a payment the oracle answers with the new rights. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOracle } from '../oracle/src/index.ts';
import { configOf } from '../oracle/test/support/service.ts';
import { buyer, openShop } from '../oracle/test/support/shop.ts';
import type { BenchRow } from './row.ts';

const SAMPLES = 20;
const AIM_MS = 1_000;
const POLL_MS = 5;
const PATIENCE_MS = 30_000;

/**
 * `latency.entitlement`: median over payments and refunds of one wallet, on anvil and PGlite. The
 * reference is the longest of them; the promise to customers is 5 seconds.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-bench-'));
  const shop = await openShop(folder);
  const oracle = await startOracle(configOf(shop.deployment, join(folder, 'oracle')));
  const url = `${oracle.url}/v1/entitlements/${buyer.address}`;
  const latencies: number[] = [];
  try {
    await untilTier(url, 'free');
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const pays = sample % 2 === 0;
      if (pays) await shop.subscribe(buyer, 2);
      else await shop.cancelAndRefund(buyer);
      const begun = performance.now();
      await untilTier(url, pays ? 'professional' : 'free');
      latencies.push(performance.now() - begun);
    }
  } finally {
    await oracle.stop();
    await shop.stop();
    rmSync(folder, { recursive: true });
  }
  const sorted = latencies.toSorted((a, b) => a - b);
  const value = Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
  const reference = Math.round(sorted.at(-1) ?? Number.NaN);
  return [{ name: 'latency.entitlement', value, unit: 'ms', aim: AIM_MS, reference }];
}

async function untilTier(url: string, tier: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const text = await (await fetch(url)).text();
    if (text.includes(`"tier":"${tier}"`)) return;
    if (performance.now() > deadline) throw new Error(`still not ${tier}: ${text}`);
    await sleep(POLL_MS);
  }
}
