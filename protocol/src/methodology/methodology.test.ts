import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasCode } from '../../test/samples.ts';
import {
  certifyDown,
  compareMethodologies,
  creditBatchDown,
  creditUnderDown,
  getFactorDown,
  lowerByPermissibleError,
  parseMethodology,
  parseRatio,
  type GridFactors,
} from '../index.ts';

const FOLDER = join(import.meta.dirname, '../../../data/methodologies');
const documents = new Map(
  readdirSync(FOLDER).map((name): [string, unknown] => [
    name,
    JSON.parse(readFileSync(join(FOLDER, name), 'utf8')),
  ]),
);
const nothingKnown: GridFactors = {
  country: 'AL',
  ifiFirm: undefined,
  ifiIntermittent: undefined,
  operatingMargin: undefined,
  buildMargin: undefined,
};
const energy = fc.bigInt({ min: 0n, max: 10n ** 15n });

function versionOf(name: string) {
  return parseMethodology(documents.get(name));
}

test('every parameter file can be read, and none bears the CCP label', () => {
  assert.ok(documents.size >= 4);
  for (const document of documents.values())
    assert.equal(parseMethodology(document).icvcmCcp, false);
  assert.equal(versionOf('user-fixed-081-v1.json').status, 'configuration');
});

test('a combined margin of zero is a value, one that is not known an error that names it', () => {
  const { emissionFactor } = versionOf('gccm001-v4.json');
  assert.equal(getFactorDown(emissionFactor, { ...nothingKnown, ifiIntermittent: 0n }), 0n);
  assert.throws(() => getFactorDown(emissionFactor, nothingKnown), hasCode('FACTOR_MISSING'));
  assert.throws(() => getFactorDown(emissionFactor, nothingKnown), /intermittent.*AL/);
});

test('TOOL07 weights the margins of a solar plant three to one', () => {
  const grid = {
    ...nothingKnown,
    operatingMargin: parseRatio('964.6', 'om'),
    buildMargin: parseRatio('511.9', 'bm'),
  };
  for (const name of ['ams-i-d-v18.json', 'acm0002-v20.json'])
    assert.equal(getFactorDown(versionOf(name).emissionFactor, grid), 851_425n);
});

test('a version that lacks a parameter is refused with its path', () => {
  const broken = { ...(documents.get('gccm001-v4.json') as object), calculation: {} };
  assert.throws(() => parseMethodology(broken), /calculation\.exportShare/);
});

test('an export share above one is refused: a version can only lower a credit', () => {
  const document = JSON.parse(JSON.stringify(documents.get('gccm001-v4.json'))) as {
    calculation: { exportShare: { value: string } };
  };
  document.calculation.exportShare.value = '1.01';
  assert.throws(() => parseMethodology(document), /only lowered/);
});

test('with a share of one a version credits what the chain credits', () => {
  fc.assert(
    fc.property(energy, energy, energy, (exportedWh, importedWh, cut) => {
      const deductedWh = cut > exportedWh ? exportedWh : cut;
      const carry = { deficitWh: 0n, remainderUg: 5n };
      const input = { exportedWh, importedWh, deductedWh, factorUgPerWh: 352_000n, carry };
      const { shareWh, ...credited } = creditUnderDown(versionOf('gccm001-v4.json'), input);
      assert.equal(shareWh, 0n);
      assert.deepEqual(credited, creditBatchDown(input));
    }),
  );
});

test('a share below one never credits more than exactly that share', () => {
  const version = versionOf('user-fixed-081-v1.json');
  fc.assert(
    fc.property(energy, (exportedWh) => {
      const { creditableWh } = creditUnderDown(version, {
        ...{ exportedWh, importedWh: 0n, deductedWh: 0n, factorUgPerWh: 810_000n },
        carry: { deficitWh: 0n, remainderUg: 0n },
      });
      assert.ok(creditableWh * 100n <= exportedWh * 98n);
      assert.ok((creditableWh + 1n) * 100n > exportedWh * 98n);
    }),
  );
});

test('an overdue calibration lowers the export and raises the import, rounded to the safe side', () => {
  const error = parseRatio('0.005', 'error');
  const metered = { exportWh: 1_001n, importWh: 1_001n };
  assert.deepEqual(lowerByPermissibleError(metered, error), { exportWh: 995n, importWh: 1_007n });
});

test('certified tonnes and the carried rest are the grams of all batches', () => {
  fc.assert(
    fc.property(fc.array(energy, { maxLength: 20 }), (batches) => {
      let carriedGrams = 0n;
      let tonnes = 0n;
      for (const grams of batches) {
        const certified = certifyDown(grams, carriedGrams);
        ({ carriedGrams } = certified);
        tonnes += certified.tonnes;
        assert.ok(carriedGrams < 1_000_000n);
      }
      const all = batches.reduce((sum, grams) => sum + grams, 0n);
      assert.equal(tonnes * 1_000_000n + carriedGrams, all);
    }),
  );
});

test('a difference names path, both values and where each comes from', () => {
  const from = { a: { value: '1', source: 'old, 3.1' }, same: 4, gone: true };
  const to = { a: { value: '2', source: 'new, 3.2' }, same: 4, list: [1, 2] };
  assert.deepEqual(compareMethodologies(from, to), [
    { path: 'a.value', from: '1', to: '2', fromSource: 'old, 3.1', toSource: 'new, 3.2' },
    { path: 'gone', from: 'true', to: undefined, fromSource: undefined, toSource: undefined },
    { path: 'list', from: undefined, to: '[1,2]', fromSource: undefined, toSource: undefined },
  ]);
  assert.deepEqual(compareMethodologies(from, from), []);
});
