/**
 * CAD Trust (Climate Action Data Trust) records, as its data model 1 takes them:
 * github.com/Chia-Network/cadt, src/validations/{projects,units,issuances,locations}.validation*.js and
 * the pick lists of src/models/governance/governance.stub.json. Times are Unix seconds.
 */
export interface CadTrustInput {
  readonly registry: string;
  readonly link: (path: string) => string;
  readonly project: {
    readonly id: number;
    readonly name: string;
    readonly owner: string;
    readonly countryName: string | undefined;
    readonly latitudeE6: number;
    readonly longitudeE6: number;
    readonly validator: string | null;
  };
  readonly methodology: string;
  readonly batch: {
    readonly number: number;
    readonly vintage: number;
    readonly periodStart: number;
    readonly periodEnd: number;
    readonly recordedAt: number;
    readonly minted: boolean;
    /** What verifiers made of it; null where none was asked, or none has decided yet. */
    readonly settled: 'verified' | 'rejected' | 'voided' | null;
  };
  /** Whole tonnes of all batches before, and of this one. */
  readonly tonnesBefore: bigint;
  readonly tonnes: bigint;
  readonly known: CadTrustFacts;
}

/** What the oracle does not know; who stages the records says it. */
export interface CadTrustFacts {
  /** When and by whom the batch was verified, where its methodology version asks for verifiers. */
  readonly verificationDate?: string | undefined;
  readonly verificationBody?: string | undefined;
  readonly region?: string | undefined;
  readonly coveredByNdc?: 'Inside NDC' | 'Outside NDC' | 'Unknown' | undefined;
  readonly ownerCountry?: string | undefined;
  readonly correspondingAdjustment?: 'Committed' | 'Not Required' | 'Unknown' | undefined;
}

/** Records with `null` where a required field is not known; `missing` names those. */
export function toCadTrust(input: CadTrustInput) {
  const project = projectRecord(input);
  const issuance = issuanceRecord(input);
  // No unit is issued before it is minted, and none of a batch below a tonne.
  const issued = input.batch.minted && input.tonnes > 0n;
  const unit = issued ? unitRecord(input) : null;
  const missing = [
    ...missingIn(project, 'project'),
    ...missingIn(issuance, 'issuance'),
    ...missingIn(unit, 'unit'),
  ];
  return {
    project: { ...project, issuances: [issuance] },
    issuance,
    unit: unit === null ? null : { ...unit, issuance },
    missing,
  };
}

function projectRecord({ registry, link, project, methodology, batch, known }: CadTrustInput) {
  const { latitudeE6, longitudeE6 } = project;
  const geographicIdentifier = `${(latitudeE6 / 1e6).toFixed(6)}, ${(longitudeE6 / 1e6).toFixed(6)}`;
  return {
    currentRegistry: registry,
    registryOfOrigin: registry,
    projectId: String(project.id),
    originProjectId: String(project.id),
    projectName: project.name,
    projectLink: link(`/projects/${String(project.id)}`),
    projectDeveloper: project.owner,
    sector: 'Energy (renewable/non-renewable)',
    projectType: 'Solar',
    coveredByNDC: known.coveredByNdc ?? null,
    projectStatus: 'Registered',
    projectStatusDate: isoDate(batch.recordedAt),
    unitMetric: 'tCO2e',
    methodology,
    validationBody: project.validator,
    projectLocations: [
      {
        country: project.countryName ?? null,
        inCountryRegion: known.region ?? null,
        geographicIdentifier,
      },
    ],
  };
}

function issuanceRecord({ batch, known }: CadTrustInput) {
  // What was minted without a decision asked for none: the contract itself verified it.
  const byContract = batch.minted && batch.settled === null;
  return {
    startDate: isoDate(batch.periodStart),
    endDate: isoDate(batch.periodEnd),
    verificationApproach: 'Device signatures checked on-chain, recomputable from the batch file',
    verificationDate: byContract ? isoDate(batch.recordedAt) : (known.verificationDate ?? null),
    verificationBody: byContract ? 'TrueTonne registry contract' : (known.verificationBody ?? null),
  };
}

function unitRecord(input: CadTrustInput) {
  const { project, batch, tonnesBefore, tonnes, link, known } = input;
  const block = (tonne: bigint): string =>
    `TT-${String(project.id)}-${String(batch.vintage)}-${String(tonne)}`;
  return {
    unitOwner: project.owner,
    countryJurisdictionOfOwner: known.ownerCountry ?? null,
    unitBlockStart: block(tonnesBefore + 1n),
    unitBlockEnd: block(tonnesBefore + tonnes),
    // Safe: a project has fewer than 2^53 tonnes; the schema asks for a JSON number.
    unitCount: Number(tonnes),
    vintageYear: batch.vintage,
    unitType: 'Reduction - technical',
    unitStatus: 'Held',
    unitRegistryLink: link(`/batches/${String(project.id * 1_000_000 + batch.number)}`),
    correspondingAdjustmentDeclaration: known.correspondingAdjustment ?? null,
    correspondingAdjustmentStatus: 'Not Started',
  };
}

/** Paths of required fields that are not known. */
function missingIn(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = `${path}.${key}`;
    return inner === null ? [place] : missingIn(inner, place);
  });
}

function isoDate(time: number): string {
  return new Date(time * 1000).toISOString().replace('.000Z', 'Z');
}
