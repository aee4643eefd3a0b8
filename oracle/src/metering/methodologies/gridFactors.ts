import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRatio, TonneError, type GridFactors, type Ratio } from '@truetonne/protocol';
import { parse } from 'csv-parse/sync';

const DATA = join(import.meta.dirname, '../../../../data');
const IFI = 'ef-ifi-unfccc-grid-2021/IFI_Default_Grid_Factors_2021_v3.1_unfccc.csv';
const IFI_COUNTRIES = 'ef-ifi-unfccc-grid-2021/iso3166.csv';
const MARGINS = 'ef-cea-21/margins.csv';

/** Columns of the IFI table: country, firm, intermittent, ... (its SOURCE.md). */
const FIRM_COLUMN = 1;
const INTERMITTENT_COLUMN = 2;

/** What is known of the grid of a country, by its ISO 3166-1 code. Nothing is guessed. */
export type GridTable = (country: string) => GridFactors;

/**
 * Reads the grid tables of `data/`.
 *
 * @throws TonneError CONFIGURATION_INVALID when a table is not the one that a parameter file names
 */
export function readGridTable(documents: readonly unknown[]): GridTable {
  assertNamedTables(documents);
  const names = new Map(rowsOf(IFI_COUNTRIES).map(([code = '', name = '']) => [code, name]));
  const ifi = new Map(rowsOf(IFI).map((row) => [row[0] ?? '', row]));
  const margins = new Map(rowsOf(MARGINS).map((row) => [row[0] ?? '', row]));
  return (country) => {
    const row = ifi.get(names.get(country) ?? '');
    const [, operating, build] = margins.get(country) ?? [];
    return {
      country,
      ifiFirm: wholeOf(row?.[FIRM_COLUMN]),
      ifiIntermittent: wholeOf(row?.[INTERMITTENT_COLUMN]),
      operatingMargin: ratioOf(operating),
      buildMargin: ratioOf(build),
    };
  };
}

/** An empty cell is a gap; 0 is a value. */
function wholeOf(cell: string | undefined): bigint | undefined {
  return cell !== undefined && /^\d+$/.test(cell) ? BigInt(cell) : undefined;
}

function ratioOf(cell: string | undefined): Ratio | undefined {
  return cell === undefined ? undefined : parseRatio(cell, MARGINS);
}

function rowsOf(path: string): readonly (readonly string[])[] {
  return parse(readFileSync(join(DATA, path)), { relaxColumnCount: true, relaxQuotes: true });
}

/** The parameter files name their tables with hashes, which are on the chain through the file's own. */
function assertNamedTables(documents: readonly unknown[]): void {
  for (const { dataset, datasetSha256 } of documents.map(tableOf)) {
    if (dataset === undefined) continue;
    const bytes = readFileSync(join(DATA, '..', dataset));
    const value = createHash('sha256').update(bytes).digest('hex');
    if (value !== datasetSha256) {
      const details = { field: dataset, value, expected: String(datasetSha256) };
      throw new TonneError('CONFIGURATION_INVALID', details);
    }
  }
}

function tableOf(document: unknown): {
  readonly dataset?: string;
  readonly datasetSha256?: string;
} {
  // Proof: parseMethodology has read the document before; both fields are texts where they are.
  const { calculation } = document as {
    calculation: { emissionFactor: { dataset?: string; datasetSha256?: string } };
  };
  return calculation.emissionFactor;
}
