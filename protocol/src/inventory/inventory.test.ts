import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { toHex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { encodeInventoryLine, parseInventoryLine, type InventoryRecord } from './line.ts';
import { buildInventoryTree, inventoryLeafOf, verifyInventoryLine } from './root.ts';

const recordOf = (activityId: string, co2 = 5n, ch4 = 3n): InventoryRecord => ({
  activityId,
  biogenicCo2Ng: '0',
  category: 'stationary',
  co2eNg: String(co2 + ch4),
  date: '2024-06-30',
  engineVersion: '1',
  factors: ['epa-hub@2024/stationary/natural-gas/mmbtu'],
  gases: [
    ['CO2', 'scope', String(co2), String(co2)],
    ['CH4', 'scope', '', String(ch4)],
  ],
  gwpSet: 'AR5',
  method: 'stationary-combustion',
  otherGasesCo2eNg: '0',
  scope: '1',
  site: 'Köln "Süd"',
  supplier: '',
});

const saltOf = (byte: number) => toHex(new Uint8Array(32).fill(byte));
const rejectsCode = (code: string) => (error: unknown) =>
  error instanceof TonneError && error.code === code;

const records = fc
  .record({
    activityId: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    co2: fc.bigInt({ min: 0n, max: 10n ** 30n }),
    ch4: fc.bigInt({ min: 0n, max: 10n ** 30n }),
  })
  .map(({ activityId, co2, ch4 }) => recordOf(activityId, co2, ch4));

void test('a line has one text, and the text gives the line back', () => {
  fc.assert(
    fc.property(records, (record) => {
      assert.deepEqual(parseInventoryLine(encodeInventoryLine(record)), record);
    }),
  );
});

void test('another spelling of a line, a missing field, a wrong sum are refused', () => {
  const text = encodeInventoryLine(recordOf('a'));
  const wrong = [
    text.replace(',"category"', ', "category"'),
    text.replace('"co2eNg":"8"', '"co2eNg":8'),
    text.replace('"co2eNg":"8"', '"co2eNg":"9"'),
    text.replace('"co2eNg":"8"', '"co2eNg":"08"'),
    text.replace('"site":"Köln \\"Süd\\"",', ''),
    text.replace('{', '{"zone":"x",'),
    'null',
    '',
    '[]',
  ];
  for (const one of wrong) {
    assert.throws(() => parseInventoryLine(one), rejectsCode('INVENTORY_LINE_INVALID'), one);
  }
});

void test('every line is proven against the root, without the others, in whatever order they came', async () => {
  const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, index) => ({
    text: encodeInventoryLine(recordOf(id, BigInt(index))),
    salt: saltOf(index),
  }));
  const leaves = lines.map(({ text, salt }) => inventoryLeafOf(text, salt));
  const tree = await buildInventoryTree(leaves);
  const turned = await buildInventoryTree(leaves.toReversed());
  assert.equal(turned.root, tree.root);
  for (const [index, line] of lines.entries()) {
    const proof = tree.proofOf(leaves[index] ?? assert.fail());
    const record = await verifyInventoryLine({ ...line, proof }, tree.root);
    assert.equal(record.activityId, ['a', 'b', 'c', 'd', 'e', 'f', 'g'][index]);
    const forged = { ...line, text: line.text.replace('2024-06-30', '2024-07-30'), proof };
    await assert.rejects(
      verifyInventoryLine(forged, tree.root),
      rejectsCode('INVENTORY_PROOF_INVALID'),
    );
    await assert.rejects(
      verifyInventoryLine({ ...line, salt: saltOf(99), proof }, tree.root),
      rejectsCode('INVENTORY_PROOF_INVALID'),
    );
  }
});

void test('an empty inventory, a leaf twice and a short salt are refused', async () => {
  const leaf = inventoryLeafOf('{}', saltOf(1));
  await assert.rejects(buildInventoryTree([]), rejectsCode('INVENTORY_LINE_INVALID'));
  await assert.rejects(buildInventoryTree([leaf, leaf]), rejectsCode('INVENTORY_LINE_INVALID'));
  assert.throws(() => inventoryLeafOf('{}', '0x12'), rejectsCode('INVENTORY_LINE_INVALID'));
});
