import assert from 'node:assert/strict';

import { concat, getAddress, slice, type Hex } from 'viem';

import {
  buildTree,
  decodeReading,
  draftWindow,
  encodeReading,
  fromHex,
  joinLeaves,
  proofOf,
  rootOf,
  toHex,
  type Reading,
} from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { patched, sha256Of } from './support/device.ts';
import { assertReadingsRefused } from './support/refusal.ts';
import { close, DAY, submissionOf, YEAR_2026, type World } from './support/world.ts';

const { freshPlant, freshWorld } = await openChain();

const BATCH_ID = 1_000_001n;
const READINGS = 3;
const WINDOWS = 5;

/** A reading with every field measured, half of them negative. */
function readingOf(at: number, exportWh: bigint): Reading {
  const bytes = new Uint8Array(88);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(at));
  view.setBigUint64(8, exportWh);
  view.setBigUint64(16, 7n);
  view.setUint32(24, 0xfff);
  view.setUint32(28, 260);
  view.setBigInt64(32, -5_000_000_000n);
  view.setBigInt64(40, 6_000_000_000n);
  [230_100, -21_700, 50_020, -9_970, -12_500, 812_000, 9_650, 3_300, -71].forEach((value, index) =>
    view.setInt32(48 + 4 * index, value),
  );
  view.setUint32(84, 0x01_02_03);
  return decodeReading(bytes);
}

/** A batch of five windows with three readings each, and everything that proves one of them. */
async function freshBatch() {
  const { world, device } = await freshPlant();
  const windows = Array.from({ length: WINDOWS }, (_, window) => {
    const openedAt = YEAR_2026 + window * 900;
    const readings = Array.from({ length: READINGS }, (__, index) =>
      readingOf(openedAt + 300 * (index + 1), BigInt(100 * window + 10 * index)),
    );
    const { headerBytes, readingsBytes } = draftWindow({
      domain: world.domain,
      deviceId: device.id,
      sequence: window + 1,
      openedAt,
      flags: 0,
      previousHash: sha256Of('0x'),
      readings,
    });
    return { header: toHex(headerBytes), readings: toHex(readingsBytes) };
  });
  const tree = await buildTree(joinLeaves(windows.map(({ header }) => sha256Of(header))));
  await submitRoot(world, rootOf(tree), close(world, device, { closedAt: YEAR_2026 + DAY }));
  return { world, windows, proof: (index: number) => proofOf(tree, index) };
}

async function submitRoot(world: World, root: Hex, closing: Hex) {
  const registry = world.registryOf(world.actors.submitter);
  await registry.write.submit([submissionOf(1, { root }), closing]);
}

