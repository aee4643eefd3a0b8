import assert from 'node:assert/strict';

import { concat, hexToBigInt, isHex, slice, type Hex } from 'viem';

import batch from '../../device-signer/vectors/batch.json' with { type: 'json' };
import claims from '../../device-signer/vectors/claims.json' with { type: 'json' };
import crediting from '../../device-signer/vectors/crediting.json' with { type: 'json' };
import readings from '../../device-signer/vectors/readings.json' with { type: 'json' };
import succession from '../../device-signer/vectors/succession.json' with { type: 'json' };
import trees from '../../device-signer/vectors/tree.json' with { type: 'json' };
import windows from '../../device-signer/vectors/windows.json' with { type: 'json' };
import { decodeBatch, deviceIdOf, fromHex, toErrorCode } from '../../protocol/src/index.ts';
import { advancesIn } from './support/advances.ts';
import { cutClosing, openHarness } from './support/harness.ts';
import { findRefusal } from './support/refusal.ts';
import { FILE_DIGEST, ROOT } from './support/world.ts';

const harness = await openHarness(hex(windows.domain));
const { registry, libraries, account } = harness;

const PROJECT = 7;
const MAX_UINT32 = 2 ** 32 - 1;
const MAX_UINT40 = 2 ** 40 - 1;

function hex(text: string): Hex {
  assert.ok(isHex(text));
  return text;
}

/** `accepts`, or the catalogue's code of the custom error that a call is refused with. */
async function answerOf(call: Promise<unknown>): Promise<string> {
  const refusal = await findRefusal(call);
  return refusal === undefined ? 'accepts' : (toErrorCode(refusal.name) ?? refusal.name);
}

