import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSandiaDay } from './sandia.ts';

const MIDNIGHT = Date.parse('2025-11-10T00:00:00-07:00') / 1000;
const NOON = MIDNIGHT + 12 * 3600;
const DAY = 86_400;
const sys1 = readSandiaDay('Sys1');
const sys2 = readSandiaDay('Sys2');

test('every electrical field of a minute is rounded once to its unit', () => {
  // Row 12:00 of the file: Wac 2977.305 W, power factor 0.9937868, DC 357.0166 V x 8.75 A.
  const fields = sys1.findReading(MIDNIGHT, NOON)?.fields;
  assert.equal(fields?.activePowerMw, 2_977_305n);
  assert.equal(fields.powerFactorE4, 9_938n);
  assert.equal(fields.efficiencyE4, 9_531n);
  assert.equal(fields.batteryMv, undefined);
});

test('apparent power is voltage times current, not active power', () => {
  // Row 0:00: 245.5577 V x 0.5334805 A = 131.00024457485 VA, while the active power is -2.496646 W.
  const fields = sys1.findReading(MIDNIGHT, MIDNIGHT + DAY)?.fields;
  assert.equal(fields?.apparentPowerMva, 131_000n);
  assert.equal(fields.activePowerMw, -2_497n);
  assert.equal(fields.powerFactorE4, -173n);
});

test('nothing is clamped: the irradiance of the night is below zero', () => {
  assert.equal(sys1.findReading(MIDNIGHT, MIDNIGHT + DAY)?.fields.irradianceMwM2, -1_159n);
});

test('efficiency is stated only where power flows from a DC side that was measured', () => {
  assert.equal(sys1.findReading(MIDNIGHT, MIDNIGHT + DAY)?.fields.efficiencyE4, undefined);
  assert.equal(sys2.findReading(MIDNIGHT, NOON)?.fields.efficiencyE4, undefined);
});

test('a replayed day moves the registers by the independent sums of its source', () => {
  // Sums of the file over 60: Sys1 17,226.513 Wh out and 30.067 Wh in, Sys2 17,958.659 Wh out.
  const one = sys1.findReading(MIDNIGHT, MIDNIGHT + DAY);
  const two = sys2.findReading(MIDNIGHT, MIDNIGHT + DAY);
  assert.deepEqual([one?.exportWh, one?.importWh], [17_226n, 30n]);
  assert.deepEqual([two?.exportWh, two?.importWh], [17_958n, 0n]);
});

test('the day is replayed for ever, and rests of a watt-hour are not lost between days', () => {
  const hundred = sys1.findReading(MIDNIGHT, MIDNIGHT + 100 * DAY);
  assert.deepEqual([hundred?.exportWh, hundred?.importWh], [1_722_651n, 3_006n]);
});

test('minutes that were not measured have no reading', () => {
  const at = (time: string): number => Date.parse(`2025-11-10T${time}:00-07:00`) / 1000;
  assert.notEqual(sys1.findReading(MIDNIGHT, at('22:30')), undefined);
  assert.equal(sys1.findReading(MIDNIGHT, at('22:31')), undefined);
  assert.equal(sys1.findReading(MIDNIGHT, at('23:59')), undefined);
});

test('registers never run backwards, whenever the device began', () => {
  for (const startedAt of [MIDNIGHT, NOON, MIDNIGHT + 23 * 3600]) {
    let before = { exportWh: 0n, importWh: 0n };
    for (let at = startedAt + 60; at <= startedAt + 2 * DAY; at += 60) {
      const reading = sys1.findReading(startedAt, at);
      if (reading === undefined) continue;
      assert.ok(reading.exportWh >= before.exportWh && reading.importWh >= before.importWh);
      before = reading;
    }
  }
});
