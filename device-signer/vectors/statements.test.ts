import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createWebCryptoVerifier,
  encodeMeterReplacement,
  encodeRegistrationRecords,
  encodeRotation,
  fromHex,
  parseRegistrationFile,
  toHex,
  verifyEquivocation,
  verifyMeterReplacement,
  verifyRegistration,
  verifyRotation,
} from '@truetonne/protocol';
import { answerOf, hex } from '../test/vectors.ts';
import identity from './identity.json' with { type: 'json' };
import statements from './statements.json' with { type: 'json' };

const verify = createWebCryptoVerifier();

/** A statement as the checks of SPEC section 9 take it. */
function signedOf(given: { statement: string; publicKey: string; signature: string }) {
  return {
    bytes: fromHex(given.statement),
    publicKey: fromHex(given.publicKey),
    signature: fromHex(given.signature),
  };
}

for (const given of statements.rotations) {
  test(`rotations: ${given.name}`, async () => {
    const check = () => verifyRotation(signedOf(given), hex(statements.domain), verify);
    assert.equal(await answerOf(check), given.expect);
    if (!('rotation' in given)) return;
    const rotation = await check();
    assert.deepEqual(rotation, { ...given.rotation, domain: statements.domain });
    assert.equal(toHex(encodeRotation(rotation)), given.statement);
  });
}

for (const given of statements.meterReplacements) {
  test(`meter replacements: ${given.name}`, async () => {
    const check = () => verifyMeterReplacement(signedOf(given), hex(statements.domain), verify);
    assert.equal(await answerOf(check), given.expect);
    if (!('replacement' in given)) return;
    const { domain, exportWh, importWh, ...rest } = await check();
    const texts = { exportWh: String(exportWh), importWh: String(importWh) };
    assert.deepEqual({ ...rest, ...texts }, given.replacement);
    const packed = encodeMeterReplacement({ domain, exportWh, importWh, ...rest });
    assert.equal(toHex(packed), given.statement);
  });
}

for (const { name, expect, ...texts } of statements.equivocations) {
  test(`equivocations: ${name}`, async () => {
    const proof = {
      publicKey: fromHex(texts.publicKey),
      headerA: fromHex(texts.headerA),
      signatureA: fromHex(texts.signatureA),
      headerB: fromHex(texts.headerB),
      signatureB: fromHex(texts.signatureB),
    };
    const check = () => verifyEquivocation(proof, hex(statements.domain), verify);
    assert.equal(await answerOf(check), expect);
    if (expect === 'valid') assert.equal((await check()).deviceId, identity.devices[0]?.deviceId);
  });
}

for (const given of statements.registrations) {
  test(`registrations: ${given.name}`, async () => {
    const place = { domain: hex(statements.domain), owner: hex(statements.owner) };
    const parse = () => parseRegistrationFile(fromHex(given.records));
    const answer = await answerOf(async () => {
      for (const record of parse()) await verifyRegistration(record, place, verify);
    });
    assert.equal(answer, given.expect);
    if (!('devices' in given)) return;
    const parsed = parse().map(({ claim, capacityW }) => ({ deviceId: claim.deviceId, capacityW }));
    assert.deepEqual(parsed, given.devices);
    assert.equal(toHex(encodeRegistrationRecords(parse())), given.records);
  });
}
