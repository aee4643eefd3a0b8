import { registryAbi, TonneError, type Hex } from '@truetonne/protocol';
import { zeroAddress, type Log, type PublicClient } from 'viem';
import { stepRewound } from '../domain/submission.ts';
import { disbelieve } from '../metering/judge/disbelieve.ts';
import type { Endpoints } from '../rpc/endpoints.ts';
import { takeBackBatches } from '../store/batches.ts';
import { expectAnew, readUntold, saveBelieved } from '../store/believed.ts';
import { advanceCursor, readCursor, saveCursor, type Cursor } from '../store/chainCursor.ts';
import type { Database } from '../store/database/database.ts';
import { lockJudgement } from '../store/judgement.ts';
import { findVariants, readSubmission, saveSubmission } from '../store/submissions.ts';
import { applyEvents } from './apply.ts';
import { AT_ONCE, LATER } from './consequences.ts';

/** Blocks asked for at once; public nodes refuse more. */
const MAX_BLOCKS = 2_000n;

/** Blocks that are read once more with each new one: a node's index of logs may be behind its head. */
const OVERLAP = 64n;

/** Questions to an endpoint at the same time: it may refuse, or give up on, those of a whole fleet. */
export const ASKED_AT_ONCE = 50;

/** When an event is believed: so many blocks on top of its own, or when the chain calls it final. */
export type Finality = number | 'finalized';

export interface ChainSync {
  readonly database: Database;
  readonly client: PublicClient;
  readonly endpoints: Endpoints;
  readonly registry: Hex;
  readonly deployedAtBlock: number;
  readonly confirmations: Finality;
  readonly now: () => number;
  /** Logs of the newest blocks that are in the store; kept from round to round. */
  readonly seen: Map<string, bigint>;
}

/** What a round of reading the chain brought. */
export interface SyncRound {
  readonly head: number;
  /** The last block whose events are in the store. */
  readonly synced: number;
  /** Number of events that were new. */
  readonly events: number;
  readonly more: boolean;
  /** Blocks had been taken back, and all that they told has been read anew now. */
  readonly isAnew: boolean;
}

/**
 * Reads the registry's next events into the store, together with the cursor that says so.
 *
 * @throws TonneError CHAIN_INCONSISTENT when the answers contradict what was read before, or each other
 */
export async function syncOnce(sync: ChainSync): Promise<SyncRound> {
  const { client, database } = sync;
  const head = await client.getBlockNumber();
  const cursor = await readCursor(database);
  if (cursor !== undefined && (await isTakenBack(sync, cursor, head))) {
    await rewind(sync, cursor, await findSettled(sync, head));
    return { ...NOTHING, head: Number(head), synced: sync.deployedAtBlock - 1, more: true };
  }
  if (cursor !== undefined && cursor.until > 0 && cursor.block >= cursor.until) {
    await endRereading(sync, cursor);
    return { ...NOTHING, head: Number(head), synced: cursor.block, more: true, isAnew: true };
  }
  const from = cursor === undefined ? BigInt(sync.deployedAtBlock) : BigInt(cursor.block) + 1n;
  const settled = await findSettled(sync, head);
  if (from > settled) return { ...NOTHING, head: Number(head), synced: Number(from) - 1 };
  const to = settled - from < MAX_BLOCKS ? settled : from + MAX_BLOCKS - 1n;
  const events = await readRange(sync, cursor, from, to);
  const more = to < settled || (cursor?.until ?? 0) > 0;
  return { ...NOTHING, head: Number(head), synced: Number(to), events, more };
}

const NOTHING = { events: 0, more: false, isAnew: false };

async function findSettled({ client, confirmations }: ChainSync, head: bigint): Promise<bigint> {
  if (confirmations !== 'finalized') return head - BigInt(confirmations);
  return (await client.getBlock({ blockTag: 'finalized' })).number;
}

async function readRange(
  sync: ChainSync,
  cursor: Cursor | undefined,
  from: bigint,
  to: bigint,
): Promise<number> {
  const { client, database, now, seen } = sync;
  const last = await client.getBlock({ blockNumber: to });
  const begin = BigInt(sync.deployedAtBlock);
  const overlapping = from - OVERLAP > begin ? from - OVERLAP : begin;
  const logs = await readLogs(sync, overlapping, to);
  const fresh = logs.findIndex((log) => !seen.has(keyOf(log)));
  const events = logs.filter((log) => !seen.has(keyOf(log))).length;
  const consequences = (cursor?.until ?? 0) > 0 ? LATER : AT_ONCE;
  await database.transaction(async (session) => {
    // From the first one that is new: what comes after it builds on it.
    if (fresh !== -1) await applyEvents({ session, now: now(), consequences }, logs.slice(fresh));
    await saveCursor(session, advanceCursor(cursor, { block: Number(to), hash: last.hash }));
  });
  for (const log of logs) seen.set(keyOf(log), log.blockNumber ?? to);
  for (const [key, block] of seen) if (block < to - OVERLAP) seen.delete(key);
  return events;
}

