import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  certifyDown,
  computeReductions,
  parseMethodology,
  parseRatio,
  takeConservative,
  toRatio,
  type MethodologyParameters,
  type Ratio,
} from '../index.ts';
import { multiply, toWholeNearest } from './ratio.ts';

const DATA = join(import.meta.dirname, '../../../data');
const UG_PER_TONNE = 10n ** 12n;
const UG_PER_WH_OF_T_PER_MWH = toRatio(1_000_000n);

interface Example {
  readonly id: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly factors: Readonly<Record<string, number>>;
  readonly oracle_value: number;
}

const examples = new Map(
  readFileSync(join(DATA, 'worked-examples/methodologies.jsonl'), 'utf8')
    .trim()
    .split('\n')
    // Proof: the file is ours, and its fields are asserted on below.
    .map((line) => JSON.parse(line) as Example)
    .map((example) => [example.id, example]),
);

function exampleOf(id: string): Example {
  return examples.get(id) ?? assert.fail(`no example ${id}`);
}

function readVersion(name: string): MethodologyParameters {
  return parseMethodology(JSON.parse(readFileSync(join(DATA, 'methodologies', name), 'utf8')));
}

/** Numbers of the examples are decimals as they are printed. */
function decimal(value: number | undefined): Ratio {
  return parseRatio(String(value), 'example');
}

/** A quantity of the example in Wh. */
function wh(value: number | undefined, perUnit: bigint): bigint {
  const { numerator, denominator } = multiply(decimal(value), toRatio(perUnit));
  assert.equal(numerator % denominator, 0n, 'whole Wh');
  return numerator / denominator;
}

function factorOf({ factors }: Example): Ratio {
  const value = factors['EF_tCO2_per_MWh'] ?? factors['EF'];
  return multiply(decimal(value), UG_PER_WH_OF_T_PER_MWH);
}

function inTonnes({ numerator, denominator }: Ratio): Ratio {
  return { numerator, denominator: denominator * UG_PER_TONNE };
}

function assertSameNumber(actual: Ratio, expected: number): void {
  const wanted = decimal(expected);
  assert.equal(
    actual.numerator * wanted.denominator,
    wanted.numerator * actual.denominator,
    `${Number(actual.numerator) / Number(actual.denominator)} is not ${expected}`,
  );
}

const gccm001 = readVersion('gccm001-v4.json');

test('GCCM001: the annual estimate of a published project, to the nearest tonne', () => {
  const example = exampleOf('gccm001-psf-be');
  const exportWh = wh(example.inputs['EG_PJ_MWh'], 1_000_000n);
  const { reductionsUg } = computeReductions(
    gccm001,
    { exportWh, importWh: 0n },
    factorOf(example),
  );
  assert.equal(toWholeNearest(inTonnes(reductionsUg)), BigInt(example.oracle_value));
});

test('GCCM001: ten years of it are exactly ten times as much', () => {
  const example = exampleOf('gccm001-psf-10y');
  const exportWh = wh(example.inputs['EG_PJ_MWh'], 1_000_000n);
  const { reductionsUg } = computeReductions(
    gccm001,
    { exportWh, importWh: 0n },
    factorOf(example),
  );
  const years = toRatio(wh(example.inputs['years'], 1n));
  assertSameNumber(multiply(inTonnes(reductionsUg), years), example.oracle_value);
});

test('GCCM001: 55.8 tCO2 are certified as 55, and the rest is carried', () => {
  const example = exampleOf('gccm001-pmr-floor');
  const exportWh = wh(example.inputs['EG_PJ_MWh'], 1_000_000n);
  const { reductionsUg } = computeReductions(
    gccm001,
    { exportWh, importWh: 0n },
    factorOf(example),
  );
  assertSameNumber(inTonnes(reductionsUg), 55.8);
  const grams = reductionsUg.numerator / reductionsUg.denominator / 1_000_000n;
  const { tonnes, carriedGrams } = certifyDown(grams, 0n);
  assert.deepEqual([tonnes, carriedGrams], [BigInt(example.oracle_value), 800_000n]);
});

test('meter and invoice: the lower export less the higher import of the questioned issuance', () => {
  const { inputs, oracle_value } = exampleOf('cdm-crosscheck');
  const kwh = (name: string): bigint => wh(inputs[name], 1_000n);
  const { exportWh, importWh } = takeConservative(
    { exportWh: kwh('export_meter_kWh'), importWh: kwh('import_meter_kWh') },
    { exportWh: kwh('export_invoice_kWh'), importWh: kwh('import_invoice_kWh') },
  );
  assertSameNumber({ numerator: exportWh - importWh, denominator: 1_000_000n }, oracle_value);
});

test("the user's configuration: 1.234 kWh x 0.98 x 0.81, exactly", () => {
  const example = exampleOf('seed-esp32-ac');
  const exportWh = wh(example.inputs['kWh'], 1_000n);
  const version = readVersion('user-fixed-081-v1.json');
  const { reductionsUg } = computeReductions(
    version,
    { exportWh, importWh: 0n },
    factorOf(example),
  );
  assertSameNumber(inTonnes(reductionsUg), example.oracle_value);
});

test("the user's configuration: what of 1.234 kWh counts, in MWh to six decimals", () => {
  const example = exampleOf('seed-esp32-net');
  const version = readVersion('user-fixed-081-v1.json');
  const metered = { exportWh: wh(example.inputs['kWh'], 1_000n), importWh: 0n };
  const { netExportWh } = computeReductions(version, metered, toRatio(0n));
  // Printed as 0.001209 MWh, which is 1,209 of the 1,209.32 Wh.
  const printed = netExportWh.numerator / netExportWh.denominator;
  assertSameNumber({ numerator: printed, denominator: 1_000_000n }, example.oracle_value);
});
