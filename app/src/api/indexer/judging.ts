/** Verifiers and what they said of batches. Energy in Wh, times in Unix seconds. */
import {
  address,
  big,
  flag,
  hex,
  integer,
  listOf,
  object,
  oneOf,
  optional,
  text,
} from '../parse.ts';
import { askIndexer } from './client.ts';
import { single } from './page.ts';

const verifier = object({
  address,
  role: oneOf('verifier', 'recomputer'),
  accreditedFrom: integer,
  /** Last second in which it may judge. */
  accreditedUntil: integer,
});
export type Verifier = ReturnType<typeof verifier>;

export function fetchVerifier(url: string, account: string): Promise<Verifier | undefined> {
  const query = `query ($address: String!) {
    verifier(address: $address) { address role accreditedFrom accreditedUntil } }`;
  const variables = { address: account.toLowerCase() };
  return askIndexer(url, query, variables, single('verifier', verifier));
}

const opinion = object({
  id: text,
  batchId: big,
  verifierAddress: address,
  verdict: oneOf('approve', 'reject', 'void'),
  reasonHash: hex,
  reasonUri: text,
  at: integer,
});
export type Opinion = ReturnType<typeof opinion>;

const recomputation = object({
  id: text,
  batchId: big,
  recomputer: address,
  agrees: flag,
  at: integer,
});
export type Recomputation = ReturnType<typeof recomputation>;

const recomputationShare = object({
  requestId: hex,
  batchId: big,
  /** From 0. */
  share: integer,
  shares: integer,
  state: oneOf('asked', 'agreed', 'contradicted', 'inconclusive'),
  /** Why it is contradicted or no verdict: mostly a code of the catalogue of errors. */
  code: optional(text),
  at: integer,
});
/** A part of a batch that Chainlink Functions were asked to recompute. */
export type RecomputationShare = ReturnType<typeof recomputationShare>;

/** What was said of batches so far, in the order in which it was said. */
export interface Judgements {
  readonly opinions: readonly Opinion[];
  readonly recomputations: readonly Recomputation[];
  readonly shares: readonly RecomputationShare[];
}

const judgements = object({
  opinions: object({ items: listOf(opinion) }),
  recomputations: object({ items: listOf(recomputation) }),
  recomputationShares: object({ items: listOf(recomputationShare) }),
});

/** More than a page of batches can have: at most seven verifiers approve, and seven reject. */
const LIMIT = 1_000;

export async function fetchJudgements(
  url: string,
  batchIds: readonly bigint[],
): Promise<Judgements> {
  const query = `query ($opinions: opinionFilter, $recomputations: recomputationFilter,
    $shares: recomputationShareFilter) {
    opinions(where: $opinions, orderBy: "at", limit: ${LIMIT}) {
      items { id batchId verifierAddress verdict reasonHash reasonUri at }
    }
    recomputations(where: $recomputations, orderBy: "at", limit: ${LIMIT}) {
      items { id batchId recomputer agrees at }
    }
    recomputationShares(where: $shares, orderBy: "at", limit: ${LIMIT}) {
      items { requestId batchId share shares state code at }
    } }`;
  const those = { batchId_in: batchIds.map(String) };
  const variables = { opinions: those, recomputations: those, shares: those };
  const found = await askIndexer(url, query, variables, judgements);
  return {
    opinions: found.opinions.items,
    recomputations: found.recomputations.items,
    shares: found.recomputationShares.items,
  };
}
