import {
  creditBatchDown,
  getFactorDown,
  TonneError,
  type GridFactors,
  type Ratio,
} from '@truetonne/protocol';
import {
  creditVersion,
  NOTHING_CARRIED,
  type Adjustments,
  type JudgedEnergy,
  type VersionCarry,
  type VersionResult,
} from '../../domain/dryRun.ts';
import { readBatches } from '../../store/batches.ts';
import { readMethodologies } from '../../store/methodologies.ts';
import type { BatchRow, ProjectRow } from '../../store/tables/schema.ts';
import { termsOf } from '../judge/devices.ts';
import { judgeSpan } from './judgeSpan.ts';
import type { MethodologyLibrary, MethodologyVersion } from './library.ts';
import { readBatchSpan, type SpanSource } from './spans.ts';

/** Windows of one request: some ten seconds of work, in turns with everything else. */
const MAX_WINDOWS = 250_000;

export interface DryRunContext extends SpanSource {
  readonly library: MethodologyLibrary;
}

/** What the asker supposes besides the readings. Margins in g CO2e per kWh, for countries that no table has. */
export interface DryRunQuestion extends Adjustments {
  readonly operatingMargin?: Ratio | undefined;
  readonly buildMargin?: Ratio | undefined;
}

/** A version's answer: what would be earned, or the factor that is missing. */
export interface DryRunAnswer {
  readonly version: MethodologyVersion;
  /** Whether the project runs on it. */
  readonly own: boolean;
  readonly factorUgPerWh: bigint | undefined;
  /** Why there is no result. */
  readonly missing: string | undefined;
  readonly result: VersionResult | undefined;
}

interface Standing {
  readonly version: MethodologyVersion;
  readonly own: boolean;
  readonly factor: bigint | TonneError;
}

/**
 * What a batch would earn under every version. Each starts with the deficit and the remainders that the
 * chain carried into the batch, so that the project's own version earns what the batch did.
 */
export async function runBatchDry(
  context: DryRunContext,
  project: ProjectRow,
  batch: BatchRow,
  question: DryRunQuestion,
): Promise<readonly DryRunAnswer[]> {
  assertNotTooLarge([batch]);
  const standings = await standingsOf(context, project, question);
  const carry = await carryInto(context, project, batch);
  const judged = await judgeBatch(context, project, batch, standings);
  return standings.map((standing, index) => {
    const energy = judged[index];
    if (energy === undefined || standing.factor instanceof TonneError)
      return answerOf(standing, undefined);
    const { parameters } = standing.version;
    const [, result] = creditVersion(parameters, standing.factor, energy, carry, question);
    return answerOf(standing, result);
  });
}

/** What all batches of a project together would have earned, had it always run on each version. */
export async function runProjectDry(
  context: DryRunContext,
  project: ProjectRow,
  question: Omit<DryRunQuestion, 'invoice'>,
): Promise<readonly DryRunAnswer[]> {
  const rows = await readProjectBatches(context, project.id);
  assertNotTooLarge(rows);
  const standings = await standingsOf(context, project, question);
  const carries = standings.map((): VersionCarry => NOTHING_CARRIED);
  const totals = standings.map((): VersionResult | undefined => undefined);
  for (const batch of rows) {
    const judged = await judgeBatch(context, project, batch, standings);
    standings.forEach(({ version, factor }, index) => {
      const energy = judged[index];
      if (energy === undefined || factor instanceof TonneError) return;
      const carry = carries[index] ?? NOTHING_CARRIED;
      const [after, result] = creditVersion(version.parameters, factor, energy, carry, question);
      carries[index] = after;
      totals[index] = sumOf(totals[index], result);
    });
  }
  return standings.map((standing, index) => answerOf(standing, totals[index]));
}

