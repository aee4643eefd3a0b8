import type { ErrorCode, Hex } from '@truetonne/protocol';

/** A signed transaction, stored before it is sent. */
export interface SignedTransaction {
  readonly hash: Hex;
  readonly raw: Hex;
  readonly nonce: number;
  /** Unix seconds. */
  readonly signedAt: number;
}

/**
 * Transactions that carry the same batch with the same nonce, oldest first: the first one and its
 * replacements, each at a higher fee. At most one of them can be mined, and any of them may be.
 */
export type Variants = readonly [SignedTransaction, ...SignedTransaction[]];

/**
 * A batch on its way to the chain. `sealed`: file and root are fixed and stored. `signed`: a
 * transaction is stored and may have been sent. `submitted`: seen on the chain, not final yet.
 * `confirmed`: final. `refused`: the contract will not take it; its windows are free again.
 */
export type Submission =
  | { readonly phase: 'sealed' }
  | {
      readonly phase: 'signed';
      readonly variants: Variants;
      /** When one was last handed to the chain, Unix seconds; `undefined`: never. */
      readonly sentAt: number | undefined;
    }
  | { readonly phase: 'submitted'; readonly variants: Variants | undefined }
  | { readonly phase: 'confirmed' }
  | { readonly phase: 'refused'; readonly code: ErrorCode; readonly detail: string };

/** What a block says of a batch and of its submitter. */
export interface ChainView {
  /** Root stored under our batch's id. */
  readonly root: Hex | undefined;
  /** Number that the contract gives the project's next batch. */
  readonly nextNumber: number;
  /** Transactions of the submitter up to this block. */
  readonly nonce: number;
}

/** What the chain showed of the batch, all at one look. */
export interface Observation {
  readonly now: number;
  /** Root of our own batch. */
  readonly root: Hex;
  /** Number that our batch's file carries. */
  readonly number: number;
  /** The newest block. */
  readonly head: ChainView;
  /** The newest block that will not be taken back. */
  readonly settled: ChainView;
  /** The variant that is in a block, if the chain shows one. */
  readonly mined: { readonly hash: Hex; readonly status: 'success' | 'reverted' } | undefined;
}

export type SubmissionAction =
  | { readonly type: 'observed'; readonly observation: Observation }
  | { readonly type: 'signed'; readonly transaction: SignedTransaction }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly detail: string };

export type SubmissionEffect =
  /** Ask the contract whether it would take the batch, then sign with the submitter's next nonce. */
  | { readonly type: 'sign'; readonly nonce: number }
  /** Sign the same once more at a higher fee, if the fee is what holds it up. */
  | { readonly type: 'replace'; readonly transaction: SignedTransaction }
  | { readonly type: 'send'; readonly transaction: SignedTransaction }
  /** Use up a nonce before ours that nobody uses, with a transaction that does nothing. */
  | { readonly type: 'fill'; readonly nonce: number }
  /** Find out why the transaction failed and report it as `refused`. */
  | { readonly type: 'explain'; readonly hash: Hex };

/** How long to wait for the chain, in seconds. */
export interface SubmissionPace {
  /** A transaction that is in no block is handed to the chain again after this time ... */
  readonly resendAfter: number;
  /** ... and replaced at a higher fee after this one. */
  readonly replaceAfter: number;
}

type Step = readonly [Submission, readonly SubmissionEffect[]];

/**
 * Decides the next step of a submission. A batch lands once: a transaction is stored before it is
 * sent, a replacement has the same nonce, another nonce is taken only when a settled block shows the
 * first one used by somebody else, and what the chain already holds is recognised by its root.
 */
export function stepSubmission(
  state: Submission,
  action: SubmissionAction,
  pace: SubmissionPace,
): Step {
  switch (action.type) {
    case 'refused':
      return [{ phase: 'refused', code: action.code, detail: action.detail }, []];
    case 'signed':
      return sign(state, action.transaction);
    case 'observed':
      return observe(state, action.observation, pace);
  }
}

