import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OptionalFieldName, Reading } from '@truetonne/protocol';
import { findReadingReason } from './rules.ts';

function reading(field: OptionalFieldName, value: bigint): Reading {
  return { at: 1, exportWh: 0n, importWh: 0n, status: 0, fields: { [field]: value } };
}

describe('rules for a single reading', () => {
  const cases: readonly (readonly [OptionalFieldName, bigint, string | undefined])[] = [
    ['frequencyMhz', 44_999n, 'READING_OUT_OF_RANGE'],
    ['frequencyMhz', 45_000n, undefined],
    ['frequencyMhz', 65_000n, undefined],
    ['frequencyMhz', 65_001n, 'READING_OUT_OF_RANGE'],
    ['powerFactorE4', -10_000n, undefined],
    ['powerFactorE4', 10_001n, 'READING_OUT_OF_RANGE'],
    ['powerFactorE4', -10_001n, 'READING_OUT_OF_RANGE'],
    ['voltageMv', 0n, undefined],
    ['voltageMv', -1n, 'READING_OUT_OF_RANGE'],
    ['irradianceMwM2', -20_000n, undefined],
    ['irradianceMwM2', -20_001n, 'READING_OUT_OF_RANGE'],
    ['irradianceMwM2', 2_000_001n, 'READING_OUT_OF_RANGE'],
    ['ambientMc', -60_001n, 'READING_OUT_OF_RANGE'],
    ['ambientMc', 80_000n, undefined],
    ['ambientMc', -999_000n, 'SENTINEL_VALUE'],
    ['irradianceMwM2', -9_999_000n, 'SENTINEL_VALUE'],
    ['voltageMv', 65_535_000n, 'SENTINEL_VALUE'],
    ['activePowerMw', -999_000_000n, 'SENTINEL_VALUE'],
    ['activePowerMw', -2_860n, undefined],
    ['powerFactorE4', -9_990_000n, 'SENTINEL_VALUE'],
    ['signalDbm', -999n, undefined],
    ['batteryMv', -999_000n, undefined],
  ];
  for (const [field, value, reason] of cases) {
    it(`${field} = ${value} is ${reason ?? 'fine'}`, () => {
      assert.equal(findReadingReason(reading(field, value)), reason);
    });
  }

  it('a reading without optional fields is fine', () => {
    assert.equal(
      findReadingReason({ at: 1, exportWh: 0n, importWh: 0n, status: 0, fields: {} }),
      undefined,
    );
  });
});
