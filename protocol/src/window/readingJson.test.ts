import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TonneError } from '../errors/tonneError.ts';
import { parseDecimal, parseReadingJson } from './readingJson.ts';
import { hasCode, NO_HASH } from '../../test/samples.ts';

/** An integer with the point moved `decimals` places, as a device writes it. */
function withPoint(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${value < 0n ? '-' : ''}${whole}${fraction}`;
}

test('a decimal text is taken exactly, whatever its size', () => {
  const given = fc.tuple(fc.bigInt(-(10n ** 29n), 10n ** 29n), fc.nat(9));
  fc.assert(
    fc.property(given, ([value, decimals]) => {
      assert.equal(parseDecimal(withPoint(value, decimals), decimals, 'x'), value);
    }),
  );
});

test('a JSON number is taken as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), (thousandths) => {
      const number: unknown = JSON.parse(withPoint(BigInt(thousandths), 3));
      assert.equal(parseDecimal(number, 3, 'x'), BigInt(thousandths));
    }),
  );
});

test('a decimal too many is refused, never rounded', () => {
  const given = fc.tuple(fc.bigInt(), fc.nat(8), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(given, ([value, decimals, digit]) => {
      const text = `${withPoint(value, decimals)}${decimals === 0 ? '.' : ''}${digit}`;
      assert.throws(() => parseDecimal(text, decimals, 'x'), hasCode('VALUE_NOT_EXACT'));
    }),
  );
});

test('what is not a plain decimal is refused', () => {
  const values = ['', ' 1', '1 ', '+1', '1.', '.5', '1e3', '0x10', '1,5', 'NaN', 'Infinity', '--1'];
  for (const value of [...values, NaN, Infinity, 1e21, 1e-7, 0.1 + 0.2, true, null, [], {}]) {
    assert.throws(() => parseDecimal(value, 6, 'x'), hasCode('VALUE_NOT_EXACT'));
  }
});

test('the error names the field and the value', () => {
  const json = { timestamp: 1, total_energy_kwh: 1, imported_energy_kwh: 0, voltage: 230.12345 };
  assert.throws(() => parseReadingJson(json, NO_HASH, 'readings[3]'), {
    message: /readings\[3\]\.voltage = 230\.12345.*at most 3 decimals/,
  });
});

test('any JSON is a reading or a code of the catalogue, never another error', () => {
  const plausible = fc.record(
    {
      timestamp: fc.oneof(fc.integer(), fc.string(), fc.jsonValue()),
      total_energy_kwh: fc.oneof(fc.double(), fc.jsonValue()),
      imported_energy_kwh: fc.oneof(fc.integer(), fc.jsonValue()),
      system_status: fc.jsonValue(),
      firmware_version: fc.oneof(fc.string(), fc.jsonValue()),
      voltage: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), plausible), (json) => {
      try {
        parseReadingJson(json, NO_HASH, 'x');
      } catch (error) {
        assert.ok(error instanceof TonneError, String(error));
      }
    }),
    { numRuns: 1_000 },
  );
});
