import { TonneError } from '@truetonne/protocol';
import { parse } from 'csv-parse/sync';
import { multiply, reduce, toRational } from '../../accounting/exact/rational.ts';
import type { Blend, EmissionFactor, FactorGas, GwpTable } from '../../accounting/index.ts';
import { getUnit, type GwpSet } from '../../accounting/index.ts';

/** What a set's files came to, and what was left out, each with its reason. */
export interface ParsedSet {
  readonly factors: readonly EmissionFactor[];
  readonly blends?: readonly Blend[];
  readonly skipped: ReadonlyMap<string, number>;
}

/** Reads the texts of a set's files, in the order in which the set names them. */
export type SetParser = (setId: string, texts: readonly string[], gwp: GwpTable) => ParsedSet;

/** A factor as a parser says it; the rest is the same for all of a set. */
export type FactorDraft = Omit<EmissionFactor, 'setId' | 'id'> & { readonly key: string };

/** Collects factors of one set and counts what is left out. */
export class SetBuilder {
  readonly factors: EmissionFactor[] = [];
  readonly skipped = new Map<string, number>();
  readonly setId: string;

  constructor(setId: string) {
    this.setId = setId;
  }

  add({ key, ...draft }: FactorDraft): void {
    this.factors.push({ id: `${this.setId}/${key}`, setId: this.setId, ...draft });
  }

  skip(reason: string): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + 1);
  }

  finish(blends: readonly Blend[] = []): ParsedSet {
    return { factors: this.factors, blends, skipped: this.skipped };
  }
}

export type Row = Readonly<Record<string, string>>;

/** Rows of a CSV by its heading; a BOM is taken off, cells are trimmed ("0 " is a number in some). */
export function readCsv(text: string, options: { readonly comment?: string } = {}): readonly Row[] {
  return parse(text, {
    bom: true,
    columns: (names: string[]) => names.map((name) => name.trim()),
    trim: true,
    skip_empty_lines: true,
    relax_column_count: false,
    ...options,
  });
}

/** Rows as lists of cells. */
export function readCells(text: string): readonly (readonly string[])[] {
  return parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
}

/** A cell that has to be there, which may be blank. Throws FACTOR_SET_INVALID for a column that is not. */
export function cell(row: Row, column: string): string {
  const value = row[column];
  if (value !== undefined) return value;
  throw new TonneError('FACTOR_SET_INVALID', {
    field: 'column',
    value: column,
    expected: `one of ${Object.keys(row).join(', ')}`,
  });
}

/** Mass of a gas per unit, from its figure in `massUnit`; exact. */
export function mass(gas: string, value: string, massUnit: string): FactorGas {
  const kg = reduce(multiply(toRational(value, gas), getUnit(massUnit).size));
  return { gas, kg };
}

/** CO2e of a gas, or of all gases together (`CO2e`), under a set. */
export function co2e(gas: string, value: string, under: GwpSet, massUnit = 'kg'): FactorGas {
  return { ...mass(gas, value, massUnit), co2eUnder: under };
}

/** Words from wide to narrow as one path, in lower case; blanks are left out. */
export function pathOf(...words: readonly string[]): string {
  return words
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '')
    .join('/');
}

/** For ids: letters and digits with hyphens. */
export function slug(text: string): string {
  return text
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}
