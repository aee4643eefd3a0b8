import { toDecimalText } from './decimals.ts';

/** Everything that a report of a batch is made of. Energy in Wh, times in Unix seconds. */
export interface ReportInput {
  readonly batch: {
    readonly batchId: string;
    readonly periodStart: number;
    readonly periodEnd: number;
    readonly vintage: number;
    readonly root: string;
    readonly fileDigest: string;
    readonly cid: string;
    readonly transactionHash: string | null;
    readonly exportedWh: bigint;
    readonly importedWh: bigint;
    readonly deductedWh: bigint;
    readonly creditableWh: bigint;
    readonly grams: bigint;
  };
  readonly certified: { readonly tonnes: bigint; readonly carriedGrams: bigint };
  readonly project: {
    readonly id: number;
    readonly name: string;
    readonly country: string;
    readonly latitudeE6: number;
    readonly longitudeE6: number;
    readonly capacityW: bigint;
    readonly owner: string;
    readonly factorUgPerWh: bigint;
  };
  readonly methodology: {
    readonly code: string;
    readonly version: string;
    readonly parametersHash: string;
  };
  readonly registry: { readonly chainId: number; readonly address: string };
  /** Mean of the readings that have it; `undefined` where the plant measures none. */
  readonly meanIrradianceMwM2: bigint | undefined;
}

const SECONDS_PER_HOUR = 3_600n;
const PARTS_PER_MILLION = 1_000_000n;

/** A number as exact decimal text with its unit. */
interface Quantity {
  readonly value: string;
  readonly unit: string;
}

const mwh = (wh: bigint): Quantity => ({ value: toDecimalText(wh, 6), unit: 'MWh' });
const tCo2 = (micrograms: bigint): Quantity => ({
  value: toDecimalText(micrograms, 12),
  unit: 'tCO2e',
});
const iso = (time: number): string => new Date(time * 1000).toISOString().replace('.000Z', 'Z');

/**
 * The subject of a monitoring report: what a GCCM001 monitoring report of Guardian asks for
 * (docs/exports.md has its field numbers), and where on the chain each figure can be checked.
 */
export function toMonitoringReport(input: ReportInput) {
  const { batch, certified, project, methodology, registry } = input;
  const { chainId, address } = registry;
  return {
    id: `urn:truetonne:${String(chainId)}:${address}:batch:${batch.batchId}`,
    type: 'MonitoringReport',
    methodology: { ...methodology, icvcmCcp: false },
    reportingPeriod: {
      start: iso(batch.periodStart),
      end: iso(batch.periodEnd),
      seconds: String(batch.periodEnd - batch.periodStart),
      vintage: String(batch.vintage),
    },
    project: projectOf(project),
    ...energyOf(input),
    ...emissionsOf(input),
    issued: { value: toDecimalText(batch.grams, 6), unit: 'tCO2e' },
    certifiedTonnes: String(certified.tonnes),
    carriedRemainder: { value: toDecimalText(certified.carriedGrams, 6), unit: 'tCO2e' },
    evidence: {
      chainId: String(chainId),
      registry: address,
      batchId: batch.batchId,
      root: batch.root,
      fileSha256: batch.fileDigest,
      fileCid: batch.cid,
      ...(batch.transactionHash === null ? {} : { transaction: batch.transactionHash }),
    },
  };
}

function projectOf(project: ReportInput['project']) {
  return {
    projectId: String(project.id),
    name: project.name,
    country: project.country,
    latitude: toDecimalText(BigInt(project.latitudeE6), 6),
    longitude: toDecimalText(BigInt(project.longitudeE6), 6),
    capacity: { value: toDecimalText(project.capacityW, 6), unit: 'MW' },
    owner: project.owner,
  };
}

function energyOf({ batch, project, meanIrradianceMwM2 }: ReportInput) {
  const { exportedWh, importedWh, deductedWh, creditableWh } = batch;
  return {
    grossGeneration: mwh(exportedWh),
    import: mwh(importedWh),
    excluded: mwh(deductedWh),
    netExport: mwh(exportedWh - importedWh),
    creditableEnergy: mwh(creditableWh),
    capacityFactor: toDecimalText(capacityFactorPpmDown({ batch, project }), 6),
    ...(meanIrradianceMwM2 === undefined
      ? {}
      : { averageIrradiance: { value: toDecimalText(meanIrradianceMwM2, 3), unit: 'W/m2' } }),
  };
}

/**
 * BE = net creditable export x EF; project and leakage emissions are none under every version that can
 * be credited (protocol, creditUnderDown). The remainder of earlier batches is in `issued`, not here.
 */
function emissionsOf({ batch, project }: ReportInput) {
  const baselineUg = batch.creditableWh * project.factorUgPerWh;
  return {
    emissionFactor: { value: toDecimalText(project.factorUgPerWh, 6), unit: 'tCO2e/MWh' },
    baselineEmissions: tCo2(baselineUg),
    projectEmissions: tCo2(0n),
    leakageEmissions: tCo2(0n),
    emissionReductions: tCo2(baselineUg),
  };
}

/** Net export over what the capacity gives in the period (IEC 61724-1), parts per million, down. */
function capacityFactorPpmDown({ batch, project }: Pick<ReportInput, 'batch' | 'project'>): bigint {
  const { exportedWh, importedWh, periodStart, periodEnd } = batch;
  const possibleWs = project.capacityW * BigInt(periodEnd - periodStart);
  const netWh = exportedWh > importedWh ? exportedWh - importedWh : 0n;
  return possibleWs === 0n ? 0n : (netWh * SECONDS_PER_HOUR * PARTS_PER_MILLION) / possibleWs;
}
