import {
  batchIdOf,
  createWebCryptoVerifier,
  decodeBatch,
  decodeHeader,
  toHex,
  TonneError,
  verifyBatch,
  type ChainRecord,
  type VerificationResult,
} from '@truetonne/protocol';
import type { Hex } from 'viem';
import { gunzip } from '../../batchFile/index.ts';

export type Phase = 'unpack' | 'chain' | 'signatures' | 'recompute';

export interface PhaseProgress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
}

/** How long a phase took on this machine, in milliseconds. */
export interface Timing {
  readonly phase: Phase;
  readonly milliseconds: number;
}

/** A window of the file, to be listed; its fields are one click away. */
export interface ListedWindow {
  readonly deviceId: Hex;
  readonly sequence: number;
  readonly closedAt: number;
  readonly readings: number;
  readonly exportWh: bigint;
}

export interface Verification {
  readonly result: VerificationResult;
  /** What the chain said; absent when the file did not even say which batch it is. */
  readonly record: ChainRecord | undefined;
  readonly timings: readonly Timing[];
  readonly windows: readonly ListedWindow[];
}

export interface VerifyInput {
  readonly file: Uint8Array<ArrayBuffer>;
  /** The batch that it should be; without it the file itself says. */
  readonly batchId: bigint | undefined;
  /** What the chain says of a batch. */
  readonly readRecord: (batchId: bigint) => Promise<ChainRecord>;
  readonly onProgress: (progress: PhaseProgress) => void;
}

/** Runs phases one after another and times each. */
function createStopwatch(onProgress: VerifyInput['onProgress']) {
  const timings: Timing[] = [];
  let current: Phase | undefined;
  let startedAt = 0;
  const stop = (): void => {
    if (current === undefined) return;
    timings.push({ phase: current, milliseconds: performance.now() - startedAt });
    current = undefined;
  };
  const start = (phase: Phase): void => {
    stop();
    current = phase;
    startedAt = performance.now();
    onProgress({ phase, done: 0, total: 0 });
  };
  return { start, stop, timings };
}

function listWindows(windows: readonly Uint8Array[]): readonly ListedWindow[] {
  return windows.map((bytes) => {
    const { deviceId, sequence, closedAt, count, exportWh } = decodeHeader(bytes);
    return { deviceId, sequence, closedAt, readings: count, exportWh };
  });
}

/** Seals the answer of a file that is no batch file at all. */
function malformed(error: unknown): VerificationResult {
  if (!(error instanceof TonneError) || error.code !== 'FILE_MALFORMED') throw error;
  const { code, message } = error;
  return { verified: false, failure: { law: 'sameBytes', code, place: {}, message } };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Hex> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/**
 * Verifies a batch file against the chain, with nothing else: every signature, the tree, the
 * registers, the findings and the grams.
 *
 * @throws TonneError BATCH_UNKNOWN, or what the chain client throws when the chain is silent
 */
export async function verifyFile(input: VerifyInput): Promise<Verification> {
  const { file, readRecord, onProgress } = input;
  const stopwatch = createStopwatch(onProgress);
  const { timings } = stopwatch;
  try {
    stopwatch.start('unpack');
    const fileDigest = await sha256(file);
    const content = await gunzip(file);
    const raw = decodeBatch(content);
    stopwatch.start('chain');
    const batchId = input.batchId ?? batchIdOf(raw.projectId, raw.number);
    const record = await readRecord(batchId);
    stopwatch.start('signatures');
    const result = await verifyBatch({
      content,
      fileDigest,
      record,
      verifySignature: createWebCryptoVerifier(),
      onProgress: (done, total) => {
        onProgress({ phase: 'signatures', done, total });
        if (done === total) stopwatch.start('recompute');
      },
    });
    stopwatch.stop();
    return { result, record, timings, windows: listWindows(raw.windows) };
  } catch (error) {
    return { result: malformed(error), record: undefined, timings, windows: [] };
  }
}
