/** Versions of methodologies, what a batch would earn under each, and what they differ in. */
import { big, flag, integer, listOf, object, optional, text } from '../parse.ts';
import { askOracle } from './client.ts';
import { itemsUnder, withQuery } from './page.ts';

const methodology = object({
  id: text,
  title: text,
  publisher: text,
  status: text,
});
export type MethodologyVersion = ReturnType<typeof methodology>;

const versionResult = object({
  methodology,
  own: flag,
  factorUgPerWh: optional(big),
  missing: optional(text),
  result: optional(
    object({
      deductedWh: big,
      adjustedWh: big,
      shareWh: big,
      creditableWh: big,
      grams: big,
      certifiedTonnes: big,
      carriedGrams: big,
      reasons: listOf(object({ code: text, findings: integer, deductedWh: big })),
    }),
  ),
});
/** What would be earned under a version, or the factor that is missing. */
export type VersionResult = ReturnType<typeof versionResult>;

const difference = object({
  path: text,
  from: optional(text),
  to: optional(text),
  fromSource: optional(text),
  toSource: optional(text),
});
export type ParameterDifference = ReturnType<typeof difference>;

/** Which batches: one, or all of a project. */
export type DryRunScope = { readonly projectId: number } | { readonly batchId: bigint };

/** What the asker knows besides the readings, as decimal text. */
export interface DryRunQuestion {
  readonly operatingMargin?: string;
  readonly buildMargin?: string;
  readonly permissibleErrorPercent?: string;
}

export function fetchDryRun(
  oracleUrl: string,
  scope: DryRunScope,
  question: DryRunQuestion,
): Promise<readonly VersionResult[]> {
  const path =
    'projectId' in scope
      ? `/v1/projects/${scope.projectId}/dry-run`
      : `/v1/batches/${String(scope.batchId)}/dry-run`;
  const known = Object.fromEntries(Object.entries(question).filter(([, value]) => value !== ''));
  return askOracle(oracleUrl, withQuery(path, known), itemsUnder('versions', versionResult));
}

export function fetchMethodologies(oracleUrl: string): Promise<readonly MethodologyVersion[]> {
  return askOracle(oracleUrl, '/v1/methodologies', itemsUnder('methodologies', methodology));
}

export function fetchDifference(
  oracleUrl: string,
  from: string,
  to: string,
): Promise<readonly ParameterDifference[]> {
  const path = withQuery('/v1/methodology-difference', { from, to });
  return askOracle(oracleUrl, path, itemsUnder('differences', difference));
}

const certified = object({
  certified: optional(object({ tonnes: big, carriedGrams: big })),
});
/** Whole tonnes that a programme certifies of a batch, and the grams that wait for the next. */
export type Certified = ReturnType<typeof certified>;

export function fetchCertified(oracleUrl: string, batchId: bigint): Promise<Certified> {
  return askOracle(oracleUrl, `/v1/batches/${String(batchId)}`, certified);
}

/** Where a batch's exports for other registries can be downloaded. */
export function batchExportUrl(
  oracleUrl: string,
  batchId: bigint,
  kind: 'monitoring-report' | 'cad-trust',
): string {
  return `${oracleUrl}/v1/batches/${String(batchId)}/${kind}`;
}
