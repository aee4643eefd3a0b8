import type { ErrorCode, Hex } from '@truetonne/protocol';

/** A signed transaction, stored before it is sent. */
export interface SignedTransaction {
  readonly hash: Hex;
  readonly raw: Hex;
  readonly nonce: number;
}

/**
 * A batch on its way to the chain. `sealed`: file and root are fixed and stored. `signed`: a
 * transaction is stored and may have been sent. `submitted`: seen on the chain, not final yet.
 * `confirmed`: final. `refused`: the contract will not take it; its windows are free again.
 */
export type Submission =
  | { readonly phase: 'sealed' }
  | {
      readonly phase: 'signed';
      readonly transaction: SignedTransaction;
      readonly signedAt: number;
      /** When it was last handed to the chain, Unix seconds; `undefined`: never. */
      readonly sentAt: number | undefined;
    }
  | { readonly phase: 'submitted'; readonly transaction: SignedTransaction | undefined }
  | { readonly phase: 'confirmed' }
  | { readonly phase: 'refused'; readonly code: ErrorCode; readonly detail: string };

/** What the chain showed of the batch, all at one look. */
export interface Observation {
  readonly now: number;
  /** Root of our own batch. */
  readonly root: Hex;
  /** Number that our batch's file carries. */
  readonly number: number;
  /** Root stored on the chain under our batch's id. */
  readonly chainRoot: Hex | undefined;
  /** Number that the contract gives the project's next batch. */
  readonly nextNumber: number;
  /** Fate of our transaction; `unknown` when it is in no block. */
  readonly receipt: 'success' | 'reverted' | 'unknown';
  /** Transactions of the submitter that are in a block. */
  readonly accountNonce: number;
}

export type SubmissionAction =
  | { readonly type: 'observed'; readonly observation: Observation }
  | { readonly type: 'signed'; readonly transaction: SignedTransaction; readonly now: number }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly detail: string }
  /** The event is final. */
  | { readonly type: 'confirmed' }
  /** Blocks were taken back, so that even a confirmed batch has to be looked for again. */
  | { readonly type: 'rewound'; readonly transaction: SignedTransaction | undefined };

export type SubmissionEffect =
  /** Ask the contract whether it would take the batch, then sign; `nonce` when one is replaced. */
  | { readonly type: 'sign'; readonly nonce: number | undefined }
  | { readonly type: 'send'; readonly transaction: SignedTransaction }
  /** Find out why the transaction failed and report it as `refused`. */
  | { readonly type: 'explain'; readonly transaction: SignedTransaction };

/** A transaction that is in no block is handed to the chain again after this time, seconds. */
const RESEND_AFTER = 15;

/** ... and signed again with the same nonce at the price of the day after this one. */
const REPLACE_AFTER = 180;

type Step = readonly [Submission, readonly SubmissionEffect[]];

/**
 * Decides the next step of a submission. A batch lands once: a transaction is stored before it is
 * sent, a replacement has the same nonce, and what the chain already holds is recognised by its root.
 */
export function stepSubmission(state: Submission, action: SubmissionAction): Step {
  switch (action.type) {
    case 'confirmed':
      return [{ phase: 'confirmed' }, []];
    case 'rewound':
      return [rewind(state, action.transaction), []];
    case 'refused':
      return [{ phase: 'refused', code: action.code, detail: action.detail }, []];
    case 'signed': {
      const { transaction, now } = action;
      const signed = { phase: 'signed', transaction, signedAt: now, sentAt: now } as const;
      return [signed, [{ type: 'send', transaction }]];
    }
    case 'observed':
      return observe(state, action.observation);
  }
}

function rewind(state: Submission, transaction: SignedTransaction | undefined): Submission {
  if (state.phase === 'refused') return state;
  if (transaction === undefined) return { phase: 'sealed' };
  return { phase: 'signed', transaction, signedAt: 0, sentAt: undefined };
}

function observe(state: Submission, seen: Observation): Step {
  if (state.phase === 'confirmed' || state.phase === 'refused') return [state, []];
  const transaction = state.phase === 'sealed' ? undefined : state.transaction;
  if (seen.chainRoot === seen.root) return [{ phase: 'submitted', transaction }, []];
  if (seen.chainRoot !== undefined || seen.nextNumber !== seen.number) {
    const detail = `number ${seen.number} of the project is another batch; the next one is ${seen.nextNumber}`;
    return [{ phase: 'refused', code: 'CHAIN_RECORD_MISMATCH', detail }, []];
  }
  if (transaction === undefined) return [{ phase: 'sealed' }, [{ type: 'sign', nonce: undefined }]];
  const signedAt = state.phase === 'signed' ? state.signedAt : seen.now;
  const sentAt = state.phase === 'signed' ? state.sentAt : undefined;
  return observeSigned({ phase: 'signed', transaction, signedAt, sentAt }, seen);
}

function observeSigned(state: Extract<Submission, { phase: 'signed' }>, seen: Observation): Step {
  const { transaction, signedAt, sentAt } = state;
  if (seen.receipt === 'reverted') return [state, [{ type: 'explain', transaction }]];
  if (seen.receipt === 'success') return [state, []];
  if (seen.accountNonce > transaction.nonce) {
    // Another transaction took the nonce, so this one can never land.
    return [{ phase: 'sealed' }, [{ type: 'sign', nonce: undefined }]];
  }
  if (sentAt !== undefined && seen.now - signedAt >= REPLACE_AFTER) {
    return [state, [{ type: 'sign', nonce: transaction.nonce }]];
  }
  if (sentAt !== undefined && seen.now - sentAt < RESEND_AFTER) return [state, []];
  return [{ ...state, sentAt: seen.now }, [{ type: 'send', transaction }]];
}

/** Seconds before a project tries again after so many refusals in a row: 5, 10, 20 ... at most an hour. */
export function retryDelay(refusals: number): number {
  return Math.min(5 * 2 ** Math.max(0, refusals - 1), 3600);
}
