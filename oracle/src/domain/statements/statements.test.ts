import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { dueOfCalibrationUp, dueOfInvoice } from './due.ts';
import { clip, toHourSpans } from './hours.ts';
import { findOverdueSpans } from './overdue.ts';
import {
  assertCalibrationFits,
  assertInOrder,
  assertInvoiceFits,
  assertOver,
  assertValidity,
  MOST_CALIBRATIONS,
  MOST_INVOICES,
  parseErrorPercent,
  toPercentText,
} from './parse.ts';
import { ratioOfE8, rootOf, standingOf, type Calibration, type Invoice } from './statement.ts';

const hasCode = (code: string) => ({ code });

const OFFSET = 330;
const at = (text: string): number => Date.parse(`${text}+05:30`) / 1000;
const HALF_PERCENT = 500_000;

const calibration = (
  id: number,
  calibratedOn: string,
  validUntil: string,
  more: Partial<Calibration> = {},
): Calibration => ({
  ...{ id, supersedes: null, deviceNumber: 1, calibratedOn, validUntil },
  ...{ permissibleErrorE8: HALF_PERCENT, foundErrorE8: null },
  ...more,
});
const invoice = (id: number, firstDay: string, lastDay: string, supersedes?: number): Invoice => ({
  ...{ id, firstDay, lastDay, supersedes: supersedes ?? null },
  ...{ exportWh: 0n, importWh: 0n },
});

describe('when a calibration is overdue', () => {
  const first = calibration(1, '2023-01-10', '2024-01-09');

  it('without end while there is no later one, from the end of the last day on which it counts', () => {
    assert.deepEqual(findOverdueSpans([first], OFFSET), [
      { from: at('2024-01-10T00:00:00'), until: undefined, errorE8: HALF_PERCENT },
    ]);
    assert.deepEqual(findOverdueSpans([], OFFSET), []);
  });

  it('until the end of the day of the late one, in whatever order they were stated', () => {
    const late = calibration(2, '2024-02-01', '2026-01-31');
    const spans = findOverdueSpans([late, first], OFFSET);
    assert.deepEqual(spans[0], {
      from: at('2024-01-10T00:00:00'),
      until: at('2024-02-02T00:00:00'),
      errorE8: HALF_PERCENT,
    });
    assert.deepEqual(findOverdueSpans([first, late], OFFSET), spans);
  });

  it('never where the next one was in time', () => {
    const inTime = calibration(2, '2024-01-09', '2099-12-31');
    const [only, ...rest] = findOverdueSpans([first, inTime], OFFSET);
    assert.equal(only?.from, at('2100-01-01T00:00:00'));
    assert.deepEqual(rest, []);
  });

  it('counts the error that the late calibration found where it is larger, and never a smaller one', () => {
    const found = (foundErrorE8: number) =>
      findOverdueSpans(
        [first, calibration(2, '2024-02-01', '2026-01-31', { foundErrorE8 })],
        OFFSET,
      ).at(0)?.errorE8;
    assert.deepEqual([found(900_000), found(100_000)], [900_000, HALF_PERCENT]);
  });
});

describe('what is due', () => {
  it('by a calibration: export lowered and import raised, each rounded to the safe side', () => {
    const sum = { exportWh: 1_001n, importWh: 1_001n, deductedWh: 0n };
    assert.equal(dueOfCalibrationUp(sum, ratioOfE8(HALF_PERCENT)), 6n + 6n);
  });

  it('by a calibration of no export that is left out already', () => {
    const sum = { exportWh: 1_000n, importWh: 200n, deductedWh: 998n };
    assert.equal(dueOfCalibrationUp(sum, ratioOfE8(HALF_PERCENT)), 2n + 1n);
    const all = { exportWh: 1_000n, importWh: 0n, deductedWh: 1_000n };
    assert.equal(dueOfCalibrationUp(all, ratioOfE8(100_000_000)), 0n);
  });

  it('by an invoice: what makes the questioned issuance the conservative one', () => {
    const rows = readFileSync(
      join(import.meta.dirname, '../../../../data/worked-examples/methodologies.jsonl'),
      'utf8',
    ).split('\n');
    const row = rows.find((line) => line.includes('"cdm-crosscheck"')) ?? assert.fail();
    // Proof: the file is ours, and the test of the methodologies reads every field.
    const { inputs, oracle_value } = JSON.parse(row) as {
      inputs: Record<string, number>;
      oracle_value: number;
    };
    const wh = (name: string): bigint => BigInt(inputs[name] ?? assert.fail(name)) * 1_000n;
    const exportWh = wh('export_meter_kWh');
    const importWh = wh('import_meter_kWh');
    const invoiced = { exportWh: wh('export_invoice_kWh'), importWh: wh('import_invoice_kWh') };
    const due = dueOfInvoice({ exportWh, importWh, deductedWh: 0n }, invoiced);
    assert.equal(Number(exportWh - importWh - due) / 1e6, oracle_value);
  });

  it('by an invoice that shows more export and less import: nothing', () => {
    const sum = { exportWh: 100n, importWh: 9n, deductedWh: 0n };
    assert.equal(dueOfInvoice(sum, { exportWh: 101n, importWh: 8n }), 0n);
  });
});

