import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { concat } from 'viem';

import {
  buildTree,
  claimHashOf,
  compareBytes,
  concatBytes,
  createWebCryptoVerifier,
  draftWindow,
  encodeBatch,
  fromHex,
  joinLeaves,
  parseWindow,
  readChainRecord,
  rootOf,
  toHex,
  verifyBatch,
  type BatchContent,
  type BatchDevice,
  type DevicePosition,
  type Finding,
  type Hex,
  type SealedWindow,
} from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { sha256Of, type TestDevice } from './support/device.ts';
import { CHANGED_AT, replacementOf, rotationOf } from './support/life.ts';
import { claimedBy, DAY, submissionOf, YEAR_2026, type World } from './support/world.ts';

const { freshPlant } = await openChain();
const verifySignature = createWebCryptoVerifier();

/** One device of a batch: where it opened, and its windows of one reading each. */
interface Part {
  readonly device: TestDevice;
  readonly opening: DevicePosition;
  readonly windows: readonly SealedWindow[];
}

interface Sealing {
  readonly at: number;
  readonly exportWh: bigint;
  /** When the interval began; the closing before it unless given. */
  readonly openedAt?: number;
}

/** Seals windows after a position, whose hash they follow. */
function seal(
  { domain }: World,
  device: TestDevice,
  opening: DevicePosition,
  previous: Hex,
  sealings: readonly Sealing[],
): Part {
  const windows: SealedWindow[] = [];
  let before = { sequence: opening.sequence, closedAt: opening.closedAt, hash: previous };
  for (const { at, exportWh, openedAt = before.closedAt } of sealings) {
    const { headerBytes, readingsBytes } = draftWindow({
      domain,
      deviceId: device.id,
      sequence: before.sequence + 1,
      openedAt,
      flags: 0,
      previousHash: before.hash,
      readings: [{ at, exportWh, importWh: opening.importWh, status: 0, fields: {} }],
    });
    const signature = fromHex(device.sign(toHex(headerBytes)));
    const window = parseWindow(concatBytes([headerBytes, signature, readingsBytes]), domain);
    windows.push(window);
    before = { sequence: before.sequence + 1, closedAt: at, hash: window.headerHash };
  }
  return { device, opening, windows };
}

/** Submits a batch of the parts and verifies its file against what the chain says of it. */
async function submitAndVerify(
  world: World,
  number: number,
  unsorted: readonly Part[],
  findings: readonly Finding[] = [],
) {
  const parts = unsorted.toSorted((a, b) =>
    compareBytes(fromHex(a.device.id), fromHex(b.device.id)),
  );
  const windows = parts.flatMap((part) => part.windows);
  const devices: BatchDevice[] = [];
  let closingIndex = -1;
  for (const { device, opening, windows: own } of parts) {
    closingIndex += own.length;
    devices.push({ publicKey: fromHex(device.publicKey), opening, closingIndex });
  }
  const periodEnd = YEAR_2026 + 10 * DAY;
  const deductedWh = findings.reduce((sum, finding) => sum + finding.deductedWh, 0n);
  const head = { domain: world.domain, projectId: 1, number, periodStart: YEAR_2026, periodEnd };
  const content: BatchContent = { ...head, deductedWh, devices, windows, findings };
  const bytes = encodeBatch(content);
  const fileDigest = toHex(createHash('sha256').update(bytes).digest());
  const root = rootOf(await buildTree(joinLeaves(windows.map(({ headerHash }) => headerHash))));
  const closings = parts.map(({ device, windows: own }) => {
    const { headerBytes, signature } = own.at(-1) ?? assert.fail();
    return concat([device.publicKey, toHex(signature), toHex(headerBytes)]);
  });
  const submission = submissionOf(1, { periodEnd, deductedWh, root, fileDigest });
  await world.registryOf(world.actors.submitter).write.submit([submission, concat(closings)]);
  const batchId = 1_000_000n + BigInt(number);
  const record = await readChainRecord(world.reader, world.registry.address, batchId);
  return verifyBatch({ content: bytes, fileDigest, record, verifySignature });
}

