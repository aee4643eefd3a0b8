import type { Hex } from '@truetonne/protocol';
import type { PublicClient } from 'viem';
import { z } from 'zod';
import { stepSubmission } from '../domain/submission.ts';
import { saveSubmission, submissionOf, takeBackBatches, transactionOf } from '../store/batches.ts';
import type { Database, Session } from '../store/database.ts';
import { forgetBatches } from '../store/registry.ts';
import { findSetting, saveSetting } from '../store/settings.ts';
import { applyEvents } from './apply.ts';

/** Blocks asked for at once; public nodes refuse more. */
const MAX_BLOCKS = 2_000n;

/** The last block whose events are in the store. */
interface Cursor {
  readonly block: number;
  /** Its hash: when the chain has another one there, blocks were taken back. */
  readonly hash: Hex;
}

export interface ChainSync {
  readonly database: Database;
  readonly client: PublicClient;
  readonly registry: Hex;
  readonly deployedAtBlock: number;
  /** Blocks on top of another before its events are believed. */
  readonly confirmations: number;
  readonly now: () => number;
}

/** What a round of reading the chain brought. */
export interface SyncRound {
  readonly head: number;
  readonly synced: number;
  /** Number of events that were new. */
  readonly events: number;
  readonly more: boolean;
}

/** Reads the registry's next events into the store, together with the cursor that says so. */
export async function syncOnce(sync: ChainSync): Promise<SyncRound> {
  const { client, database, confirmations } = sync;
  const head = await client.getBlockNumber();
  const cursor = await readCursor(database);
  if (cursor !== undefined && !(await isStillThere(client, cursor, head))) {
    await rewind(sync);
    return { head: Number(head), synced: sync.deployedAtBlock, events: 0, more: true };
  }
  const from = cursor === undefined ? BigInt(sync.deployedAtBlock) : BigInt(cursor.block) + 1n;
  const settled = head - BigInt(confirmations);
  if (from > settled)
    return { head: Number(head), synced: Number(from) - 1, events: 0, more: false };
  const to = settled - from < MAX_BLOCKS ? settled : from + MAX_BLOCKS - 1n;
  const events = await readRange(sync, from, to);
  return { head: Number(head), synced: Number(to), events, more: to < settled };
}

async function readRange(sync: ChainSync, from: bigint, to: bigint): Promise<number> {
  const { client, database, registry, now } = sync;
  const last = await client.getBlock({ blockNumber: to });
  const logs = await client.getLogs({ address: registry, fromBlock: from, toBlock: to });
  return database.transaction(async (session) => {
    const events = await applyEvents(session, logs, now());
    await saveSetting(
      session,
      'chainCursor',
      JSON.stringify({ block: Number(to), hash: last.hash }),
    );
    return events;
  });
}

async function isStillThere(
  client: PublicClient,
  { block, hash }: Cursor,
  head: bigint,
): Promise<boolean> {
  if (BigInt(block) > head) return false;
  return (await client.getBlock({ blockNumber: BigInt(block) })).hash === hash;
}

/**
 * Blocks that had been believed are gone: a reorganisation deeper than the confirmations, or a local
 * chain that lost its state. Everything is read anew from the deployment on; batches of ours that are
 * no longer there are sent again.
 */
async function rewind({ database, now }: ChainSync): Promise<void> {
  await database.transaction(async (session) => {
    await forgetBatches(session);
    for (const row of await takeBackBatches(session)) {
      const action = { type: 'rewound', transaction: transactionOf(row) } as const;
      const [state] = stepSubmission(submissionOf(row), action);
      await saveSubmission(session, row.key, state, now());
    }
    await saveSetting(session, 'chainCursor', '');
  });
}

const cursorShape = z.object({ block: z.number(), hash: z.templateLiteral(['0x', z.string()]) });

async function readCursor(session: Session): Promise<Cursor | undefined> {
  const text = await findSetting(session, 'chainCursor');
  return text === undefined || text === '' ? undefined : cursorShape.parse(JSON.parse(text));
}
