import {
  decodeBatch,
  deviceIdOf,
  parseWindow,
  startWalk,
  TonneError,
  toHex,
  unpackBatchFile,
  type Finding,
  type Hex,
  type ReasonCode,
  type SealedWindow,
  type WalkState,
} from '@truetonne/protocol';
import type { ReasonTotal } from '../../domain/dryRun.ts';
import { STATEMENT_REASONS } from '../../domain/statements/place.ts';
import type { Database } from '../../store/database/database.ts';
import { readDevices } from '../../store/registry.ts';
import type { BatchRow, DeviceRow } from '../../store/tables/schema.ts';
import { findWindowIndex } from '../../store/windows.ts';
import type { BatchFiles } from '../batches/files.ts';

/** A device of a batch: where its walk begins, and its windows by sequence. */
export interface SpanDevice {
  readonly start: WalkState;
  readonly capacityW: bigint;
  readonly windows: readonly SealedWindow[];
  /** Windows that the batch leaves out because the device checked another one, by sequence. */
  readonly checking: ReadonlySet<number>;
}

/** A batch as its file has it. */
export interface BatchSpan {
  readonly devices: readonly SpanDevice[];
  /** What it left out for calibrations and invoices that the owner stated. */
  readonly stated: readonly ReasonTotal[];
}

export interface SpanSource {
  readonly database: Database;
  readonly files: BatchFiles;
  readonly domain: Hex;
}

/**
 * The windows of a batch from its file, as anyone can read them.
 *
 * @throws TonneError FILE_MISSING where another oracle holds the file
 */
export async function readBatchSpan(
  { database, files, domain }: SpanSource,
  batch: BatchRow,
): Promise<BatchSpan> {
  const file = await files.find(batch.cid);
  if (file === undefined) throw new TonneError('FILE_MISSING', { field: 'cid', value: batch.cid });
  const raw = decodeBatch(await unpackBatchFile(file));
  const all = raw.windows.map((bytes) => parseWindow(bytes, domain));
  const windows = Map.groupBy(all, ({ header }) => header.deviceId);
  const checking = new Set(
    raw.findings
      .filter(({ reason }) => reason === 'CHECK_METER_NOT_CREDITED')
      .map(({ windowIndex }) => all[windowIndex]),
  );
  const rows = new Map((await readDevices(database)).map((row) => [row.deviceId, row]));
  const devices = await Promise.all(
    raw.devices.map(async ({ publicKey, opening }) => {
      const deviceId = deviceIdOf(publicKey);
      const row = rows.get(deviceId);
      if (row === undefined || row.capacityW === null)
        throw new TonneError('DEVICE_UNKNOWN', { field: 'publicKey', value: toHex(publicKey) });
      const hash = await findHashBefore(database, row, opening.sequence);
      const start = startWalk(opening, hash);
      const own = windows.get(deviceId) ?? [];
      const left = own.filter((window) => checking.has(window));
      return {
        ...{ start, capacityW: row.capacityW, windows: own },
        checking: new Set(left.map(({ header }) => header.sequence)),
      };
    }),
  );
  return { devices, stated: STATEMENT_REASONS.flatMap((reason) => totalsOf(raw.findings, reason)) };
}

function totalsOf(findings: readonly Finding[], reason: ReasonCode): readonly ReasonTotal[] {
  const own = findings.filter((finding) => finding.reason === reason);
  if (own.length === 0) return [];
  const deductedWh = own.reduce((sum, finding) => sum + finding.deductedWh, 0n);
  return [{ reason, findings: own.length, deductedWh }];
}

/** Header hash that the first window names; not known across the sign-off of a replaced meter. */
async function findHashBefore(
  database: Database,
  row: DeviceRow,
  sequence: number,
): Promise<Hex | undefined> {
  if (sequence === 0) return row.claimHash;
  if (row.openingHash !== null && row.creditedSequence === sequence) return row.openingHash;
  return (await findWindowIndex(database, row.number, sequence))?.headerHash;
}