async function creditedPlant() {
  const plant = await freshPlant();
  const { world, device } = plant;
  const [claim] = claimedBy(world, device);
  const opening = { sequence: 0, closedAt: YEAR_2026, exportWh: 0n, importWh: 0n };
  const hash = claimHashOf(fromHex(claim));
  const first = seal(world, device, opening, hash, [
    { at: YEAR_2026 + DAY / 2, exportWh: 20_000n },
    { at: YEAR_2026 + DAY, exportWh: 45_000n },
  ]);
  const result = await submitAndVerify(world, 1, [first]);
  assert.ok(result.verified && result.summary.exportedWh === 45_000n);
  return { ...plant, last: first.windows[1] ?? assert.fail() };
}

describe('batches over the life of a device, verified from file and chain', () => {
  it('opens a batch behind a replaced meter at its registers', async () => {
    const { world, device, last } = await creditedPlant();
    const given = { sequence: 2, exportWh: 800n, previousHash: last.headerHash };
    const { statement, args } = replacementOf(world, device, given);
    await world.registryOf(world.actors.validator).write.replaceMeter(args);
    const opening = { sequence: 2, closedAt: CHANGED_AT, exportWh: 800n, importWh: 0n };
    const part = seal(world, device, opening, sha256Of(statement), [
      { at: CHANGED_AT + 3_600, exportWh: 3_800n },
    ]);
    const result = await submitAndVerify(world, 2, [part]);
    assert.ok(result.verified, result.verified ? '' : result.failure.message);
    assert.equal(result.summary.creditableWh, 3_000n);
  });

  it('finds a gap of time behind the replacement, and demands that it is deducted', async () => {
    const { world, device } = await creditedPlant();
    const { statement, args } = replacementOf(world, device, { sequence: 2 });
    await world.registryOf(world.actors.validator).write.replaceMeter(args);
    const opening = { sequence: 2, closedAt: CHANGED_AT, exportWh: 0n, importWh: 0n };
    const late = { openedAt: CHANGED_AT + 60, at: CHANGED_AT + 3_600, exportWh: 500n };
    const part = seal(world, device, opening, sha256Of(statement), [late]);
    const missing = await submitAndVerify(world, 2, [part]);
    assert.ok(!missing.verified && missing.failure.code === 'FINDING_MISSING');
    const again = { ...opening, sequence: 3, closedAt: late.at, exportWh: 500n };
    const next = seal(world, device, again, part.windows[0]?.headerHash ?? assert.fail(), [
      { openedAt: late.at + 60, at: late.at + 900, exportWh: 700n },
    ]);
    const finding = {
      windowIndex: 0,
      readingIndex: 0,
      reason: 'TIME_GAP',
      deductedWh: 200n,
    } as const;
    const result = await submitAndVerify(world, 3, [next], [finding]);
    assert.ok(result.verified, result.verified ? '' : result.failure.message);
    assert.equal(result.summary.creditableWh, 0n);
  });

  it('credits both keys of a rotated device in one batch, each for its own time', async () => {
    const { world, device, last } = await creditedPlant();
    const { next, args, claim } = rotationOf(world, device);
    await world.registryOf(world.actors.owner).write.rotateDevice(args);
    const { sequence, closedAt, exportWh, importWh } = last.header;
    const old = seal(world, device, { sequence, closedAt, exportWh, importWh }, last.headerHash, [
      { at: CHANGED_AT - 1, exportWh: 50_000n },
    ]);
    const opening = { sequence: 0, closedAt: CHANGED_AT, exportWh: 0n, importWh: 0n };
    const successor = seal(world, next, opening, claimHashOf(fromHex(claim)), [
      { at: CHANGED_AT + 3_600, exportWh: 6_000n },
    ]);
    const result = await submitAndVerify(world, 2, [old, successor]);
    assert.ok(result.verified, result.verified ? '' : result.failure.message);
    assert.equal(result.summary.creditableWh, 11_000n);
  });
});
