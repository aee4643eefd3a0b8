import { buildTree, joinLeaves, rootOf } from '../batch/tree.ts';
import { creditBatchDown } from '../batch/crediting.ts';
import { decodeBatch, type RawBatch } from '../batch/decode.ts';
import { type Hex } from '../bytes.ts';
import type { SignatureVerifier } from '../identity/signature.ts';
import type { SealedWindow } from '../window/window.ts';
import { assertSame, verifyDevices } from './devices.ts';
import { toFailure, VerificationError, type VerificationFailure } from './failure.ts';
import { verifyFindings } from './findings.ts';
import type { ChainRecord } from './record.ts';
import { verifyWindows, type Progress } from './windows.ts';

export interface VerificationInput {
  /** The unpacked batch file. */
  readonly content: Uint8Array;
  /** SHA-256 of the file as it came, before it was unpacked. */
  readonly fileDigest: Hex;
  readonly record: ChainRecord;
  readonly verifySignature: SignatureVerifier;
  readonly onProgress?: Progress;
}

/** What was recomputed from the file alone and found equal to the chain. */
export interface VerificationSummary {
  readonly batchId: bigint;
  readonly devices: number;
  readonly windows: number;
  readonly readings: number;
  readonly root: Hex;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
  readonly creditableWh: bigint;
  readonly grams: bigint;
}

export type VerificationResult =
  | { readonly verified: true; readonly summary: VerificationSummary }
  | { readonly verified: false; readonly failure: VerificationFailure };

/**
 * Recomputes a batch from its file and compares it with the chain: every signature, the order, the
 * registers, the findings, the root and the grams. The file's own digest is compared last, so that an
 * altered file is answered with the reading that was altered and not only with another digest.
 */
export async function verifyBatch(input: VerificationInput): Promise<VerificationResult> {
  try {
    return { verified: true, summary: await recompute(input) };
  } catch (error) {
    return { verified: false, failure: toFailure(error) };
  }
}

async function recompute(input: VerificationInput): Promise<VerificationSummary> {
  const { record } = input;
  const raw = decodeBatch(input.content);
  assertHead(raw, record);
  const windows = await verifyWindows(
    raw,
    input.verifySignature,
    input.onProgress ?? (() => undefined),
  );
  const walked = verifyDevices(raw, windows, record);
  const { deductedWh } = verifyFindings(raw.findings, walked);
  assertSame('onlyDown', 'deductedWh', deductedWh, record.deductedWh);
  const root = await rootOfWindows(windows);
  if (root !== record.root) {
    const details = { field: 'root', value: root, expected: record.root };
    throw new VerificationError('sameBytes', 'ROOT_MISMATCH', details);
  }
  const energies = walked.flatMap((window) => window.energies);
  const exportedWh = energies.reduce((sum, energy) => sum + energy.exportedWh, 0n);
  const importedWh = energies.reduce((sum, energy) => sum + energy.importedWh, 0n);
  const credited = creditAgain({ exportedWh, importedWh, deductedWh }, record);
  assertFileDigest(input.fileDigest, record.fileDigest);
  return {
    batchId: record.batchId,
    devices: raw.devices.length,
    windows: windows.length,
    readings: energies.length,
    root,
    exportedWh,
    importedWh,
    deductedWh,
    ...credited,
  };
}

function assertHead(raw: RawBatch, record: ChainRecord): void {
  assertSame('sameBytes', 'domain', raw.domain, record.domain);
  assertSame('sameBytes', 'projectId', raw.projectId, record.projectId);
  assertSame('sameBytes', 'number', raw.number, record.number);
  assertSame('sameBytes', 'periodStart', raw.periodStart, record.periodStart);
  assertSame('sameBytes', 'periodEnd', raw.periodEnd, record.periodEnd);
  assertSame('onlyDown', 'deductedWh', raw.deductedWh, record.deductedWh);
}

async function rootOfWindows(windows: readonly SealedWindow[]): Promise<Hex> {
  const tree = await buildTree(joinLeaves(windows.map(({ headerHash }) => headerHash)));
  return rootOf(tree);
}

function creditAgain(
  energy: Pick<VerificationSummary, 'exportedWh' | 'importedWh' | 'deductedWh'>,
  record: ChainRecord,
): Pick<VerificationSummary, 'creditableWh' | 'grams'> {
  assertSame('noEnergyFromNowhere', 'exportedWh', energy.exportedWh, record.exportedWh);
  assertSame('noEnergyFromNowhere', 'importedWh', energy.importedWh, record.importedWh);
  const { creditableWh, grams } = creditBatchDown({
    ...energy,
    factorUgPerWh: record.factorUgPerWh,
    carry: { deficitWh: record.openingDeficitWh, remainderUg: record.openingRemainderUg },
  });
  assertSame('sameNumber', 'creditableWh', creditableWh, record.creditableWh);
  if (grams !== record.grams) {
    const details = { field: 'grams', value: String(grams), expected: String(record.grams) };
    throw new VerificationError('sameNumber', 'GRAMS_MISMATCH', details);
  }
  return { creditableWh, grams };
}

function assertFileDigest(file: Hex, chain: Hex): void {
  if (file === chain) return;
  const details = { field: 'SHA-256 of the file', value: file, expected: chain };
  throw new VerificationError('sameBytes', 'FILE_ALTERED', details);
}
