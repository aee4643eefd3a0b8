import {
  parseMethodology,
  TonneError,
  type Hex,
  type MethodologyParameters,
} from '@truetonne/protocol';
import type { Rules } from '../../domain/checks/check.ts';
import type { RuleBook } from '../judge/ruleBook.ts';
import { readGridTable, type GridTable } from './gridFactors.ts';

/** A version of a methodology as its parameter file has it. */
export interface MethodologyVersion {
  /** SHA-256 of the file: how the registry knows the version. */
  readonly hash: Hex;
  /** `GCCM001 4.0`. */
  readonly name: string;
  readonly parameters: MethodologyParameters;
  readonly rules: Rules;
  /** All that the file says. */
  readonly document: unknown;
}

export interface MethodologyLibrary {
  readonly versions: readonly MethodologyVersion[];
  readonly gridOf: GridTable;
  /** By code and version joined by a dash, such as `GCCM001-4.0`, or by hash. Throws METHODOLOGY_FILE_MISSING. */
  readonly get: (id: string) => MethodologyVersion;
}

/**
 * What the parameter files of `data/methodologies` say.
 *
 * @throws TonneError PARAMETER_INVALID or CONFIGURATION_INVALID with the field
 */
export function createLibrary({ files }: RuleBook): MethodologyLibrary {
  const versions = files.map(({ hash, name, rules, document }) => {
    return { hash, name, rules, document, parameters: parseMethodology(document) };
  });
  const byId = new Map(
    versions.flatMap((version) => [
      [idOf(version), version],
      [version.hash, version],
    ]),
  );
  return {
    versions,
    gridOf: readGridTable(versions.map(({ document }) => document)),
    get(id) {
      const version = byId.get(id);
      if (version !== undefined) return version;
      throw new TonneError('METHODOLOGY_FILE_MISSING', { field: 'methodology', value: id });
    },
  };
}

/** `GCCM001-4.0`: how a version is named in an address. */
export function idOf({ parameters: { code, version } }: MethodologyVersion): string {
  return `${code}-${version}`;
}
