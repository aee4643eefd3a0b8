import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  assertLowS,
  assertSucceeds,
  buildTree,
  claimHashOf,
  cidOf,
  createWebCryptoVerifier,
  creditBatchDown,
  decodeBatch,
  decodeClaim,
  decodeReading,
  deviceIdOf,
  domainOf,
  encodeReading,
  fromHex,
  joinLeaves,
  parseReadingJson,
  parseWindow,
  proofOf,
  rootOf,
  rootOfProof,
  toHex,
  TonneError,
  verifyBatchFile,
  type ChainRecord,
  type Hex,
} from '@truetonne/protocol';
import { makeVectors } from '../scripts/vectors/all.ts';
import { answerOf, hex } from '../test/vectors.ts';
import batch from './batch.json' with { type: 'json' };
import claims from './claims.json' with { type: 'json' };
import crediting from './crediting.json' with { type: 'json' };
import identity from './identity.json' with { type: 'json' };
import readings from './readings.json' with { type: 'json' };
import succession from './succession.json' with { type: 'json' };
import trees from './tree.json' with { type: 'json' };
import windows from './windows.json' with { type: 'json' };

const verify = createWebCryptoVerifier();

/** The last step of SPEC section 4: the signature of a device whose key is known. */
async function assertSigned(
  deviceId: Hex,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<void> {
  if (deviceIdOf(publicKey) !== deviceId) throw new TonneError('PUBLIC_KEY_MISMATCH');
  assertLowS(signature);
  if (!(await verify(publicKey, message, signature))) throw new TonneError('SIGNATURE_INVALID');
}

test('the files are what the generator writes, to the byte', async () => {
  for (const [name, text] of await makeVectors()) {
    assert.equal(readFileSync(join(import.meta.dirname, name), 'utf8'), text, name);
  }
});

for (const { name, chainId, registry, domain } of identity.domains) {
  test(`identity: domain of ${name}`, () => {
    assert.equal(domainOf(chainId, hex(registry)), domain);
  });
}

for (const { name, publicKey, deviceId } of identity.devices) {
  test(`identity: id of ${name}`, () => {
    assert.equal(deviceIdOf(fromHex(publicKey)), deviceId);
  });
}

for (const { name, sender, claim, publicKey, signature, expect } of claims.cases) {
  test(`claims: ${name}`, async () => {
    const answer = await answerOf(async () => {
      const bytes = fromHex(claim);
      const { domain, owner, deviceId } = decodeClaim(bytes);
      if (domain !== claims.domain) throw new TonneError('DOMAIN_MISMATCH');
      if (owner !== sender) throw new TonneError('NOT_DEVICE_OWNER');
      await assertSigned(deviceId, fromHex(publicKey), bytes, fromHex(signature));
    });
    assert.equal(answer, expect);
  });
}

for (const given of readings.cases) {
  test(`readings: ${given.name}`, async () => {
    const bytes = fromHex(given.bytes);
    assert.equal(await answerOf(() => decodeReading(bytes)), given.expect);
    if (!('reading' in given)) return;
    const { fields, exportWh, importWh, ...rest } = decodeReading(bytes);
    const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
    const decoded = { exportWh: String(exportWh), importWh: String(importWh), ...rest };
    assert.deepEqual({ ...decoded, fields: Object.fromEntries(texts) }, given.reading);
    assert.equal(toHex(encodeReading(decodeReading(bytes))), given.bytes);
  });
}

for (const given of readings.json) {
  test(`readings as JSON: ${given.name}`, async () => {
    const parse = () => parseReadingJson(given.json, hex(readings.deviceId), 'reading');
    assert.equal(await answerOf(parse), given.expect);
    if ('reading' in given) assert.equal(toHex(encodeReading(parse())), given.reading);
  });
}

for (const { name, publicKey, window, expect } of windows.cases) {
  test(`windows: ${name}`, async () => {
    const answer = await answerOf(async () => {
      const { header, headerBytes, signature } = parseWindow(fromHex(window), hex(windows.domain));
      await assertSigned(header.deviceId, fromHex(publicKey), headerBytes, signature);
    });
    assert.equal(answer, expect);
  });
}

test('windows: the first window of the claim names its hash', () => {
  const [first] = windows.cases;
  const { header } = parseWindow(fromHex(first?.window ?? ''), hex(windows.domain));
  assert.equal(header.previousHash, claimHashOf(fromHex(windows.claim)));
});

for (const { name, next, expect } of succession.cases) {
  test(`succession: ${name}`, async () => {
    const domain = hex(succession.domain);
    const before = parseWindow(fromHex(succession.previous), domain);
    const after = parseWindow(fromHex(next), domain);
    const { deviceId } = after.header;
    const publicKey = fromHex(succession.publicKey);
    await assertSigned(deviceId, publicKey, after.headerBytes, after.signature);
    const answer = await answerOf(() => {
      assertSucceeds(before, after);
    });
    assert.equal(answer, expect);
  });
}

for (const { name, leaves, root, proofs } of trees.trees) {
  test(`tree: ${name}`, async () => {
    const tree = await buildTree(joinLeaves(leaves.map(hex)));
    assert.equal(rootOf(tree), root);
    for (const [index, leaf] of leaves.entries()) {
      assert.deepEqual(proofOf(tree, index), proofs[index]);
      assert.equal(await rootOfProof(hex(leaf), (proofs[index] ?? []).map(hex)), root);
    }
  });
}

for (const { name, leaf, proof, root } of trees.wrongProofs) {
  test(`tree: ${name} does not lead to the root`, async () => {
    assert.notEqual(await rootOfProof(hex(leaf), proof.map(hex)), root);
  });
}

for (const given of crediting.cases) {
  test(`crediting: ${given.name}`, async () => {
    const credit = () =>
      creditBatchDown({
        exportedWh: BigInt(given.exportedWh),
        importedWh: BigInt(given.importedWh),
        deductedWh: BigInt(given.deductedWh),
        factorUgPerWh: BigInt(given.factorUgPerWh),
        carry: { deficitWh: BigInt(given.deficitWh), remainderUg: BigInt(given.remainderUg) },
      });
    assert.equal(await answerOf(credit), given.expect);
    if (given.expect !== 'valid') return;
    const { creditableWh, grams, carry } = credit();
    assert.equal(String(creditableWh), given.creditableWh);
    assert.equal(String(grams), given.grams);
    assert.equal(String(carry.deficitWh), given.closingDeficitWh);
    assert.equal(String(carry.remainderUg), given.closingRemainderUg);
  });
}

/** What the chain says of the batch, as `readChainRecord` would answer. */
function recordOf({ record }: typeof batch): ChainRecord {
  return {
    ...record,
    domain: hex(record.domain),
    batchId: BigInt(record.batchId),
    root: hex(record.root),
    fileDigest: hex(record.fileDigest),
    exportedWh: BigInt(record.exportedWh),
    importedWh: BigInt(record.importedWh),
    deductedWh: BigInt(record.deductedWh),
    creditableWh: BigInt(record.creditableWh),
    grams: BigInt(record.grams),
    factorUgPerWh: BigInt(record.factorUgPerWh),
    openingDeficitWh: BigInt(record.openingDeficitWh),
    openingRemainderUg: BigInt(record.openingRemainderUg),
    devices: record.devices.map((device) => ({
      ...device,
      deviceId: hex(device.deviceId),
      exportWh: BigInt(device.exportWh),
      importWh: BigInt(device.importWh),
      exportedWh: BigInt(device.exportedWh),
      importedWh: BigInt(device.importedWh),
      capacityW: BigInt(device.capacityW),
    })),
  };
}

test('batch: the file verifies and its sums are those worked out by hand', async () => {
  const file = fromHex(batch.file);
  const record = recordOf(batch);
  const result = await verifyBatchFile({ file, record, verifySignature: verify });
  assert.ok(result.verified, result.verified ? '' : result.failure.message);
  assert.equal(result.summary.windows, 14);
  assert.equal(result.summary.readings, 16);
  assert.equal(String(result.summary.grams), batch.record.grams);
  assert.equal(String(result.summary.deductedWh), batch.record.deductedWh);
  assert.equal(result.summary.root, batch.record.root);
});

test('batch: any gzip reads the file and its name is its hash', () => {
  const file = fromHex(batch.file);
  assert.equal(toHex(gunzipSync(file)), batch.content);
  assert.equal(toHex(createHash('sha256').update(file).digest()), batch.record.fileDigest);
  assert.equal(cidOf(hex(batch.record.fileDigest)), batch.cid);
});

test('batch: the findings are those of the file', () => {
  const { findings } = decodeBatch(fromHex(batch.content));
  const texts = findings.map((finding) => ({ ...finding, deductedWh: String(finding.deductedWh) }));
  assert.deepEqual(texts, batch.findings);
});