/** Deficit and remainders that the chain carried into a batch: those of all batches before it. */
export async function carryInto(
  { database }: Pick<DryRunContext, 'database'>,
  { id, factorUgPerWh }: ProjectRow,
  { number }: Pick<BatchRow, 'number'>,
): Promise<VersionCarry> {
  let carry = NOTHING_CARRIED;
  for (const row of await readProjectBatches({ database }, id)) {
    if (row.number >= number) break;
    const { exportedWh, importedWh, deductedWh } = row;
    const energy = { exportedWh, importedWh, deductedWh };
    const credited = creditBatchDown({ ...energy, factorUgPerWh: factorUgPerWh ?? 0n, carry });
    const carriedGrams = (carry.carriedGrams + credited.grams) % 1_000_000n;
    carry = { ...credited.carry, carriedGrams };
  }
  return carry;
}

function readProjectBatches(
  { database }: Pick<DryRunContext, 'database'>,
  projectId: number,
): Promise<readonly BatchRow[]> {
  const all = { after: { projectId, number: 0 }, limit: 1_000_000 };
  return readBatches(database, { projectId }, all);
}

async function judgeBatch(
  context: DryRunContext,
  project: ProjectRow,
  batch: BatchRow,
  standings: readonly Standing[],
): Promise<readonly JudgedEnergy[]> {
  const { latitudeE6, longitudeE6 } = project;
  const terms = { project: termsOf(project), site: { latitudeE6, longitudeE6 } };
  const { devices, stated } = await readBatchSpan(context, batch);
  const rules = standings.map(({ version }) => version.rules);
  return (await judgeSpan(devices, terms, rules)).map((energy) => ({ ...energy, stated }));
}

async function standingsOf(
  { database, library }: DryRunContext,
  project: ProjectRow,
  question: DryRunQuestion,
): Promise<readonly Standing[]> {
  const known = await readMethodologies(database);
  const ownHash = known.find(({ id }) => id === project.methodologyId)?.parametersHash;
  const table = library.gridOf(project.country);
  const grid = {
    ...table,
    operatingMargin: question.operatingMargin ?? table.operatingMargin,
    buildMargin: question.buildMargin ?? table.buildMargin,
  };
  return library.versions.map((version) => {
    const own = version.hash === ownHash;
    // Fixed when the project was validated.
    const validated = own ? (project.factorUgPerWh ?? undefined) : undefined;
    return { version, own, factor: validated ?? factorOf(version, grid) };
  });
}

function factorOf({ parameters }: MethodologyVersion, grid: GridFactors): bigint | TonneError {
  try {
    return getFactorDown(parameters.emissionFactor, grid);
  } catch (error) {
    if (error instanceof TonneError && error.code === 'FACTOR_MISSING') return error;
    throw error;
  }
}

function answerOf(
  { version, own, factor }: Standing,
  result: VersionResult | undefined,
): DryRunAnswer {
  const missing = factor instanceof TonneError ? factor : undefined;
  return {
    ...{ version, own, result, missing: missing?.message },
    factorUgPerWh: factor instanceof TonneError ? undefined : factor,
  };
}

function sumOf(before: VersionResult | undefined, next: VersionResult): VersionResult {
  if (before === undefined) return next;
  const reasons = Map.groupBy([...before.reasons, ...next.reasons], ({ reason }) => reason);
  return {
    exportedWh: before.exportedWh + next.exportedWh,
    importedWh: before.importedWh + next.importedWh,
    deductedWh: before.deductedWh + next.deductedWh,
    adjustedWh: before.adjustedWh + next.adjustedWh,
    shareWh: before.shareWh + next.shareWh,
    openingDeficitWh: before.openingDeficitWh,
    creditableWh: before.creditableWh + next.creditableWh,
    grams: before.grams + next.grams,
    tonnes: before.tonnes + next.tonnes,
    carriedGrams: next.carriedGrams,
    reasons: [...reasons].map(([reason, found]) => ({
      reason,
      findings: found.reduce((sum, one) => sum + one.findings, 0),
      deductedWh: found.reduce((sum, one) => sum + one.deductedWh, 0n),
    })),
  };
}

function assertNotTooLarge(rows: readonly BatchRow[]): void {
  const windows = rows.reduce((sum, { windowCount }) => sum + (windowCount ?? 0), 0);
  if (windows <= MAX_WINDOWS) return;
  const expected = `at most ${String(MAX_WINDOWS)} windows`;
  throw new TonneError('DRY_RUN_TOO_LARGE', { field: 'windows', value: String(windows), expected });
}
