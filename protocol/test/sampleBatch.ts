import {
  batchIdOf,
  buildTree,
  compareBytes,
  encodeBatch,
  fromHex,
  joinLeaves,
  rootOf,
  toHex,
  type BatchContent,
  type ChainRecord,
  type DevicePosition,
  type Finding,
  type SealedWindow,
} from '../src/index.ts';
import {
  createSampleKey,
  DOMAIN,
  NO_HASH,
  readingAt,
  sealSigned,
  type SampleKey,
} from './samples.ts';

export const PROJECT_ID = 7;
const NUMBER = 3;
const PERIOD_START = 100_000;
const PERIOD_END = 104_000;
const FACTOR_UG_PER_WH = 352_000n;
const CAPACITY_W = 6_000n;

/** A batch of two devices with one gap, and what the chain says of it. */
export interface SampleBatch {
  readonly keys: readonly SampleKey[];
  readonly content: BatchContent;
  readonly record: ChainRecord;
}

const OPENING: DevicePosition = {
  sequence: 4,
  closedAt: PERIOD_START,
  exportWh: 1_000n,
  importWh: 10n,
};

/**
 * Each device exports 1,000 Wh and imports 5; of the first one's, 300 Wh lie behind a gap. In sum
 * 2,000 - 10 - 300 - 90 owed = 1,600 Wh, 563,200,000 ug with 400,000 carried: 563 g, 600,000 ug rest.
 */
export async function makeSampleBatch(): Promise<SampleBatch> {
  const made = [await createSampleKey(), await createSampleKey()];
  const keys = made.toSorted((a, b) => compareBytes(fromHex(a.deviceId), fromHex(b.deviceId)));
  const windows = (
    await Promise.all(keys.map((key, index) => sealDevice(key, index === 0)))
  ).flat();
  const findings: readonly Finding[] = [
    { windowIndex: 1, readingIndex: 0, reason: 'TIME_GAP', deductedWh: 300n },
  ];
  const content: BatchContent = {
    domain: DOMAIN,
    projectId: PROJECT_ID,
    number: NUMBER,
    periodStart: PERIOD_START,
    periodEnd: PERIOD_END,
    deductedWh: 300n,
    devices: keys.map(({ publicKey }, index) => ({
      publicKey,
      opening: OPENING,
      closingIndex: 2 * index + 1,
    })),
    windows,
    findings,
  };
  return { keys, content, record: await recordOf(content, keys) };
}

/** Two windows, three readings; with a gap of 60 s before the second window where it is asked for. */
async function sealDevice(key: SampleKey, hasGap: boolean): Promise<readonly SealedWindow[]> {
  const pause = hasGap ? 60 : 0;
  const first = await sealSigned(key, {
    sequence: 5,
    openedAt: PERIOD_START,
    previousHash: NO_HASH,
    readings: [readingAt(PERIOD_START + 900, 1_300n, 12n)],
  });
  const second = await sealSigned(key, {
    sequence: 6,
    openedAt: PERIOD_START + 900 + pause,
    previousHash: first.headerHash,
    readings: [
      readingAt(PERIOD_START + 1_800, 1_600n, 14n),
      readingAt(PERIOD_START + 2_700, 2_000n, 15n),
    ],
  });
  return [first, second];
}

/** The chain's side, with numbers that were worked out by hand. */
async function recordOf(content: BatchContent, keys: readonly SampleKey[]): Promise<ChainRecord> {
  return {
    domain: DOMAIN,
    batchId: batchIdOf(PROJECT_ID, NUMBER),
    projectId: PROJECT_ID,
    number: NUMBER,
    root: await rootOfContent(content),
    fileDigest: await digestOf(content),
    periodStart: PERIOD_START,
    periodEnd: PERIOD_END,
    vintage: 1970,
    exportedWh: 2_000n,
    importedWh: 10n,
    deductedWh: 300n,
    creditableWh: 1_600n,
    grams: 563n,
    factorUgPerWh: FACTOR_UG_PER_WH,
    openingDeficitWh: 90n,
    openingRemainderUg: 400_000n,
    devices: keys.map(({ deviceId }) => ({
      deviceId,
      openingSequence: 4,
      openingClosedAt: PERIOD_START,
      sequence: 6,
      closedAt: PERIOD_START + 2_700,
      exportWh: 2_000n,
      importWh: 15n,
      exportedWh: 1_000n,
      importedWh: 5n,
      capacityW: CAPACITY_W,
    })),
  };
}

export async function rootOfContent({ windows }: Pick<BatchContent, 'windows'>) {
  return rootOf(await buildTree(joinLeaves(windows.map(({ headerHash }) => headerHash))));
}

/** SHA-256 of the content, which stands in for that of the compressed file. */
export async function digestOf(content: BatchContent | Uint8Array) {
  const bytes = content instanceof Uint8Array ? content : encodeBatch(content);
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))));
}
