import assert from 'node:assert/strict';

import { isHex, type Hex } from 'viem';

import statements from '../../device-signer/vectors/statements.json' with { type: 'json' };
import identity from '../../device-signer/vectors/identity.json' with { type: 'json' };
import { toErrorCode } from '../../protocol/src/index.ts';
import { LATE, openHarness } from './support/harness.ts';
import { findRefusal } from './support/refusal.ts';

const harness = await openHarness(hex(statements.domain), LATE);
const { registry, account } = harness;

const PROJECT = 7;
const PLANT_W = 2 ** 32 - 1;
const VALIDATOR: Hex = '0x00000000000000000000000000000000000000a1';
const owner = hex(statements.owner);

function hex(text: string): Hex {
  assert.ok(isHex(text));
  return text;
}

/** `accepts`, or the catalogue's code of the custom error that a call is refused with. */
async function answerOf(call: Promise<unknown>): Promise<string> {
  const refusal = await findRefusal(call);
  return refusal === undefined ? 'accepts' : (toErrorCode(refusal.name) ?? refusal.name);
}

/** A project of the vectors' owner, with the vectors' device in it at its slot. */
async function prepare(): Promise<void> {
  const empty = { batchCount: 0, deficitWh: 0n, remainderUg: 0 };
  const { sequence, closedAt, exportWh, importWh, capacityW } = statements.slot;
  const plant = { owner, plantW: PLANT_W, boundW: capacityW };
  await harness.putProject(PROJECT, { ...empty, ...plant, factorUgPerWh: 1 });
  const [device] = identity.devices;
  await harness.putDevice(hex(device?.deviceId ?? ''), {
    projectId: PROJECT,
    capacityW,
    sequence,
    closedAt,
    exportWh: BigInt(exportWh),
    importWh: BigInt(importWh),
  });
  await registry.write.accredit([VALIDATOR, 2 ** 40 - 1]);
}

describe('vectors of statements', () => {
  before(prepare);

  for (const given of statements.rotations) {
    it(`rotations: ${given.name}`, async () => {
      const { statement, publicKey, signature, claim, claimKey, claimSignature } = given;
      const texts = [statement, publicKey, signature, claim, claimKey, claimSignature] as const;
      const [a, b, c, d, e, f] = texts;
      const args = [hex(a), hex(b), hex(c), hex(d), hex(e), hex(f)] as const;
      const call = registry.simulate.rotateDevice(args, { account: owner });
      assert.equal(await answerOf(call), given.contract);
    });
  }

  for (const { name, statement, publicKey, signature, contract } of statements.meterReplacements) {
    it(`meter replacements: ${name}`, async () => {
      const args = [hex(statement), hex(publicKey), hex(signature)] as const;
      const call = registry.simulate.replaceMeter(args, { account: VALIDATOR });
      assert.equal(await answerOf(call), contract);
    });
  }

  for (const { name, contract, ...given } of statements.equivocations) {
    it(`equivocations: ${name}`, async () => {
      const { publicKey, headerA, signatureA, headerB, signatureB } = given;
      const windows = [headerA, signatureA, headerB, signatureB] as const;
      const [a, b, c, d] = windows;
      const args = [hex(publicKey), hex(a), hex(b), hex(c), hex(d)] as const;
      assert.equal(await answerOf(registry.simulate.freezeDevice(args, { account })), contract);
    });
  }

  for (const { name, records, contract } of statements.registrations) {
    it(`registrations: ${name}`, async () => {
      const args = [PROJECT, hex(records)] as const;
      const call = registry.simulate.registerDevices(args, { account: owner });
      assert.equal(await answerOf(call), contract);
    });
  }
});
