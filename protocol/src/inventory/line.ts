import { TonneError } from '../errors/tonneError.ts';

/** One gas of a line: name, place (`scope`, `biogenic`, `other-gases`), mass in nanograms or '', CO2e in nanograms. */
export type InventoryGas = readonly [gas: string, place: string, massNg: string, co2eNg: string];

/** What an auditor is shown of one line of an inventory. Every value is text; masses are whole nanograms. */
export interface InventoryRecord {
  readonly activityId: string;
  readonly biogenicCo2Ng: string;
  readonly category: string;
  readonly co2eNg: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly engineVersion: string;
  readonly factors: readonly string[];
  readonly gases: readonly InventoryGas[];
  readonly gwpSet: string;
  readonly method: string;
  readonly otherGasesCo2eNg: string;
  readonly scope: string;
  readonly site: string;
  readonly supplier: string;
}

const TEXTS = [
  'activityId',
  'biogenicCo2Ng',
  'category',
  'co2eNg',
  'date',
  'engineVersion',
  'gwpSet',
  'method',
  'otherGasesCo2eNg',
  'scope',
  'site',
  'supplier',
] as const;
/** Whole nanograms without leading zeros, so that an amount has one spelling. */
const AMOUNT = /^(?:0|[1-9]\d{0,59})$/;

/**
 * The canonical text: JSON without blanks, keys in the order of the alphabet, only text, arrays and no numbers;
 * of such values JSON.stringify and RFC 8785 give the same bytes.
 */
export function encodeInventoryLine(record: InventoryRecord): string {
  return JSON.stringify({
    activityId: record.activityId,
    biogenicCo2Ng: record.biogenicCo2Ng,
    category: record.category,
    co2eNg: record.co2eNg,
    date: record.date,
    engineVersion: record.engineVersion,
    factors: record.factors,
    gases: record.gases,
    gwpSet: record.gwpSet,
    method: record.method,
    otherGasesCo2eNg: record.otherGasesCo2eNg,
    scope: record.scope,
    site: record.site,
    supplier: record.supplier,
  });
}

/**
 * Reads a canonical text; another spelling of the same line is refused, so that a line has one leaf, and so is a
 * line whose total is not the sum of its gases.
 *
 * @throws TonneError INVENTORY_LINE_INVALID
 */
export function parseInventoryLine(text: string): InventoryRecord {
  const record = toRecord(parseJson(text));
  if (record === undefined || encodeInventoryLine(record) !== text) {
    throw invalid('line', text.slice(0, 80), 'the canonical text of a line');
  }
  assertSum(record);
  return record;
}

function assertSum(record: InventoryRecord): void {
  const { co2eNg, gases } = record;
  const inScope = gases.filter(([, place]) => place === 'scope');
  const sum = inScope.reduce((all, [, , , amount]) => all + BigInt(amount), 0n);
  if (sum !== BigInt(co2eNg))
    throw invalid('co2eNg', co2eNg, `${sum.toString()}, the sum of its gases`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toRecord(value: unknown): InventoryRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(value));
  const texts = new Map<string, string>();
  for (const name of TEXTS) {
    const text = fields.get(name);
    if (typeof text !== 'string') return undefined;
    texts.set(name, text);
  }
  const factors = fields.get('factors');
  const gases = fields.get('gases');
  if (!isTexts(factors) || !isGases(gases)) return undefined;
  const get = (name: (typeof TEXTS)[number]): string => texts.get(name) ?? '';
  const amounts = [get('co2eNg'), get('biogenicCo2Ng'), get('otherGasesCo2eNg')];
  if (!amounts.every((amount) => AMOUNT.test(amount))) return undefined;
  return {
    activityId: get('activityId'),
    biogenicCo2Ng: get('biogenicCo2Ng'),
    category: get('category'),
    co2eNg: get('co2eNg'),
    date: get('date'),
    engineVersion: get('engineVersion'),
    factors,
    gases,
    gwpSet: get('gwpSet'),
    method: get('method'),
    otherGasesCo2eNg: get('otherGasesCo2eNg'),
    scope: get('scope'),
    site: get('site'),
    supplier: get('supplier'),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isGases(value: unknown): value is readonly InventoryGas[] {
  return Array.isArray(value) && value.every((gas: unknown) => isGas(gas));
}

function isGas(value: unknown): boolean {
  if (!isTexts(value) || value.length !== 4) return false;
  const [, , mass = '', co2e = ''] = value;
  return (mass === '' || AMOUNT.test(mass)) && AMOUNT.test(co2e);
}

export function invalid(field: string, value: string, expected: string): TonneError {
  return new TonneError('INVENTORY_LINE_INVALID', { field, value, expected });
}
