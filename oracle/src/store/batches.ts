import type { DevicePosition, Hex } from '@truetonne/protocol';
import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  lt,
  ne,
  notInArray,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { Session } from './database/database.ts';
import { batchDevices, batches, devices, type BatchRow } from './tables/schema.ts';

/** What is fixed when a batch is sealed. Energy in Wh, times in Unix seconds. */
export type NewBatch = Pick<
  BatchRow,
  | 'projectId'
  | 'number'
  | 'crossing'
  | 'vintage'
  | 'periodStart'
  | 'periodEnd'
  | 'root'
  | 'fileDigest'
  | 'cid'
  | 'fileSize'
  | 'windowCount'
  | 'readingCount'
  | 'exportedWh'
  | 'importedWh'
  | 'deductedWh'
  | 'sealedAt'
>;

export interface NewBatchDevice {
  readonly deviceNumber: number;
  readonly openingSequence: number;
  readonly closing: DevicePosition;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  /** The contract's closing record, 304 bytes. */
  readonly record: Uint8Array | null;
}

/**
 * Stores a sealed batch with its devices, and answers its key. Fails when the project has another batch
 * of that number.
 */
export async function saveSealed(
  session: Session,
  batch: NewBatch,
  ofDevices: readonly NewBatchDevice[],
): Promise<number> {
  const [row] = await session.orm
    .insert(batches)
    .values({ ...batch, own: true, phase: 'sealed', deviceCount: ofDevices.length })
    .returning({ key: batches.key });
  if (row === undefined) throw new Error('a row that was stored has a key');
  await saveBatchDevices(session, row.key, ofDevices);
  return row.key;
}

/** What the chain says of a batch that was submitted. */
export interface ChainBatch {
  readonly projectId: number;
  readonly number: number;
  readonly root: Hex;
  readonly fileDigest: Hex;
  readonly cid: string;
  readonly vintage: number;
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
  readonly creditableWh: bigint;
  readonly grams: bigint;
  readonly blockNumber: number;
  readonly txHash: Hex;
}

/** Our batch with this file, or `undefined`. The same windows may have been sealed twice. */
export async function findOwnByDigest(
  { orm }: Session,
  projectId: number,
  fileDigest: Hex,
): Promise<BatchRow | undefined> {
  const ofFile = eq(batches.fileDigest, fileDigest);
  const [row] = await orm
    .select()
    .from(batches)
    .where(and(eq(batches.projectId, projectId), ofFile, eq(batches.own, true)))
    .orderBy(desc(batches.key))
    .limit(1);
  return row;
}

/** Completes our batch with what the contract made of it. */
export async function saveChainResult(
  { orm }: Session,
  key: number,
  chain: ChainBatch,
): Promise<void> {
  const { number, vintage, creditableWh, grams, blockNumber, txHash } = chain;
  await orm
    .update(batches)
    .set({ number, vintage, creditableWh, grams, blockNumber, txHash })
    .where(eq(batches.key, key));
}

/** Stores a batch that another oracle submitted; its file is not here. */
export async function saveForeign(
  session: Session,
  chain: ChainBatch,
  ofDevices: readonly NewBatchDevice[],
): Promise<void> {
  const [row] = await session.orm
    .insert(batches)
    .values({
      ...chain,
      own: false,
      phase: 'confirmed',
      crossing: false,
      deviceCount: ofDevices.length,
    })
    .onConflictDoNothing()
    .returning({ key: batches.key });
  if (row !== undefined) await saveBatchDevices(session, row.key, ofDevices);
}

async function saveBatchDevices(
  { orm }: Session,
  batchKey: number,
  ofDevices: readonly NewBatchDevice[],
): Promise<void> {
  if (ofDevices.length === 0) return;
  const rows = ofDevices.map(
    ({ deviceNumber, openingSequence, closing, exportedWh, importedWh, record }) => ({
      batchKey,
      deviceNumber,
      openingSequence,
      closingSequence: closing.sequence,
      closedAt: closing.closedAt,
      exportedWh,
      importedWh,
      closing: record,
    }),
  );
  await orm.insert(batchDevices).values(rows);
}

/** Our batches that are still on their way, oldest first. */
export function readUnconfirmed({ orm }: Session): Promise<readonly BatchRow[]> {
  return orm
    .select()
    .from(batches)
    .where(and(eq(batches.own, true), notInArray(batches.phase, ['confirmed', 'refused'])))
    .orderBy(asc(batches.key));
}

/** Refusals of a project's next batch so far, and when the last one was. */
export async function readRefusals(
  { orm }: Session,
  projectId: number,
  number: number,
): Promise<{ readonly refusals: number; readonly lastAt: number }> {
  const [row] = await orm
    .select({ refusals: count(), lastAt: sql<unknown>`coalesce(max(${batches.refusedAt}), 0)` })
    .from(batches)
    .where(
      and(
        eq(batches.projectId, projectId),
        eq(batches.number, number),
        eq(batches.phase, 'refused'),
      ),
    );
  return { refusals: row?.refusals ?? 0, lastAt: Number(row?.lastAt ?? 0) };
}

