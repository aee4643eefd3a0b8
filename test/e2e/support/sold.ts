/** What tests of subscriptions ask and set beside the page. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const DAY = 86_400;

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
    const rights: unknown = await answer.json();
    const told = typeof rights === 'object' && rights !== null && 'tier' in rights && rights.tier;
    if (told === tier) return;
    assert.ok(Date.now() < deadline, `${String(told)} after five seconds`);
    await sleep(100);
  }
}
