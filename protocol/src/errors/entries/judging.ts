import type { CatalogueEntry } from './entry.ts';

/** Refusals of roles, verification, recourse and energy certificates. */
export const judging = {
  BATCH_NOT_OPEN: {
    status: 409,
    title: 'The batch is not waiting for a decision',
    todo: 'Look at its state: it is unknown, or it was verified, rejected or voided before.',
  },
  BATCH_NOT_TO_SETTLE: {
    status: 409,
    title: 'The batch can not be brought into this state by this caller',
    todo: 'Submit opinions to the verification or recourse contract instead.',
  },
  BATCH_NOT_VERIFIED: {
    status: 409,
    title: 'The batch is not verified, or was found wrong',
    todo: 'Wait for the opinions and the recomputation that its methodology version asks for.',
  },
  BATCH_ROOT_MISMATCH: {
    status: 409,
    title: 'The batch has another root than the one that was signed',
    todo: 'Look at the batch again: the chain was reorganised, or the opinion is of another batch.',
  },
  BATCH_NOT_VOIDABLE: {
    status: 409,
    title: 'Only a verified or minted batch can be voided',
    todo: 'Reject a submitted batch instead; a rejected or voided one needs nothing more.',
  },
  CANCELLATION_EMPTY: {
    status: 422,
    title: 'Zero certificates can not be cancelled',
    todo: 'Cancel at least one certificate.',
  },
  CANCELLATION_UNKNOWN: {
    status: 404,
    title: 'No cancellation with this id',
    todo: 'Check the id: certificate id x 10^20 + first cancelled serial.',
  },
  CURE_OUT_OF_RANGE: {
    status: 422,
    title: 'Nothing, or more than the project owes, is handed in',
    todo: 'Hand in at least one and at most what is owed.',
  },
  DEBT_MISSING: {
    status: 409,
    title: 'The project owes nothing of this kind',
    todo: 'Mint the batch in the ordinary way.',
  },
  INVALID_SHORT_STRING: {
    status: 500,
    title: 'A stored text is damaged',
    todo: 'Report it: this can not happen.',
  },
  NOT_ADMIN: {
    status: 403,
    title: 'Only the admin of the registry may do this',
    todo: 'Use the wallet of the admin.',
  },
  NOT_RECOMPUTER: {
    status: 403,
    title: 'A verifier does not report recomputations',
    todo: 'Sign an opinion instead.',
  },
  NOT_RECOURSE: {
    status: 403,
    title: 'Only the recourse contract may do this',
    todo: 'Announce a void there.',
  },
  NOT_VERIFICATION: {
    status: 403,
    title: 'Only the verification contract may do this',
    todo: 'Accredit verifiers there.',
  },
  OTHER_DEBT_OWED: {
    status: 409,
    title: 'The project owes for the other kind of claim too',
    todo: 'Cure that debt first: hand in credits or certificates on the page of the project.',
  },
  OPINION_EXPIRED: {
    status: 410,
    title: 'The opinion is past its deadline',
    todo: 'Have the verifier sign it again with a later deadline.',
  },
  OPINION_MISSING: {
    status: 422,
    title: 'No opinion was submitted',
    todo: 'Submit at least one signed opinion.',
  },
  OPINION_NOT_ASKED: {
    status: 409,
    title: 'The methodology version asks for no opinions',
    todo: 'Nothing to do: the batch is decided on without them.',
  },
  OPINION_NOT_NEEDED: {
    status: 409,
    title: 'Enough opinions are there already',
    todo: 'Leave this one out.',
  },
  OPINION_REPEATED: {
    status: 409,
    title: 'This verifier gave its opinion on the batch before',
    todo: 'Nothing to do: each verifier has one opinion per batch.',
  },
  OPINION_SIGNATURE_INVALID: {
    status: 422,
    title: 'The signature is not that of the verifier over this opinion',
    todo: 'Sign for this chain, contract, batch, root, verdict, reasons, round and deadline.',
  },
  PAUSE_TOO_LONG: {
    status: 422,
    title: 'No pause may last longer than 14 days',
    todo: 'Pause until an earlier time.',
  },
  PROJECT_IS_BLOCKED: {
    status: 409,
    title: 'The project owes credits, or a void of one of its batches is announced',
    todo: 'Hand in what is owed, or mint for the debt; an announced void is decided first.',
  },
  REASON_MISSING: {
    status: 422,
    title: 'Whoever rejects or voids has to say why',
    todo: "Give the SHA-256 of the reasons' document.",
  },
  RECOMPUTATION_NOT_ASKED: {
    status: 409,
    title: 'The methodology version asks for no recomputation',
    todo: 'Nothing to do.',
  },
  RECOMPUTATION_REPEATED: {
    status: 409,
    title: 'A recomputation of this batch agreed before',
    todo: 'Nothing to do.',
  },
  ROLE_TAKEN: {
    status: 409,
    title: 'The wallet has another role already, for good',
    todo: 'Use another wallet: nobody judges what it may earn by.',
  },
  STRING_TOO_LONG: {
    status: 500,
    title: 'A text of the contract is too long',
    todo: 'Report it: this can not happen.',
  },
  SUBMISSIONS_PAUSED: {
    status: 503,
    title: 'Submissions and sales are paused',
    todo: 'Try again after the time shown; nothing is lost. Retirement and withdrawal go on.',
  },
  VERDICT_UNKNOWN: {
    status: 422,
    title: 'The contract does not count this verdict',
    todo: 'Approve or reject in verification, void in recourse.',
  },
  VERIFIER_NOT_ACCREDITED: {
    status: 403,
    title: 'The wallet is no accredited verifier at this time',
    todo: 'Ask the admin for accreditation; it has to last when the opinion is submitted.',
  },
  VOID_ANNOUNCED_ALREADY: {
    status: 409,
    title: 'The void of this batch is announced already',
    todo: 'Wait for its notice to end; then anyone may execute it.',
  },
  VOID_NOT_ANNOUNCED: {
    status: 409,
    title: 'No void of this batch is announced',
    todo: 'Enough verifiers have to find the batch wrong first.',
  },
  VOID_PENDING: {
    status: 409,
    title: 'A void of a batch of this project is announced',
    todo: 'Wait until it is executed or cancelled.',
  },
  VOID_TOO_EARLY: {
    status: 409,
    title: 'The notice of this void is not over',
    todo: 'Try again after the time shown.',
  },
} as const satisfies Record<string, CatalogueEntry>;
