import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Hex } from '@truetonne/protocol';
import { ROOT } from './paths.ts';

const PARAMETER_FILE = join(ROOT, 'data/methodologies/gccm001-v4.json');
/** Column of the IFI table: country, firm, intermittent, ... (data/ef-ifi-unfccc-grid-2021/SOURCE.md). */
const INTERMITTENT_COLUMN = 2;
/** gCO2/kWh is mg/Wh. */
const UG_PER_MG = 1000;

/** A methodology version as the registry publishes it. */
export interface Methodology {
  readonly code: string;
  readonly version: string;
  /** SHA-256 of the parameter file. */
  readonly parametersHash: Hex;
  /** Unix seconds. */
  readonly validFrom: number;
  readonly validUntil: number;
}

interface ParameterFile {
  readonly code: string;
  readonly version: string;
  readonly vintages: { readonly from: string; readonly until: string };
  readonly combinedMargin: { readonly dataset: string; readonly datasetSha256: string };
}

export function readMethodology(): Methodology {
  const { code, version, vintages } = readParameters();
  return {
    code,
    version,
    parametersHash: `0x${sha256Of(readFileSync(PARAMETER_FILE))}`,
    validFrom: Date.parse(`${vintages.from}T00:00:00Z`) / 1000,
    validUntil: Date.parse(`${vintages.until}T23:59:59Z`) / 1000,
  };
}

/**
 * Combined margin of a country for intermittent generation in micrograms CO2e per Wh, from the IFI
 * table that GCCM001 v4 option (iv) names. Zero is a value (Albania).
 *
 * @throws Error when the table was altered, or lacks the country
 */
export function getIntermittentFactorUgPerWh(country: string): number {
  const { dataset, datasetSha256 } = readParameters().combinedMargin;
  const table = readFileSync(join(ROOT, dataset));
  if (sha256Of(table) !== datasetSha256)
    throw new Error(`${dataset} is not the table of the parameter file`);
  const rows: string[][] = parse(table, { relaxColumnCount: true, relaxQuotes: true });
  const cell = rows.find(([name]) => name === country)?.[INTERMITTENT_COLUMN];
  if (cell === undefined || !/^\d+$/.test(cell)) {
    throw new Error(`${dataset} has no intermittent factor for "${country}" (${cell ?? 'no row'})`);
  }
  return Number(cell) * UG_PER_MG;
}

function readParameters(): ParameterFile {
  return JSON.parse(readFileSync(PARAMETER_FILE, 'utf8')) as ParameterFile;
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