/** Batches that the taken-back blocks held: another oracle's are forgotten, ours are returned. */
export async function takeBackBatches({ orm }: Session): Promise<readonly BatchRow[]> {
  await orm.delete(batches).where(eq(batches.own, false));
  return orm
    .update(batches)
    .set({ blockNumber: null, creditableWh: null, grams: null, minted: false, settled: null })
    .where(and(eq(batches.own, true), ne(batches.phase, 'refused')))
    .returning();
}

export async function saveMinted(
  { orm }: Session,
  projectId: number,
  number: number,
): Promise<void> {
  await orm.update(batches).set({ minted: true }).where(isOnChain(projectId, number));
}

/** What verification made of a batch on the chain. */
export async function saveSettled(
  { orm }: Session,
  projectId: number,
  number: number,
  settled: NonNullable<BatchRow['settled']>,
): Promise<void> {
  await orm.update(batches).set({ settled }).where(isOnChain(projectId, number));
}

function isOnChain(projectId: number, number: number): SQL | undefined {
  const isIt = and(eq(batches.projectId, projectId), eq(batches.number, number));
  return and(isIt, eq(batches.phase, 'confirmed'));
}

/** The batch of that number that counts; refused ones are not it. */
export async function findBatch(
  { orm }: Session,
  projectId: number,
  number: number,
): Promise<BatchRow | undefined> {
  const [row] = await orm
    .select()
    .from(batches)
    .where(
      and(
        eq(batches.projectId, projectId),
        eq(batches.number, number),
        ne(batches.phase, 'refused'),
      ),
    );
  return row;
}

/** Batches by project and number, without refused ones, after a place in that order. */
export function readBatches(
  { orm }: Session,
  filter: { readonly projectId?: number | undefined },
  page: { readonly after: { projectId: number; number: number }; readonly limit: number },
): Promise<readonly BatchRow[]> {
  const { after, limit } = page;
  const next = or(
    gt(batches.projectId, after.projectId),
    and(eq(batches.projectId, after.projectId), gt(batches.number, after.number)),
  );
  const ofProject =
    filter.projectId === undefined ? undefined : eq(batches.projectId, filter.projectId);
  return orm
    .select()
    .from(batches)
    .where(and(ne(batches.phase, 'refused'), ofProject, next))
    .orderBy(asc(batches.projectId), asc(batches.number))
    .limit(limit);
}

/** Grams of all batches of the project before this one. */
export async function sumGramsBefore(
  { orm }: Session,
  { projectId, number }: Pick<BatchRow, 'projectId' | 'number'>,
): Promise<bigint> {
  const before = and(
    eq(batches.projectId, projectId),
    lt(batches.number, number),
    ne(batches.phase, 'refused'),
  );
  const [row] = await orm
    .select({ grams: sql<string>`coalesce(sum(${batches.grams}), 0)::text` })
    .from(batches)
    .where(before);
  return BigInt(row?.grams ?? 0);
}

/** Refused batches, newest first: each says why, until its windows are in a batch that lands. */
export function readRefused({ orm }: Session, limit: number): Promise<readonly BatchRow[]> {
  return orm
    .select()
    .from(batches)
    .where(eq(batches.phase, 'refused'))
    .orderBy(desc(batches.key))
    .limit(limit);
}

export type BatchDeviceRow = typeof batchDevices.$inferSelect & { readonly deviceId: Hex };

/** The devices of a batch in the order of the batch file: by device id. */
export async function readBatchDevices(
  { orm }: Session,
  batchKey: number,
): Promise<readonly BatchDeviceRow[]> {
  const rows = await orm
    .select({ row: batchDevices, deviceId: devices.deviceId })
    .from(batchDevices)
    .innerJoin(devices, eq(devices.number, batchDevices.deviceNumber))
    .where(eq(batchDevices.batchKey, batchKey))
    .orderBy(asc(devices.deviceId));
  return rows.map(({ row, deviceId }) => ({ ...row, deviceId }));
}

/** Where windows of a device are batched: sequences (after, upTo] in a batch. */
export interface BatchedRange {
  readonly after: number;
  readonly upTo: number;
  readonly batch: Pick<BatchRow, 'projectId' | 'number' | 'phase' | 'own'>;
}

/** The batches that hold a device's windows with sequences from `first` to `last`. */
export async function readBatchedRanges(
  { orm }: Session,
  deviceNumber: number,
  first: number,
  last: number,
): Promise<readonly BatchedRange[]> {
  const rows = await orm
    .select({
      after: batchDevices.openingSequence,
      upTo: batchDevices.closingSequence,
      projectId: batches.projectId,
      number: batches.number,
      phase: batches.phase,
      own: batches.own,
    })
    .from(batchDevices)
    .innerJoin(batches, eq(batches.key, batchDevices.batchKey))
    .where(
      and(
        eq(batchDevices.deviceNumber, deviceNumber),
        lt(batchDevices.openingSequence, last),
        sql`${batchDevices.closingSequence} >= ${first}`,
        inArray(batches.phase, ['sealed', 'signed', 'submitted', 'confirmed']),
      ),
    );
  return rows.map(({ after, upTo, ...batch }) => ({ after, upTo, batch }));
}
