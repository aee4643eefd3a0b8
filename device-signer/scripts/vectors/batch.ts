import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  batchIdOf,
  buildTree,
  cidOf,
  compareBytes,
  concatBytes,
  encodeBatch,
  fromHex,
  joinLeaves,
  rootOf,
  toHex,
  WHOLE_WINDOW,
  type BatchContent,
  type BatchDevice,
  type Finding,
  type Hex,
  type ReasonCode,
  type SealedWindow,
} from '@truetonne/protocol';
import { makeFaultyDevice, makeSoundDevice, PERIOD_END, SECOND_OPENING } from './batchWindows.ts';
import { CLAIM, CLAIMED_AT, describeFile, DOMAIN, HEAD, KEY, OTHER_KEY } from './place.ts';

const PROJECT_ID = 7;
const NUMBER = 3;

/** Worked out by hand from the windows below; Wh, g, ug. */
const SUMS = {
  exportedWh: '10100',
  importedWh: '50',
  deductedWh: '7500',
  openingDeficitWh: '100',
  openingRemainderUg: '500000',
  factorUgPerWh: '352000',
  creditableWh: '2450',
  grams: '862',
  closingDeficitWh: '0',
  closingRemainderUg: '900000',
} as const;

/** Sequence, reading, reason and Wh of everything that does not count, by device. */
type FindingPlan = readonly (readonly [number, number, ReasonCode, bigint])[];

const FAULTY_FINDINGS: FindingPlan = [
  [4, 0, 'SEQUENCE_GAP', 1_000n],
  [5, 0, 'TIME_GAP', 300n],
  [6, WHOLE_WINDOW, 'CHAIN_BROKEN', 200n],
  [7, WHOLE_WINDOW, 'REGISTER_ROLLBACK', 0n],
  [8, 0, 'REGISTER_ROLLBACK', 100n],
  [9, 0, 'CAPACITY_EXCEEDED', 5_000n],
  [10, WHOLE_WINDOW, 'TIME_OVERLAP', 100n],
  [11, WHOLE_WINDOW, 'TIME_OVERLAP', 0n],
  [12, 0, 'TIME_OVERLAP', 100n],
];

/** An oracle may deduct more than follows from the bytes, and says why. */
const SOUND_FINDINGS: FindingPlan = [
  [7, 0, 'READING_OUT_OF_RANGE', 500n],
  [8, 0, 'SENTINEL_VALUE', 200n],
];

interface DevicePlan {
  readonly publicKey: Uint8Array;
  readonly deviceId: Hex;
  readonly opening: BatchDevice['opening'];
  readonly capacityW: string;
  readonly exportedWh: string;
  readonly importedWh: string;
  readonly windows: readonly SealedWindow[];
  readonly findings: FindingPlan;
}

function makePlans(): readonly DevicePlan[] {
  const { sequence, closedAt, exportWh, importWh } = HEAD;
  const plans: readonly DevicePlan[] = [
    {
      publicKey: KEY.publicKey,
      deviceId: KEY.deviceId,
      opening: { sequence, closedAt, exportWh, importWh },
      capacityW: '6000',
      exportedWh: '8900',
      importedWh: '50',
      windows: makeFaultyDevice(),
      findings: FAULTY_FINDINGS,
    },
    {
      publicKey: OTHER_KEY.publicKey,
      deviceId: OTHER_KEY.deviceId,
      opening: SECOND_OPENING,
      capacityW: '4000',
      exportedWh: '1200',
      importedWh: '0',
      windows: makeSoundDevice(),
      findings: SOUND_FINDINGS,
    },
  ];
  return plans.toSorted((a, b) => compareBytes(fromHex(a.deviceId), fromHex(b.deviceId)));
}

function makeContent(plans: readonly DevicePlan[]): BatchContent {
  const windows = plans.flatMap((plan) => plan.windows);
  const findings = plans.flatMap((plan) => placeFindings(plan, windows));
  const devices = plans.map(({ publicKey, opening, windows: own }) => {
    const last = own.at(-1);
    return { publicKey, opening, closingIndex: last === undefined ? 0 : windows.indexOf(last) };
  });
  return {
    domain: DOMAIN,
    projectId: PROJECT_ID,
    number: NUMBER,
    periodStart: CLAIMED_AT,
    periodEnd: PERIOD_END,
    deductedWh: BigInt(SUMS.deductedWh),
    devices,
    windows,
    findings,
  };
}

function placeFindings(plan: DevicePlan, windows: readonly SealedWindow[]): readonly Finding[] {
  return plan.findings.map(([sequence, readingIndex, reason, deductedWh]) => {
    const isMeant = ({ header }: SealedWindow): boolean =>
      header.deviceId === plan.deviceId && header.sequence === sequence;
    return { windowIndex: windows.findIndex(isMeant), readingIndex, reason, deductedWh };
  });
}

/** gzip with one stored block (RFC 1951, 3.2.4): the same bytes whatever wrote them. */
function storeGzip(content: Uint8Array): Uint8Array {
  const littleEndian = (value: number, size: number): Uint8Array =>
    Uint8Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 0xff);
  return concatBytes([
    Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff),
    Uint8Array.of(1),
    littleEndian(content.length, 2),
    littleEndian(~content.length, 2),
    content,
    littleEndian(crc32(content), 4),
    littleEndian(content.length, 4),
  ]);
}

function describeDevice({ deviceId, windows, ...plan }: DevicePlan): object {
  const last = windows.at(-1)?.header;
  return {
    deviceId,
    openingSequence: plan.opening.sequence,
    openingClosedAt: plan.opening.closedAt,
    sequence: last?.sequence,
    closedAt: last?.closedAt,
    exportWh: String(last?.exportWh),
    importWh: String(last?.importWh),
    exportedWh: plan.exportedWh,
    importedWh: plan.importedWh,
    capacityW: plan.capacityW,
  };
}

/** SPEC sections 5 to 7: one batch file whole, with every kind of finding. */
export async function makeBatch(): Promise<object> {
  const plans = makePlans();
  const content = makeContent(plans);
  const bytes = encodeBatch(content);
  const file = storeGzip(bytes);
  const fileDigest = toHex(createHash('sha256').update(file).digest());
  const tree = await buildTree(joinLeaves(content.windows.map(({ headerHash }) => headerHash)));
  return {
    ...describeFile('One batch file, SPEC sections 5 to 7, and what the chain says of it.'),
    claim: toHex(CLAIM.claimBytes),
    content: toHex(bytes),
    file: toHex(file),
    cid: cidOf(fileDigest),
    record: {
      domain: DOMAIN,
      batchId: String(batchIdOf(PROJECT_ID, NUMBER)),
      projectId: PROJECT_ID,
      number: NUMBER,
      root: rootOf(tree),
      fileDigest,
      periodStart: CLAIMED_AT,
      periodEnd: PERIOD_END,
      vintage: 2023,
      ...SUMS,
      devices: plans.map(describeDevice),
    },
    findings: content.findings.map((finding) => ({
      ...finding,
      deductedWh: String(finding.deductedWh),
    })),
    closings: toHex(concatBytes(plans.map(closingRecord))),
  };
}

/** What `submit` takes of a device: public key 64, signature 64, header 176. */
function closingRecord({ publicKey, windows }: DevicePlan): Uint8Array {
  const last = windows.at(-1);
  if (last === undefined) throw new RangeError('a device without windows');
  return concatBytes([publicKey, last.signature, last.headerBytes]);
}