/** What a device slot holds. */
interface Opening {
  readonly sequence: number;
  readonly closedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

const NEW_PROJECT = { factorUgPerWh: 352_000, batchCount: 0, deficitWh: 0n, remainderUg: 0 };

const CLAIMED: Opening = {
  sequence: 0,
  closedAt: 1_700_000_000,
  exportWh: 1_000n,
  importWh: 10n,
};

/** Answers a closing that deducts everything, so that nothing but the window itself is judged. */
async function submitAfter(opening: Opening, closing: Hex): Promise<string> {
  const header = slice(closing, 128);
  await harness.putProject(PROJECT, NEW_PROJECT);
  const device = { projectId: PROJECT, capacityW: MAX_UINT32, ...opening };
  await harness.putDevice(slice(header, 36, 68), device);
  const exportedWh = hexToBigInt(slice(header, 92, 100)) - opening.exportWh;
  const deductedWh = exportedWh > 0n && exportedWh < 2n ** 56n ? exportedWh : 0n;
  const submission = {
    projectId: PROJECT,
    deductedWh,
    periodStart: 0,
    periodEnd: MAX_UINT40,
    root: ROOT,
    fileDigest: FILE_DIGEST,
  };
  return answerOf(registry.simulate.submit([submission, closing], { account }));
}

describe('vectors', () => {
  let restore: Awaited<ReturnType<typeof harness.snapshot>>;
  beforeEach(async () => {
    restore = await harness.snapshot();
  });
  afterEach(() => restore.restore());

  for (const { name, sender, claim, publicKey, signature, contract } of claims.cases) {
    it(`claims: ${name}`, async () => {
      const call = registry.simulate.claimDevice([hex(claim), hex(publicKey), hex(signature)], {
        account: hex(sender),
      });
      assert.equal(await answerOf(call), contract);
    });
  }

  for (const { name, publicKey, window, ...expected } of windows.cases) {
    if (!('contract' in expected)) continue;
    it(`windows: ${name}`, async () => {
      const closing = cutClosing(hex(publicKey), hex(window));
      assert.equal(await submitAfter(CLAIMED, closing), expected.contract);
    });
  }

  for (const { name, next, contract } of succession.cases) {
    it(`succession: ${name}`, async () => {
      const header = hex(succession.previous);
      const opening = {
        sequence: Number(slice(header, 68, 76)),
        closedAt: Number(slice(header, 84, 92)),
        exportWh: hexToBigInt(slice(header, 92, 100)),
        importWh: hexToBigInt(slice(header, 100, 108)),
      };
      const closing = cutClosing(hex(succession.publicKey), hex(next));
      assert.equal(await submitAfter(opening, closing), contract);
    });
  }

  for (const given of readings.cases) {
    if (!('reading' in given)) continue;
    it(`readings: ${given.name}`, async () => {
      const { readAt, exportWh, importWh, status, present, ...rest } =
        await libraries.read.decodeReading([hex(given.bytes), 0n]);
      const { fields, ...expected } = given.reading ?? assert.fail();
      // The vectors give all fields of 4 bytes as i32; firmware is a u32 of the same bits.
      const signed = { ...rest, firmware: rest.firmware | 0 };
      assert.deepEqual(
        { at: Number(readAt), status, exportWh: String(exportWh), importWh: String(importWh) },
        expected,
      );
      const measured = Object.entries(signed).filter((_, bit) => ((present >>> bit) & 1) === 1);
      const texts = measured.map(([field, value]) => [field, String(value)] as const);
      assert.deepEqual(Object.fromEntries(texts), fields);
    });
  }

  for (const { name, leaves, root, proofs } of trees.trees) {
    it(`tree: ${name}`, async () => {
      for (const [index, leaf] of leaves.entries()) {
        const proof = (proofs[index] ?? assert.fail()).map(hex);
        assert.equal(await libraries.read.verifyProof([proof, hex(root), hex(leaf)]), true);
      }
    });
  }

  for (const { name, leaf, proof, root } of trees.wrongProofs) {
    it(`tree: ${name}`, async () => {
      const verified = libraries.read.verifyProof([proof.map(hex), hex(root), hex(leaf)]);
      assert.equal(await verified, false);
    });
  }

  for (const given of crediting.cases) {
    // More deducted than exported: refused before the formula; submitRefusesCallers.test.ts has it.
    if (given.creditableWh === undefined) continue;
    it(`crediting: ${given.name}`, async () => {
      const [creditableWh, grams, closing] = await libraries.read.creditDown([
        {
          exportedWh: BigInt(given.exportedWh),
          importedWh: BigInt(given.importedWh),
          deductedWh: BigInt(given.deductedWh),
        },
        BigInt(given.factorUgPerWh),
        { deficitWh: BigInt(given.deficitWh), remainderUg: BigInt(given.remainderUg) },
      ]);
      assert.deepEqual([creditableWh, grams, closing.deficitWh, closing.remainderUg].map(String), [
        given.creditableWh,
        given.grams,
        given.closingDeficitWh,
        given.closingRemainderUg,
      ]);
    });
  }

  it('batch: the contract computes what the record says', async () => {
    const { record } = batch;
    const { devices } = decodeBatch(fromHex(batch.content));
    const { projectId } = record;
    await harness.putProject(projectId, {
      factorUgPerWh: Number(record.factorUgPerWh),
      batchCount: record.number - 1,
      deficitWh: BigInt(record.openingDeficitWh),
      remainderUg: Number(record.openingRemainderUg),
    });
    for (const [index, { publicKey, opening }] of devices.entries()) {
      const { capacityW } = record.devices[index] ?? assert.fail();
      const device = { projectId, capacityW: Number(capacityW), ...opening };
      await harness.putDevice(deviceIdOf(publicKey), device);
    }
    const submission = {
      projectId: record.projectId,
      deductedWh: BigInt(record.deductedWh),
      periodStart: record.periodStart,
      periodEnd: record.periodEnd,
      root: hex(record.root),
      fileDigest: hex(record.fileDigest),
    };
    await registry.write.submit([submission, concat([hex(batch.closings)])]);

    const [event] = await registry.getEvents.BatchSubmitted();
    for (const [field, value] of Object.entries(event?.args ?? assert.fail())) {
      assert.equal(String(value), String(Reflect.get(record, field)), field);
    }
    const advances = advancesIn(await registry.getEvents.DeviceAdvanced());
    assert.deepEqual(
      advances.map(({ deviceId, opening, closing, ...energy }) => {
        return [
          deviceId,
          String(energy.exportedWh),
          String(energy.importedWh),
          opening.sequence,
          opening.closedAt,
          closing.sequence,
          String(closing.capacityW),
        ];
      }),
      record.devices.map((device) => [
        device.deviceId,
        device.exportedWh,
        device.importedWh,
        device.openingSequence,
        device.openingClosedAt,
        device.sequence,
        device.capacityW,
      ]),
    );
    const { deficitWh, remainderUg } = await registry.read.project([record.projectId]);
    assert.deepEqual(
      [String(deficitWh), String(remainderUg)],
      [record.closingDeficitWh, record.closingRemainderUg],
    );
  });
});