describe('hours of ranges', () => {
  it('are each in one range: the hour in which one ends and the next begins is of the first', () => {
    const range = (openedAt: string, closedAt: string) => ({
      ...{ deviceNumber: 1, openedAt: at(openedAt), closedAt: at(closedAt) },
    });
    const spans = toHourSpans(
      [
        range('2024-01-01T00:20:00', '2024-01-01T10:20:00'),
        range('2024-01-01T10:20:00', '2024-01-01T12:00:00'),
        range('2024-01-01T12:00:00', '2024-01-01T12:30:00'),
      ],
      OFFSET,
    );
    const hourOf = (text: string) => at(`2024-01-01T${text}:00`);
    assert.deepEqual(
      spans.map(({ from, until }) => [from, until]),
      [
        [hourOf('00:00'), hourOf('11:00')],
        [hourOf('11:00'), hourOf('12:00')],
        [hourOf('12:00'), hourOf('13:00')],
      ],
    );
    const noon = { from: hourOf('10:00'), until: hourOf('12:00') };
    assert.deepEqual(
      clip(spans, noon).map(({ from, until }) => [from, until]),
      [
        [hourOf('10:00'), hourOf('11:00')],
        [hourOf('11:00'), hourOf('12:00')],
      ],
    );
  });
});

describe('what is stated', () => {
  it('takes errors from 0 to 100 percent exactly, and nothing else', () => {
    const taken = ['0', '0.5', '0.000001', '100', '100.000000'];
    assert.deepEqual(
      taken.map((text) => toPercentText(parseErrorPercent(text, 'error'))),
      ['0', '0.5', '0.000001', '100', '100'],
    );
    for (const text of ['-0.1', '100.000001', '0.0000001', '1e1', '', '0,5', ' 1', '١'])
      assert.throws(() => parseErrorPercent(text, 'error'), hasCode('PERMISSIBLE_ERROR_INVALID'));
  });

  it('takes days that are over, in order', () => {
    const place = { utcOffsetMinutes: OFFSET, now: at('2024-03-01T00:00:00') };
    assertOver('2024-02-29', 'lastDay', place);
    assert.throws(() => assertOver('2024-03-01', 'lastDay', place), hasCode('STATEMENT_IN_FUTURE'));
    assertInOrder({ first: '2024-02-29', last: '2024-02-29', field: 'lastDay' });
    const reversed = { first: '2024-02-29', last: '2024-02-28', field: 'lastDay' };
    assert.throws(() => assertInOrder(reversed), hasCode('PERIOD_INVALID'));
  });

  it('counts for no more than 20 years, whatever is stated', () => {
    assertValidity('2016-02-29', '2036-02-29');
    for (const validUntil of ['2036-03-01', '9999-12-31'])
      assert.throws(() => assertValidity('2016-02-29', validUntil), {
        code: 'VALIDITY_TOO_LONG',
        details: {
          ...{ field: 'validUntil', value: validUntil },
          expected: '2036-02-29 or earlier',
        },
      });
  });

  it('is kept up to a limit, corrections included, of a meter and of a project', () => {
    const calibrations = Array.from({ length: MOST_CALIBRATIONS }, (_, index) =>
      calibration(index + 1, '2023-01-10', '2024-01-09', {
        supersedes: index === 0 ? null : index,
      }),
    );
    const next = calibration(999, '2024-01-10', '2025-01-09');
    assertCalibrationFits(calibrations.slice(1), next);
    assert.throws(() => assertCalibrationFits(calibrations, next), hasCode('STATEMENTS_LIMITED'));
    const invoices = Array.from({ length: MOST_INVOICES }, (_, index) =>
      invoice(index + 1, '2023-01-01', '2023-01-01', index),
    );
    const later = invoice(9_999, '2023-02-01', '2023-02-28');
    assertInvoiceFits(invoices.slice(1), later);
    assert.throws(() => assertInvoiceFits(invoices, later), hasCode('STATEMENTS_LIMITED'));
  });

  it('supersedes once, and overlaps nothing that stands', () => {
    const january = invoice(1, '2024-01-01', '2024-01-31');
    const corrected = invoice(2, '2024-01-01', '2024-02-10', 1);
    const all = [january, corrected];
    assert.deepEqual(standingOf(all), [corrected]);
    assert.equal(rootOf(all, corrected), 1);
    assertInvoiceFits(all, invoice(3, '2024-02-11', '2024-02-29'));
    assertInvoiceFits(all, invoice(3, '2024-01-01', '2024-01-31', 2));
    const refused = (one: Invoice, code: string) =>
      assert.throws(() => assertInvoiceFits(all, one), hasCode(code));
    refused(invoice(3, '2024-02-10', '2024-02-29'), 'STATEMENT_OVERLAPS');
    refused(invoice(3, '2024-01-01', '2024-01-31', 1), 'STATEMENT_SUPERSEDED');
    refused(invoice(3, '2024-01-01', '2024-01-31', 9), 'STATEMENT_UNKNOWN');
    const stands = calibration(1, '2024-01-01', '2024-12-31');
    const again = calibration(2, '2024-01-01', '2025-12-31');
    assert.throws(() => assertCalibrationFits([stands], again), hasCode('STATEMENT_OVERLAPS'));
    assertCalibrationFits([stands], { ...again, supersedes: 1 });
  });
});
