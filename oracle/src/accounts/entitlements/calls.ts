import type { Hex } from '@truetonne/protocol';
import { startLoop } from '../../runtime/loop.ts';
import type { Database } from '../../store/database/database.ts';
import { addCalls, readCalls } from './usageStore.ts';

const SECONDS_PER_DAY = 86_400;
/** Calls are written down so often, milliseconds: what a crash may forget, in the wallet's favour. */
const WRITE_PACE = { pauseMs: 1_000, leastMs: 1_000 };

/** The UTC day of a time, days since 1970. */
export const dayOf = (now: number): number => Math.floor(now / SECONDS_PER_DAY);

/** Calls of wallets on the current day. */
export interface CallCounter {
  /** Counts one call and answers how many there were today with it. Does no I/O. */
  readonly add: (wallet: Hex, now: number) => number;
  /** How many there were today, those of other oracles included. */
  readonly read: (wallet: Hex, now: number) => Promise<number>;
  /** Writes down what was counted and ends. */
  readonly stop: () => Promise<void>;
}

export function createCallCounter(database: Database): CallCounter {
  let today = 0;
  /** As stored, by wallet; and what was counted since. */
  let stored = new Map<Hex, number>();
  let added = new Map<Hex, number>();
  let waiting: { wallet: Hex; day: number; calls: number }[] = [];

  function turn(now: number): void {
    const day = dayOf(now);
    if (day === today) return;
    for (const [wallet, calls] of added) waiting.push({ wallet, day: today, calls });
    today = day;
    stored = new Map();
    added = new Map();
  }
  async function write(): Promise<boolean> {
    const day = today;
    const batch = [...waiting, ...[...added].map(([wallet, calls]) => ({ wallet, day, calls }))];
    if (batch.length === 0) return false;
    await addCalls(database, batch);
    waiting = [];
    for (const entry of batch) {
      if (entry.day !== today) continue;
      added.set(entry.wallet, (added.get(entry.wallet) ?? 0) - entry.calls);
      if (added.get(entry.wallet) === 0) added.delete(entry.wallet);
      stored.set(entry.wallet, await readCalls(database, entry.wallet, today));
    }
    return false;
  }
  const loop = startLoop(write, WRITE_PACE, () => undefined);
  const sum = (wallet: Hex): number => (stored.get(wallet) ?? 0) + (added.get(wallet) ?? 0);
  return {
    add(wallet, now) {
      turn(now);
      added.set(wallet, (added.get(wallet) ?? 0) + 1);
      return sum(wallet);
    },
    async read(wallet, now) {
      turn(now);
      if (!stored.has(wallet)) stored.set(wallet, await readCalls(database, wallet, dayOf(now)));
      return sum(wallet);
    },
    async stop() {
      await loop.stop();
      await write();
    },
  };
}