/** Blocks were taken back: even a confirmed batch has to be looked for again, with what was signed. */
export function stepRewound(state: Submission, variants: Variants | undefined): Submission {
  if (state.phase === 'refused') return state;
  return variants === undefined
    ? { phase: 'sealed' }
    : { phase: 'signed', variants, sentAt: undefined };
}

/** Variants of another nonce are forgotten: they were signed anew because they can't be mined. */
function sign(state: Submission, transaction: SignedTransaction): Step {
  const before = state.phase === 'signed' ? state.variants : [];
  const [first, ...rest] = before.filter(({ nonce }) => nonce === transaction.nonce);
  const variants: Variants = first === undefined ? [transaction] : [first, ...rest, transaction];
  const signed = { phase: 'signed', variants, sentAt: transaction.signedAt } as const;
  return [signed, [{ type: 'send', transaction }]];
}

function observe(state: Submission, seen: Observation, pace: SubmissionPace): Step {
  if (state.phase === 'confirmed' || state.phase === 'refused') return [state, []];
  const variants = state.phase === 'sealed' ? undefined : state.variants;
  const { head, settled, root, number } = seen;
  if (head.root === root) return [{ phase: 'submitted', variants }, []];
  const taken = settled.root !== undefined && settled.root !== root;
  if (taken || settled.nextNumber !== number) {
    const detail = `number ${number} of the project is another batch; the next one is ${settled.nextNumber}`;
    return [{ phase: 'refused', code: 'CHAIN_RECORD_MISMATCH', detail }, []];
  }
  if (variants === undefined) {
    const free = head.nextNumber === number;
    return [{ phase: 'sealed' }, free ? [{ type: 'sign', nonce: head.nonce }] : []];
  }
  const sentAt = state.phase === 'signed' ? state.sentAt : undefined;
  return observeSigned({ phase: 'signed', variants, sentAt }, seen, pace);
}

function observeSigned(
  state: Extract<Submission, { phase: 'signed' }>,
  seen: Observation,
  pace: SubmissionPace,
): Step {
  const { variants, sentAt } = state;
  const { head, settled, mined, now } = seen;
  const last = variants.at(-1) ?? variants[0];
  if (settled.nonce > last.nonce) {
    if (mined?.status === 'reverted') return [state, [{ type: 'explain', hash: mined.hash }]];
    // A chain that shows success and no batch contradicts itself: the next look tells more.
    if (mined !== undefined) return [state, []];
    // The nonce was used by somebody else, for good: none of the variants can ever be mined.
    return [{ phase: 'sealed' }, [{ type: 'sign', nonce: head.nonce }]];
  }
  // Used in a block that may still be taken back: wait until that is settled.
  if (head.nonce > last.nonce) return [state, []];
  if (sentAt !== undefined && now - sentAt < pace.resendAfter) return [state, []];
  const resent = { ...state, sentAt: now };
  const again: SubmissionEffect = { type: 'send', transaction: last };
  const overdue = sentAt !== undefined && now - last.signedAt >= pace.replaceAfter;
  if (!overdue) return [resent, [again]];
  if (head.nonce < last.nonce) return [resent, [{ type: 'fill', nonce: head.nonce }, again]];
  return [resent, [{ type: 'replace', transaction: last }]];
}

/**
 * The fee of a replacement in wei per gas: at least an eighth above what it replaces, because nodes
 * refuse less than a tenth, and at least the day's. `undefined` when four times the day's fee has not
 * helped: then it is not the fee that holds the transaction up.
 */
export function replacementFee(paidWei: bigint, todayWei: bigint): bigint | undefined {
  const raised = (paidWei * 9n) / 8n + 1n;
  if (raised > 4n * todayWei) return undefined;
  return raised > todayWei ? raised : todayWei;
}

/** Seconds before a project tries again after so many refusals in a row: 5, 10, 20 ... at most an hour. */
export function retryDelay(refusals: number): number {
  return Math.min(5 * 2 ** Math.max(0, refusals - 1), 3600);
}
