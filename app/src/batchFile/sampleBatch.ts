/** Test data: a small batch with real signatures, and what the chain would say of it. */
import {
  batchIdOf,
  buildTree,
  creditBatchDown,
  deviceIdOf,
  domainOf,
  draftWindow,
  encodeBatch,
  fromHex,
  joinLeaves,
  parseWindow,
  rootOf,
  toHex,
  toLowS,
  type ChainRecord,
  type Reading,
  type SealedWindow,
} from '@truetonne/protocol';
import { gzip } from './gzip.ts';

const REGISTRY = `0x${'11'.repeat(20)}` as const;
const DOMAIN = domainOf(31337, REGISTRY);
const CLAIMED_AT = 1_735_732_800;
const SECONDS = 900;
const FACTOR_UG_PER_WH = 352_000n;
const PROJECT_ID = 7;

export interface SampleBatch {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly record: ChainRecord;
}

interface Device {
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

async function makeDevice(): Promise<Device> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const point = await crypto.subtle.exportKey('raw', pair.publicKey);
  return {
    publicKey: new Uint8Array(point).slice(1),
    sign: async (message) => {
      const signature = await crypto.subtle.sign(
        algorithm,
        pair.privateKey,
        Uint8Array.from(message),
      );
      return toLowS(new Uint8Array(signature));
    },
  };
}

/** Two readings a window, 100 Wh and 1 Wh of import each. */
function readingsOf(sequence: number): readonly Reading[] {
  return [1, 2].map((half) => {
    const step = 2 * (sequence - 1) + half;
    return {
      at: CLAIMED_AT + step * SECONDS,
      exportWh: BigInt(step) * 100n,
      importWh: BigInt(step),
      status: 1,
      fields: { activePowerMw: 400_000n },
    };
  });
}

async function sealWindows(device: Device, count: number): Promise<readonly SealedWindow[]> {
  const windows: SealedWindow[] = [];
  for (let sequence = 1; sequence <= count; sequence++) {
    const { headerBytes, readingsBytes } = draftWindow({
      domain: DOMAIN,
      deviceId: deviceIdOf(device.publicKey),
      sequence,
      openedAt: CLAIMED_AT + 2 * (sequence - 1) * SECONDS,
      flags: 0,
      previousHash: windows.at(-1)?.headerHash ?? `0x${'00'.repeat(32)}`,
      readings: readingsOf(sequence),
    });
    const signature = await device.sign(headerBytes);
    const bytes = fromHex(
      toHex(headerBytes) + toHex(signature).slice(2) + toHex(readingsBytes).slice(2),
    );
    windows.push(parseWindow(bytes, DOMAIN));
  }
  return windows;
}

/** A batch of one device and `count` windows that verifies. */
export async function makeSampleBatch(count: number): Promise<SampleBatch> {
  const device = await makeDevice();
  const windows = await sealWindows(device, count);
  const period = { periodStart: CLAIMED_AT, periodEnd: CLAIMED_AT + 2 * count * SECONDS };
  const head = { domain: DOMAIN, projectId: PROJECT_ID, number: 1, ...period, deductedWh: 0n };
  const opening = { sequence: 0, closedAt: CLAIMED_AT, exportWh: 0n, importWh: 0n };
  const devices = [{ publicKey: device.publicKey, opening, closingIndex: count - 1 }];
  const content = encodeBatch({ ...head, devices, windows, findings: [] });
  const file = await gzip(Uint8Array.from(content));
  const energy = { exportedWh: BigInt(2 * count) * 100n, importedWh: BigInt(2 * count) };
  const closing = { exportWh: energy.exportedWh, importWh: energy.importedWh };
  const carry = { deficitWh: 0n, remainderUg: 0n };
  const formula = { ...energy, deductedWh: 0n, factorUgPerWh: FACTOR_UG_PER_WH, carry };
  const { creditableWh, grams } = creditBatchDown(formula);
  const deviceId = deviceIdOf(device.publicKey);
  const { periodEnd: closedAt } = period;
  const record: ChainRecord = {
    ...head,
    ...energy,
    batchId: batchIdOf(PROJECT_ID, 1),
    root: rootOf(await buildTree(joinLeaves(windows.map(({ headerHash }) => headerHash)))),
    fileDigest: toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', file))),
    vintage: 2025,
    creditableWh,
    grams,
    factorUgPerWh: FACTOR_UG_PER_WH,
    openingDeficitWh: 0n,
    openingRemainderUg: 0n,
    devices: [
      {
        ...{ deviceId, sequence: count, closedAt, ...closing, ...energy, capacityW: 6_000n },
        openingSequence: opening.sequence,
        openingClosedAt: opening.closedAt,
      },
    ],
  };
  return { file, record };
}