/** Asks all endpoints, so that one that withholds logs is found out. */
async function readLogs(
  { client, registry, endpoints }: ChainSync,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<readonly Log[]> {
  const ask = async (asked: PublicClient) => {
    const logs = await asked.getLogs({ address: registry, fromBlock, toBlock });
    return { asked, logs };
  };
  const [{ logs }, others] = await Promise.all([ask(client), endpoints.askOthers(client, ask)]);
  const own = new Set(logs.map(keyOf));
  for (const other of others) {
    const theirs = new Set(other.logs.map(keyOf));
    const withheld = [...theirs].filter((key) => !own.has(key)).length;
    if (withheld > 0)
      throw inconsistent('logs', `${withheld} of ${theirs.size} missing`, 'those of the others');
    if (theirs.size < own.size)
      endpoints.distrust(other.asked, `it withholds ${own.size - theirs.size} logs`);
  }
  return logs;
}

function keyOf({ blockHash, logIndex }: Log): string {
  return `${blockHash ?? ''}.${logIndex ?? ''}`;
}

/**
 * Whether blocks that were believed are gone. A head behind them does not say so: the endpoint may lag.
 * Nor does an endpoint with another block there, while a second one still has ours.
 */
async function isTakenBack(sync: ChainSync, cursor: Cursor, head: bigint): Promise<boolean> {
  const { client, endpoints } = sync;
  if (cursor.hash === undefined) return false;
  const believed = [...cursor.past, cursor].filter(({ block }) => BigInt(block) <= head).at(-1);
  if (believed === undefined) throw behind(head, cursor);
  const blockNumber = BigInt(believed.block);
  if ((await client.getBlock({ blockNumber })).hash === believed.hash) {
    if (believed.block === cursor.block) return false;
    throw behind(head, cursor);
  }
  const others = await endpoints.askOthers(client, (other) => other.getBlock({ blockNumber }));
  if (others.some(({ hash }) => hash === believed.hash))
    throw inconsistent(`block ${believed.block}`, 'another block', 'that of the others');
  return true;
}

function behind(head: bigint, { block }: Cursor): TonneError {
  return inconsistent('newest block', String(head), `at least ${block}, which was read before`);
}

function inconsistent(field: string, value: string, expected: string): TonneError {
  return new TonneError('CHAIN_INCONSISTENT', { field, value, expected });
}

/**
 * Blocks that had been believed are gone: a reorganisation deeper than the finality asked for, or a
 * local chain that lost its state. Everything is read anew from the deployment on; batches of ours that
 * are no longer there are sent again. Nothing is judged or sealed until as much was read as before, or
 * all that a shorter chain has.
 */
async function rewind(sync: ChainSync, cursor: Cursor, settled: bigint): Promise<void> {
  const { database, deployedAtBlock, now, seen } = sync;
  await database.transaction(async (session) => {
    await lockJudgement(session);
    await saveBelieved(session);
    await expectAnew(session);
    for (const row of await takeBackBatches(session)) {
      const state = stepRewound(
        await readSubmission(session, row),
        await findVariants(session, row),
      );
      await saveSubmission(session, row.key, state, now());
    }
    const before = Math.max(cursor.until, cursor.block);
    const until = Math.max(1, deployedAtBlock, Math.min(before, Number(settled)));
    await saveCursor(session, { block: deployedAtBlock - 1, hash: undefined, past: [], until });
  });
  seen.clear();
}

/**
 * All was read anew: what the new chain did not tell of is let go, after it was asked for each of them.
 *
 * @throws TonneError CHAIN_INCONSISTENT when it has one: then its events are read from another endpoint
 */
async function endRereading(sync: ChainSync, cursor: Cursor): Promise<void> {
  const { database, deployedAtBlock, now, seen } = sync;
  const withheld = await countWithheld(sync, BigInt(cursor.block));
  if (withheld > 0) {
    const start = { block: deployedAtBlock - 1, hash: undefined, past: [] };
    await saveCursor(database, { ...start, until: cursor.until });
    seen.clear();
    throw inconsistent(
      'logs',
      `${withheld} registrations missing, if not more`,
      'those of what is on the chain',
    );
  }
  await database.transaction(async (session) => {
    await lockJudgement(session);
    await disbelieve(session, now());
    await saveCursor(session, { ...cursor, until: 0 });
  });
}

/**
 * How many devices and projects the chain has at a block and did not tell of. They are asked for in
 * parts: the first part that has any ends it, because one is enough to distrust the endpoint.
 */
async function countWithheld(
  { client, database, registry }: ChainSync,
  blockNumber: bigint,
): Promise<number> {
  const contract = { address: registry, abi: registryAbi, blockNumber } as const;
  const untold = await readUntold(database);
  const questions = [
    ...untold.devices.map((deviceId) => async () => {
      const call = { ...contract, functionName: 'device', args: [deviceId] } as const;
      return (await client.readContract(call)).owner;
    }),
    ...untold.projects.map(
      (projectId) => () =>
        client.readContract({ ...contract, functionName: 'projectOwner', args: [projectId] }),
    ),
  ];
  for (let from = 0; from < questions.length; from += ASKED_AT_ONCE) {
    const part = questions.slice(from, from + ASKED_AT_ONCE);
    const owners = await Promise.all(part.map((ask) => ask()));
    const withheld = owners.filter((owner) => owner !== zeroAddress).length;
    if (withheld > 0) return withheld;
  }
  return 0;
}

/**
 * The chain has a batch whose event was never shown: the events are read again from its block on.
 *
 * @throws TonneError CHAIN_INCONSISTENT always, so that another endpoint is asked
 */
export async function readAgain(sync: ChainSync, block: number): Promise<never> {
  const { client, database, seen } = sync;
  const before = Math.max(block - 1, sync.deployedAtBlock);
  const { hash } = await client.getBlock({ blockNumber: BigInt(before) });
  const until = (await readCursor(database))?.until ?? 0;
  await saveCursor(database, { block: before, hash, past: [], until });
  seen.clear();
  throw inconsistent(
    `logs of block ${block}`,
    'no event',
    'that of the batch which is on the chain',
  );
}