describe('readingAt', () => {
  it('gives every reading of every window, field by field', async () => {
    const { world, windows, proof } = await freshBatch();
    for (const [window, { header, readings }] of windows.entries()) {
      for (let index = 0; index < READINGS; index++) {
        const { readAt, ...rest } = await world.readings.read.readingAt([
          BATCH_ID,
          header,
          readings,
          BigInt(index),
          proof(window),
        ]);
        const bytes = fromHex(slice(readings, 88 * index, 88 * (index + 1)));
        assert.deepEqual(toHex(bytes), toHex(encodeReading(decodeReading(bytes))));
        const view = new DataView(bytes.buffer);
        assert.deepEqual(
          [BigInt(readAt), ...Object.values(rest).map(BigInt)],
          [
            view.getBigUint64(0),
            view.getBigUint64(8),
            view.getBigUint64(16),
            BigInt(view.getUint32(24)),
            BigInt(view.getUint32(28)),
            view.getBigInt64(32),
            view.getBigInt64(40),
            ...Array.from({ length: 9 }, (_, field) => BigInt(view.getInt32(48 + 4 * field))),
            BigInt(view.getUint32(84)),
          ],
        );
      }
    }
  });

  it('takes the only window of a batch without a proof', async () => {
    const { world, device } = await freshPlant();
    const { headerBytes, readingsBytes } = draftWindow({
      domain: world.domain,
      deviceId: device.id,
      sequence: 1,
      openedAt: YEAR_2026,
      flags: 0,
      previousHash: sha256Of('0x'),
      readings: [readingOf(YEAR_2026 + 900, 4n)],
    });
    const header = toHex(headerBytes);
    const closing = concat([device.publicKey, device.sign(header), header]);
    await submitRoot(world, sha256Of(header), closing);
    const reading = await world.readings.read.readingAt([
      BATCH_ID,
      header,
      toHex(readingsBytes),
      0n,
      [],
    ]);
    assert.equal(reading.exportWh, 4n);
  });

  it('refuses an unknown batch', async () => {
    const { world, windows, proof } = await freshBatch();
    const { header, readings } = windows[0] ?? assert.fail();
    await assertReadingsRefused(
      world.readings.read.readingAt([1_000_002n, header, readings, 0n, proof(0)]),
      'BatchUnknown',
      [1_000_002n],
    );
  });

  it('refuses a header of another length', async () => {
    const { world, windows, proof } = await freshBatch();
    const { header, readings } = windows[0] ?? assert.fail();
    for (const [bytes, length] of [
      [slice(header, 0, 175), 175n],
      [concat([header, '0x00']), 177n],
    ] as const) {
      await assertReadingsRefused(
        world.readings.read.readingAt([BATCH_ID, bytes, readings, 0n, proof(0)]),
        'WindowTruncated',
        [length, 176n],
      );
    }
  });

  it('refuses a header that is not in the batch, or with the proof of another', async () => {
    const { world, windows, proof } = await freshBatch();
    const { header, readings } = windows[0] ?? assert.fail();
    const altered = patched(header, 175, '0x5a');
    await assertReadingsRefused(
      world.readings.read.readingAt([BATCH_ID, altered, readings, 0n, proof(0)]),
      'NotInBatch',
      [BATCH_ID, sha256Of(altered)],
    );
    await assertReadingsRefused(
      world.readings.read.readingAt([BATCH_ID, header, readings, 0n, proof(1)]),
      'NotInBatch',
      [BATCH_ID, sha256Of(header)],
    );
  });

  it('tells which registry it reads', async () => {
    const world = await freshWorld();
    assert.equal(await world.readings.read.registry(), getAddress(world.contracts.registry));
  });

  it('refuses a header of another registry or that is not well-formed', async () => {
    const { world, windows, proof } = await freshBatch();
    const { header, readings } = windows[0] ?? assert.fail();
    const elsewhere = patched(header, 4, sha256Of('0x'));
    await assertReadingsRefused(
      world.readings.read.readingAt([BATCH_ID, elsewhere, readings, 0n, proof(0)]),
      'DomainMismatch',
      [sha256Of('0x'), world.domain],
    );
    await assertReadingsRefused(
      world.readings.read.readingAt([
        BATCH_ID,
        patched(header, 0, '0x00000000'),
        readings,
        0n,
        proof(0),
      ]),
      'VersionUnknown',
      ['0x00000000'],
    );
    const closedAt = BigInt(YEAR_2026 + 900);
    await assertReadingsRefused(
      world.readings.read.readingAt([
        BATCH_ID,
        patched(header, 76, `0x${closedAt.toString(16).padStart(16, '0')}`),
        readings,
        0n,
        proof(0),
      ]),
      'TimeOrder',
      [closedAt, closedAt],
    );
  });

  it('refuses readings that are not those of the header', async () => {
    const { world, windows, proof } = await freshBatch();
    const { header, readings } = windows[0] ?? assert.fail();
    const altered = patched(readings, 100, '0x01');
    await assertReadingsRefused(
      world.readings.read.readingAt([BATCH_ID, header, altered, 0n, proof(0)]),
      'ReadingsHashMismatch',
      [sha256Of(altered), sha256Of(readings)],
    );
    for (const [bytes, length] of [
      [slice(readings, 0, 176), 176n],
      [concat([readings, '0x00']), 265n],
    ] as const) {
      await assertReadingsRefused(
        world.readings.read.readingAt([BATCH_ID, header, bytes, 0n, proof(0)]),
        'CountMismatch',
        [length, 264n],
      );
    }
  });

  it('refuses an index that the window does not have', async () => {
    const { world, windows, proof } = await freshBatch();
    const { header, readings } = windows[0] ?? assert.fail();
    for (const index of [3n, 2n ** 256n - 1n]) {
      await assertReadingsRefused(
        world.readings.read.readingAt([BATCH_ID, header, readings, index, proof(0)]),
        'ReadingUnknown',
        [index, 3n],
      );
    }
  });
});
