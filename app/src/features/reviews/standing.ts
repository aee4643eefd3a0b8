/** How far a batch has come, and what it still needs. */
import type { Batch, Judgements } from '../../api/indexer/index.ts';

/** What counts so far. Opinions to void a batch are no part of it. */
export interface Tally {
  readonly approvals: number;
  readonly rejections: number;
  readonly recomputed: boolean;
}

export function tallyOf(batchId: bigint, { opinions, recomputations }: Judgements): Tally {
  const said = opinions.filter((opinion) => opinion.batchId === batchId);
  return {
    approvals: said.filter(({ verdict }) => verdict === 'approve').length,
    rejections: said.filter(({ verdict }) => verdict === 'reject').length,
    recomputed: recomputations.some((each) => each.batchId === batchId && each.agrees),
  };
}

export type Judged = Pick<Batch, 'state' | 'kind' | 'grams' | 'creditableWh' | 'project'>;

/** Approvals that are there, of those that are needed: "1 of 2 approvals". */
export function countOf({ approvals }: Tally, needed: number): string {
  return `${approvals} of ${needed} ${needed === 1 ? 'approval' : 'approvals'}`;
}

function missingToVerify(batch: Judged, tally: Tally): readonly string[] {
  const demands = batch.project?.methodology;
  if (demands === undefined) return ['Its methodology version is not known yet.'];
  const open = demands.approvals - tally.approvals;
  return [
    ...(open > 0
      ? [`${open === 1 ? 'One more verifier has' : `${open} more verifiers have`} to approve it.`]
      : []),
    ...(demands.recomputation && !tally.recomputed
      ? ['An independent recomputation has to agree.']
      : []),
  ];
}

/** How a batch can be minted: as ever, or so that it pays the project's debt first. */
export type MintWay = 'mint' | 'mintForDebt';

/** `undefined`: not now. */
export function mintWay(batch: Judged, tally: Tally): MintWay | undefined {
  const { state, kind, project } = batch;
  if (state !== 'verified' || amountOf(batch) === 0n) return undefined;
  if (missingToMint(batch, tally).length === 0) return 'mint';
  if (project === undefined) return undefined;
  const { owedGrams, owedCertificates } = project;
  // Who owes both cures the other kind first, as TonneRecourse.collect asks.
  const [owed, other] =
    kind === 'carbon' ? [owedGrams, owedCertificates] : [owedCertificates, owedGrams];
  return owed > 0n && other === 0n ? 'mintForDebt' : undefined;
}

function amountOf({ kind, grams, creditableWh }: Judged): bigint {
  return kind === 'carbon' ? grams : creditableWh;
}

function owesBoth({ owedGrams, owedCertificates }: NonNullable<Judged['project']>): boolean {
  return owedGrams > 0n && owedCertificates > 0n;
}

function missingOnceVerified(batch: Judged): readonly string[] {
  const { project } = batch;
  return [
    ...(project?.blocked === true
      ? [
          project.owedGrams > 0n || project.owedCertificates > 0n
            ? owesBoth(project)
              ? 'The project owes credits and certificates for voided batches: one of the debts is cured first, the other can be minted for.'
              : 'The project owes for a batch that was voided: what it mints pays that first.'
            : 'The void of a batch of this project is announced; nothing is minted until that is decided.',
        ]
      : []),
    ...(amountOf(batch) === 0n ? ['It credits nothing, so there is nothing to mint.'] : []),
  ];
}

/** Sentences on what stands between the batch and its credits; none when it can be minted now. */
export function missingToMint(batch: Judged, tally: Tally): readonly string[] {
  switch (batch.state) {
    case 'submitted':
      return missingToVerify(batch, tally);
    case 'verified':
      return missingOnceVerified(batch);
    case 'rejected':
      return ['It was rejected: it can never be minted.'];
    case 'voided':
      return ['It was voided: what it had issued was taken back.'];
    case 'minted':
      return ['Its credits were minted before: each batch is minted once.'];
  }
}
