import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TonneError } from '@truetonne/protocol';
import {
  createFactorIndex,
  toGwpTable,
  type Blend,
  type EmissionFactor,
  type FactorIndex,
  type FactorSetInfo,
  type GwpTable,
} from '../../accounting/index.ts';
import { cell, readCsv, type ParsedSet } from './parsedSet.ts';
import { GWP_FILE, SETS, type SetDefinition } from './sets.ts';

/** Reads every set of `folder` (`data/`). Throws FACTOR_SET_CHANGED when a file is not the one checked in. */
export async function loadFactorIndex(folder: string): Promise<FactorIndex> {
  const gwp = parseGwp(await readChecked(join(folder, GWP_FILE.folder), GWP_FILE));
  const sets: FactorSetInfo[] = [];
  const factors: EmissionFactor[] = [];
  const blends: Blend[] = [];
  for (const definition of SETS) {
    const parsed = await loadSet(folder, definition, gwp);
    sets.push(infoOf(definition));
    factors.push(...parsed.factors);
    blends.push(...(parsed.blends ?? []));
  }
  return createFactorIndex({ sets, factors, gwp, blends });
}

/** One set: its files are checked against their hashes before they are read. */
export async function loadSet(
  folder: string,
  { id, folder: name, files, parse }: SetDefinition,
  gwp: GwpTable,
): Promise<ParsedSet> {
  const texts = await Promise.all(files.map((file) => readChecked(join(folder, name), file)));
  return parse(id, texts, gwp);
}

async function readChecked(
  folder: string,
  { name, sha256 }: { readonly name: string; readonly sha256: string },
): Promise<string> {
  const bytes = await readFile(join(folder, name));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === sha256) return bytes.toString('utf8');
  throw new TonneError('FACTOR_SET_CHANGED', { field: name, value: found, expected: sha256 });
}

/** IPCC potentials for 100 years by species. */
export function parseGwp(text: string): GwpTable {
  const rows = readCsv(text, { comment: '#' });
  return toGwpTable(
    rows.map((row) => ({
      species: cell(row, 'Species'),
      values: {
        AR4: cell(row, 'AR4GWP100'),
        AR5: cell(row, 'AR5GWP100'),
        AR6: cell(row, 'AR6GWP100'),
      },
    })),
  );
}

/** The hash of a set is that of its files' hashes in their order. */
function infoOf({ id, title, publisher, licence, source, files }: SetDefinition): FactorSetInfo {
  const hash = createHash('sha256');
  for (const { sha256 } of files) hash.update(Buffer.from(sha256, 'hex'));
  return { id, title, publisher, licence, source, sha256: hash.digest('hex') };
}
