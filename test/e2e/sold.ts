/** What tests of subscriptions ask and set beside the page. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const DAY = 86_400;
const rightsSchema = z.object({ tier: z.string() });

/** Unix seconds, at least a day ahead. */
export function nextSecondOfApril(): bigint {
  const year = new Date().getUTCFullYear();
  const april = [year, year + 1].map((each) => Date.UTC(each, 3, 2) / 1000);
  const found = april.find((at) => at > Date.now() / 1000 + DAY);
  return BigInt(found ?? 0);
}

/** Waits until the oracle tells a plan's rights of a wallet: five seconds, as was promised. */
export async function eventuallyHas(
  oracleUrl: string,
  wallet: string,
  tier: string,
): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const answer = await fetch(`${oracleUrl}/v1/entitlements/${wallet}`);
    const rights = rightsSchema.parse(await answer.json());
    if (rights.tier === tier) return;
    assert.ok(Date.now() < deadline, `${rights.tier} after five seconds`);
    await sleep(100);
  }
}
