import { TonneError } from '@truetonne/protocol';
import { divide, multiply, ONE, reduce, toRational, type Rational } from '../exact/rational.ts';
import { nearest } from './nearest.ts';
import { AMBIGUOUS, COMPOUND_ALIASES, CURRENCIES, UNIT_ROWS, type UnitRow } from './table.ts';

/** A unit as a size in base units and the powers of its dimensions, such as `mass` 1 and `distance` 1. */
export interface Unit {
  readonly id: string;
  readonly size: Rational;
  readonly dimension: Dimension;
}

/** Canonical text of dimension powers: `distance*mass`, `energy`, `` (none), `mass*volume^-1`. */
export type Dimension = string;

type Powers = ReadonlyMap<string, number>;

const ROWS = new Map<string, UnitRow>(
  UNIT_ROWS.flatMap((row) => [row.id, ...row.aliases].map((name) => [name, row] as const)),
);
const NAMES = [...ROWS.keys(), ...COMPOUND_ALIASES.keys()];
const MONEY = /^([kM]?)([A-Z]{3}):(\d{4})$/;
const MAX_NAME = 60;
const MAX_KNOWN = 5_000;

const known = new Map<string, Unit>();

/** `kWh`, `t*km`, `kg/L`, `USD:2022` (currency and the year whose prices are meant). Throws UNIT_UNKNOWN. */
export function getUnit(text: string): Unit {
  const cached = known.get(text);
  if (cached !== undefined) return cached;
  const unit = parseUnit(text);
  if (known.size < MAX_KNOWN) known.set(text, unit);
  return unit;
}

function parseUnit(text: string): Unit {
  const parts = splitProduct(COMPOUND_ALIASES.get(text) ?? text);
  let size = ONE;
  const powers = new Map<string, number>();
  for (const { name, power } of parts) {
    const base = parseBase(name, text);
    size = power > 0 ? multiply(size, base.size) : divide(size, base.size);
    for (const [dimension, of] of base.powers) {
      powers.set(dimension, (powers.get(dimension) ?? 0) + of * power);
    }
  }
  return { id: text, size: reduce(size), dimension: toDimension(powers) };
}

function splitProduct(text: string): { name: string; power: 1 | -1 }[] {
  if (text.length > MAX_NAME) throw unknownUnit(text);
  // The text of a unit has few slashes; each names what stands below the line.
  return text.split(/(?=[*/])/).map((part) => {
    const name = part.replace(/^[*/]/, '').trim();
    return { name, power: part.startsWith('/') ? -1 : 1 };
  });
}

function parseBase(name: string, whole: string): { size: Rational; powers: Powers } {
  const row = ROWS.get(name);
  if (row !== undefined) {
    return { size: toRational(row.size), powers: powersOf(row.dimension) };
  }
  const [, prefix, currency, year] = MONEY.exec(name) ?? [];
  if (currency !== undefined && year !== undefined && CURRENCIES.has(currency)) {
    const size = prefix === 'M' ? '1000000' : prefix === 'k' ? '1000' : '1';
    return { size: toRational(size), powers: new Map([[`${currency}:${year}`, 1]]) };
  }
  throw unknownUnit(whole, name);
}

/** Power is energy in time (base: joules an hour), so that W x h is an energy. */
function powersOf(dimension: string): Powers {
  if (dimension === '') return new Map();
  if (dimension !== 'power') return new Map([[dimension, 1]]);
  return new Map([
    ['energy', 1],
    ['time', -1],
  ]);
}

function unknownUnit(whole: string, name = whole): TonneError {
  const meanings = AMBIGUOUS.get(name);
  const money = CURRENCIES.has(name) ? `${name}:2022 (currency and the year of its prices)` : null;
  const suggestion = meanings ?? money ?? suggest(name);
  return new TonneError('UNIT_UNKNOWN', {
    field: 'unit',
    value: whole === '' ? 'nothing' : whole.slice(0, MAX_NAME),
    expected: suggestion === undefined ? 'a unit of GET /v1/units' : `perhaps ${suggestion}`,
  });
}

/** The nearest name; of energy also the two kinds that factors of fuels are per, as one of them may be meant. */
function suggest(name: string): string | undefined {
  const found = nearest(name, NAMES);
  const id = ROWS.get(found ?? '')?.id;
  if (id === undefined || !ROWS.has(`${id}_gross`)) return found;
  return `${id}, or of a fuel ${id}_gross or ${id}_net`;
}

/** Dimension of a product of units, each with its power. */
export function productDimension(parts: readonly { unit: Unit; power: number }[]): Dimension {
  const powers = new Map<string, number>();
  for (const { unit, power } of parts) {
    for (const [name, of] of toPowers(unit.dimension)) {
      powers.set(name, (powers.get(name) ?? 0) + of * power);
    }
  }
  return toDimension(powers);
}

function toPowers(dimension: Dimension): [string, number][] {
  if (dimension === '') return [];
  return dimension.split('*').map((part) => {
    const [name = '', power = '1'] = part.split('^');
    return [name, Number(power)];
  });
}

function toDimension(powers: Powers): Dimension {
  return [...powers]
    .filter(([, power]) => power !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, power]) => (power === 1 ? name : `${name}^${power}`))
    .join('*');
}

/** How many `to` are one `from`, exactly. Throws UNIT_MISMATCH when they measure different things. */
export function conversionFactor(from: Unit, to: Unit): Rational {
  if (from.dimension !== to.dimension) throw unitMismatch(from, to);
  return reduce(divide(from.size, to.size));
}

/** `paidIn`: money that a method would exchange for that of a factor, had it been given a rate. */
export function unitMismatch(
  from: { id: string; dimension: Dimension },
  to: Unit,
  paidIn?: string,
): TonneError {
  const name = ROWS.get(from.id)?.id ?? from.id;
  const isHeatingValue = from.dimension === 'energy' && to.dimension.startsWith('energy-');
  return new TonneError('UNIT_MISMATCH', {
    field: 'unit',
    value: `${from.id} (${from.dimension === '' ? 'a number' : from.dimension})`,
    expected: isHeatingValue
      ? `${name}_gross or ${name}_net, as the bill says; the factor is per ${to.id}`
      : `${to.dimension === '' ? 'a number' : to.dimension}, as the factor is per ${to.id}${exchangeHint(to.id, paidIn)}`,
  });
}

/** How other money is entered: with a rate to that of the factor, where the method takes one. */
export function exchangeHint(factorUnit: string, paidIn: string | undefined): string {
  if (paidIn === undefined || !MONEY.test(factorUnit)) return '';
  return `; or give exchange: ${factorUnit} per ${paidIn} (unit ${factorUnit}/${paidIn}), its source and its date`;
}
