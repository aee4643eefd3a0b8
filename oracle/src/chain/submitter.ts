import { BaseError, TransactionReceiptNotFoundError, type PublicClient } from 'viem';
import {
  stepSubmission,
  type ChainView,
  type Observation,
  type SignedTransaction,
  type Submission,
  type SubmissionAction,
  type SubmissionEffect,
  type SubmissionPace,
  type Variants,
} from '../domain/submission.ts';
import type { Endpoints } from '../rpc/endpoints.ts';
import { readUnconfirmed } from '../store/batches.ts';
import { readSubmission, saveSubmission } from '../store/submissions.ts';
import type { BatchRow } from '../store/tables/schema.ts';
import {
  explainFailure,
  signFiller,
  signReplacement,
  signSubmission,
  type Signer,
} from './signer.ts';
import { readView, type ViewedBatch } from './view.ts';

export interface Submitter extends Signer {
  readonly endpoints: Endpoints;
  readonly pace: SubmissionPace;
  /** The newest block, and the last one whose events are in the store. */
  readonly blocks: { readonly head: number; readonly settled: number };
  readonly onStep: (row: BatchRow, state: Submission) => void;
  /** A node does not take a transaction; it is kept and offered again. */
  readonly onRefusedByNode: (row: BatchRow, reason: string) => void;
  /** The chain has a batch of that block, and its event was never shown. */
  readonly onMissingEvent: (block: number) => Promise<never>;
}

/**
 * Moves every batch that is on its way one step on. One at a time is signed, so that no nonce is ever
 * left out. Throws when the chain doesn't answer.
 */
export async function submitOnce(submitter: Submitter): Promise<void> {
  const rows = await readUnconfirmed(submitter.database);
  const isSealed = ({ phase }: BatchRow): boolean => phase === 'sealed';
  let inFlight = false;
  for (const row of [...rows.filter((one) => !isSealed(one)), ...rows.filter(isSealed)]) {
    if (inFlight && isSealed(row)) break;
    inFlight = (await advance(submitter, row)).phase === 'signed' || inFlight;
  }
}

async function advance(submitter: Submitter, row: BatchRow): Promise<Submission> {
  const { database, now, pace } = submitter;
  let state = await readSubmission(database, row);
  const observation = await observe(submitter, row, state);
  const actions: SubmissionAction[] = [{ type: 'observed', observation }];
  for (let action = actions.shift(); action !== undefined; action = actions.shift()) {
    const [next, effects] = stepSubmission(state, action, pace);
    // Stored before any effect: what was signed is never forgotten, whenever the process ends.
    await database.transaction((session) => saveSubmission(session, row.key, next, now()));
    if (next.phase !== state.phase) submitter.onStep(row, next);
    state = next;
    for (const effect of effects) actions.push(...(await run(submitter, row, effect)));
  }
  return state;
}

/** Looks at two blocks, so that all answers fit together however many blocks come in between. */
async function observe(
  submitter: Submitter,
  row: BatchRow,
  state: Submission,
): Promise<Observation> {
  const { client, now, blocks } = submitter;
  const settled = await readView(submitter, row, blocks.settled);
  // Everything up to this block was read: a batch that is in it and not in the store was withheld.
  if (settled.batchBlock !== undefined) await submitter.onMissingEvent(settled.batchBlock);
  const head =
    blocks.head === blocks.settled ? settled : await readView(submitter, row, blocks.head);
  const variants = state.phase === 'signed' ? state.variants : undefined;
  const mined = variants === undefined ? undefined : await findMined(client, variants, settled);
  const { root, number } = row;
  return { now: now(), root, number, head: toView(head), settled: toView(settled), mined };
}

function toView({ root, nextNumber, nonce }: ViewedBatch): ChainView {
  return { root, nextNumber, nonce };
}

/** The variant that is in a block; asked only when the nonce is used for good. */
async function findMined(
  client: PublicClient,
  variants: Variants,
  settled: ViewedBatch,
): Promise<Observation['mined']> {
  if (settled.nonce <= variants[0].nonce) return undefined;
  for (const { hash } of variants) {
    try {
      return { hash, status: (await client.getTransactionReceipt({ hash })).status };
    } catch (error) {
      if (!(error instanceof TransactionReceiptNotFoundError)) throw error;
    }
  }
  return undefined;
}

async function run(
  submitter: Submitter,
  row: BatchRow,
  effect: SubmissionEffect,
): Promise<readonly SubmissionAction[]> {
  switch (effect.type) {
    case 'sign':
      return [await signSubmission(submitter, row, effect.nonce)];
    case 'replace': {
      const transaction = await signReplacement(submitter, effect.transaction);
      if (transaction !== undefined) return [{ type: 'signed', transaction }];
      await send(submitter, row, effect.transaction);
      return [];
    }
    case 'send':
      await send(submitter, row, effect.transaction);
      return [];
    case 'fill':
      await send(submitter, row, await signFiller(submitter, effect.nonce));
      return [];
    case 'explain':
      return [await explainFailure(submitter, row, effect.hash)];
  }
}

/** Hands a transaction to all endpoints: one that keeps it to itself does not stop it. */
async function send(
  { client, endpoints, onRefusedByNode }: Submitter,
  row: BatchRow,
  { raw }: Pick<SignedTransaction, 'raw'>,
): Promise<void> {
  const hand = (to: PublicClient) => handOver(to, raw);
  const [answer, others] = await Promise.all([hand(client), endpoints.askOthers(client, hand)]);
  const taken = [answer, ...others].some((reason) => reason === undefined);
  if (!taken && answer !== undefined) onRefusedByNode(row, answer);
}

/** Answers why the node does not take it; `undefined` when it does, or has it already. */
async function handOver(
  client: PublicClient,
  raw: SignedTransaction['raw'],
): Promise<string | undefined> {
  try {
    await client.sendRawTransaction({ serializedTransaction: raw });
    return undefined;
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    const answered = error.walk(
      (cause) => cause instanceof Error && cause.name === 'RpcRequestError',
    );
    if (answered === null) throw error;
    // The node has it already, or it is in a block: the next look tells.
    const known = /already known|already imported|nonce too low|known transaction/i;
    const text = `${error.message} ${error.details}`;
    return known.test(text) ? undefined : (error.details.split('\n')[0] ?? error.shortMessage);
  }
}
