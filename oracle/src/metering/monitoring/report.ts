import {
  batchIdOf,
  certifyDown,
  decodeBatch,
  parseWindow,
  TonneError,
  unpackBatchFile,
} from '@truetonne/protocol';
import { toCadTrust, type CadTrustFacts } from '../../domain/cadTrust.ts';
import { toMonitoringReport } from '../../domain/monitoringReport.ts';
import { sumGramsBefore } from '../../store/batches.ts';
import type { Database } from '../../store/database/database.ts';
import { readMethodologies } from '../../store/methodologies.ts';
import type { BatchRow, ProjectRow } from '../../store/tables/schema.ts';
import type { BatchFiles } from '../batches/files.ts';

const GRAMS_PER_TONNE = 1_000_000n;

export interface ReportContext {
  readonly database: Database;
  readonly files: BatchFiles;
  readonly registry: { readonly chainId: number; readonly address: string };
}

/** A batch of which the chain has said everything. */
type ReadyBatch = BatchRow & {
  readonly creditableWh: bigint;
  readonly grams: bigint;
};

/** Throws EXPORT_NOT_READY unless the chain has the batch. */
function assertReady(batch: BatchRow): asserts batch is ReadyBatch {
  if (batch.creditableWh !== null && batch.grams !== null) return;
  throw new TonneError('EXPORT_NOT_READY', { field: 'phase', value: batch.phase });
}

/**
 * The monitoring report of a batch, unsigned.
 *
 * @throws TonneError EXPORT_NOT_READY or FILE_MISSING
 */
export async function readMonitoringReport(
  context: ReportContext,
  project: ProjectRow,
  batch: BatchRow,
) {
  assertReady(batch);
  const { number, projectId } = batch;
  return toMonitoringReport({
    batch: {
      ...batch,
      batchId: String(batchIdOf(projectId, number)),
      transactionHash: batch.txHash,
    },
    certified: await certifiedOf(context, batch),
    project: { ...project, factorUgPerWh: project.factorUgPerWh ?? 0n },
    methodology: await methodologyOf(context, project),
    registry: context.registry,
    meanIrradianceMwM2: await readMeanIrradiance(context, batch),
  });
}

/** CAD Trust's records of a batch. `known` is what the asker says of what no chain knows. */
export async function readCadTrust(
  context: ReportContext,
  project: ProjectRow,
  batch: BatchRow,
  known: CadTrustFacts,
) {
  assertReady(batch);
  const { code, version } = await methodologyOf(context, project);
  const { chainId, address } = context.registry;
  const { tonnes } = await certifiedOf(context, batch);
  return toCadTrust({
    registry: `TrueTonne ${String(chainId)}:${address}`,
    link: (path) => `urn:truetonne:${String(chainId)}:${address}${path.replaceAll('/', ':')}`,
    project: { ...project, countryName: countryNameOf(project.country) },
    methodology: `${code} --- Version ${version}`,
    batch: { ...batch, recordedAt: batch.sealedAt ?? batch.periodEnd },
    tonnesBefore: (await sumGramsBefore(context.database, batch)) / GRAMS_PER_TONNE,
    tonnes,
    known,
  });
}

async function certifiedOf({ database }: ReportContext, batch: ReadyBatch) {
  const before = (await sumGramsBefore(database, batch)) % GRAMS_PER_TONNE;
  return certifyDown(batch.grams, before);
}

async function methodologyOf({ database }: ReportContext, { methodologyId }: ProjectRow) {
  const row = (await readMethodologies(database)).find(({ id }) => id === methodologyId);
  if (row === undefined)
    throw new TonneError('METHODOLOGY_UNKNOWN', { field: 'id', value: String(methodologyId) });
  return { code: row.code, version: row.version, parametersHash: row.parametersHash };
}

/** Mean of the readings of the batch that have an irradiance, rounded down. */
async function readMeanIrradiance(
  { files }: ReportContext,
  { cid }: BatchRow,
): Promise<bigint | undefined> {
  const file = await files.find(cid);
  if (file === undefined) throw new TonneError('FILE_MISSING', { field: 'cid', value: cid });
  const { windows, domain } = decodeBatch(await unpackBatchFile(file));
  let [sum, count] = [0n, 0n];
  for (const bytes of windows) {
    for (const { fields } of parseWindow(bytes, domain).readings) {
      if (fields.irradianceMwM2 === undefined) continue;
      sum += fields.irradianceMwM2;
      count++;
    }
  }
  return count === 0n ? undefined : sum / count;
}

/** English name of an ISO 3166-1 code, as the pick list of countries mostly has it. */
function countryNameOf(country: string): string | undefined {
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(country);
}
