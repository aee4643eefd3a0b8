import type { CatalogueEntry } from './entry.ts';

/** Refusals of the contract that has batches recomputed, and answers that are no verdict. */
export const recomputation = {
  ANSWER_FOREIGN: {
    status: 502,
    title: 'The nodes answered about another batch or share, or in another form',
    todo: 'Ask again. If it stays so, the source and the contract do not fit each other.',
  },
  ANSWER_LATE: {
    status: 409,
    title: 'The answer came after another recomputation of the batch had begun',
    todo: 'Nothing: the one that goes on counts.',
  },
  NOT_OPERATOR: {
    status: 403,
    title: 'Only the operator asks for recomputations',
    todo: 'Use the wallet of the operator, whose subscription pays the nodes.',
  },
  NOT_ROUTER: {
    status: 403,
    title: 'Only the router of Chainlink Functions hands over answers',
    todo: 'Nothing: the answer comes by itself.',
  },
  REQUEST_TEXT_TOO_LONG: {
    status: 422,
    title: 'A text is too long for a request to the nodes',
    todo: 'Use a shorter address of the batch file.',
  },
  REQUEST_UNKNOWN: {
    status: 409,
    title: 'No answer to this request is waited for',
    todo: 'Nothing: it was answered before, or never asked.',
  },
  SHARE_INVALID: {
    status: 422,
    title: 'A recomputation has 1 to 32 shares, counted from 0',
    todo: 'Ask for a share below the number of shares.',
  },
  SOURCE_FAILED: {
    status: 502,
    title: 'The nodes could not recompute the batch',
    todo: 'Read the reason they give, such as FILE_MISSING; mend it and ask again.',
  },
  SOURCE_MISMATCH: {
    status: 422,
    title: 'The source is not the one whose hash the contract holds',
    todo: 'Build it from the version that was deployed: npm run recompute -- --print.',
  },
} as const satisfies Record<string, CatalogueEntry>;
