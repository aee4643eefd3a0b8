import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ago,
  bytes,
  coordinates,
  count,
  date,
  dateTime,
  duration,
  energy,
  factor,
  fixedPoint,
  groupedDecimal,
  mass,
  parseTonnes,
  phrase,
  power,
  shortHex,
  startOfDay,
  tonnes,
  utcOffset,
} from './format.ts';

describe('numbers as text', () => {
  it('moves the decimal point and never rounds', () => {
    assert.equal(fixedPoint(1_234_567n, 3), '1,234.567');
    assert.equal(fixedPoint(7n, 6), '0.000007');
    assert.equal(fixedPoint(0n, 0), '0');
    assert.equal(fixedPoint(-1_500n, 3), '−1.500');
    assert.equal(fixedPoint(18_446_744_073_709_551_615n, 3), '18,446,744,073,709,551.615');
  });

  it('groups a decimal of a service, whatever its length', () => {
    assert.equal(groupedDecimal('123456789.123456'), '123,456,789.123456');
    assert.equal(groupedDecimal('-4107168717.7'), '−4,107,168,717.7');
    assert.equal(groupedDecimal('-100'), '−100');
    assert.equal(groupedDecimal('0'), '0');
  });

  it('takes a day for one that is typed to its end', () => {
    assert.equal(startOfDay('2026-01-02'), 1_767_312_000);
    for (const typed of ['', '2026-13-01', '0002-01-02', '0202-01-02'])
      assert.equal(startOfDay(typed), undefined, typed);
  });

  it('shows energy in a unit that keeps every watt-hour', () => {
    assert.deepEqual(energy(0n), { value: '0', unit: 'Wh' });
    assert.deepEqual(energy(999n), { value: '999', unit: 'Wh' });
    assert.deepEqual(energy(2_941_907n), { value: '2,941.907', unit: 'kWh' });
    assert.deepEqual(energy(123_456_789_012n), { value: '123,456.789012', unit: 'MWh' });
    assert.deepEqual(energy(-3_551n), { value: '−3.551', unit: 'kWh' });
  });

  it('shows mass in a unit that keeps every gram', () => {
    assert.deepEqual(mass(12n), { value: '12', unit: 'g CO₂e' });
    assert.deepEqual(mass(12_345n), { value: '12.345', unit: 'kg CO₂e' });
    assert.deepEqual(mass(1_034_301n), { value: '1.034301', unit: 't CO₂e' });
    assert.deepEqual(tonnes(1n), { value: '0.000001', unit: 't CO₂e' });
  });

  it('shows power, also when it flows the other way', () => {
    assert.deepEqual(power(0n), { value: '0.0', unit: 'W' });
    assert.deepEqual(power(4_321_987n), { value: '4.321', unit: 'kW' });
    assert.deepEqual(power(-21_500n), { value: '−21.5', unit: 'W' });
    assert.deepEqual(power(2_500_000_000n), { value: '2.500', unit: 'MW' });
  });

  it('shows a factor of 352,000 ug/Wh as 352 g/kWh', () => {
    assert.equal(phrase(factor(352_000n)), '352.000\u00a0g CO₂e/kWh');
  });

  it('groups counts', () => {
    assert.equal(count(10_000), '10,000');
    assert.equal(count(999n), '999');
  });

  it('shows sizes and durations', () => {
    assert.equal(phrase(bytes(999)), '999\u00a0B');
    assert.equal(phrase(bytes(1_234_567)), '1.23\u00a0MB');
    assert.equal(phrase(duration(1_234)), '1.23\u00a0s');
    assert.equal(phrase(duration(12.4)), '12\u00a0ms');
  });
});

describe('tonnes typed by a person', () => {
  it('become exact grams', () => {
    assert.equal(parseTonnes('1'), 1_000_000n);
    assert.equal(parseTonnes(' 0.000001 '), 1n);
    assert.equal(parseTonnes('1,234.5'), 1_234_500_000n);
    assert.equal(parseTonnes('2.'), 2_000_000n);
  });

  it('are refused when they could mean something else', () => {
    for (const input of ['', '1,5', '-1', '1e3', '.5', 'all', '1.0000001', '0', '0.000000']) {
      assert.equal(typeof parseTonnes(input), 'string', input);
    }
  });
});

describe('ids, times and places', () => {
  it('shortens only what is long', () => {
    assert.equal(shortHex('0x1234567890abcdef'), '0x1234…cdef');
    assert.equal(shortHex('0x12'), '0x12');
  });

  it('shows times in UTC and says so', () => {
    assert.equal(dateTime(1_735_689_600), '2025-01-01 00:00 UTC');
    assert.equal(dateTime(1_735_689_601), '2025-01-01 00:00:01 UTC');
    assert.equal(date(1_735_689_600), '2025-01-01');
  });

  it('says how long ago in one unit', () => {
    assert.equal(ago(100, 101), 'just now');
    assert.equal(ago(100, 99), 'just now');
    assert.equal(ago(100, 160), '60 s ago');
    assert.equal(ago(0, 600), '10 min ago');
    assert.equal(ago(0, 10_000), '2 h ago');
    assert.equal(ago(0, 864_000), '10 days ago');
  });

  it('shows a point on the earth and a fixed offset', () => {
    assert.equal(coordinates(34_050_000, -118_250_000), '34.050000° N, 118.250000° W');
    assert.equal(utcOffset(-330), 'UTC−05:30');
    assert.equal(utcOffset(0), 'UTC+00:00');
  });
});
