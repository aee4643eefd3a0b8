import type { CatalogueEntry } from './entry.ts';

/** Refusals of the contracts. */
export const chain = {
  BATCH_ALREADY_MINTED: {
    status: 409,
    title: 'The credits of this batch were minted before',
    todo: 'Nothing to do: each batch mints once.',
  },
  BATCH_EMPTY: {
    status: 422,
    title: 'The batch has no gram to mint',
    todo: 'Nothing to do: what is below a gram is carried into the next batch.',
  },
  BATCH_LIMIT_REACHED: {
    status: 409,
    title: 'The project has 999,999 batches',
    todo: 'Register a new project.',
  },
  BATCH_UNKNOWN: {
    status: 404,
    title: 'No batch with this id',
    todo: 'Check the id: project id x 1,000,000 + number.',
  },
  DEDUCTION_EXCEEDS_EXPORT: {
    status: 422,
    title: 'More is deducted than was exported',
    todo: 'Deduct at most the exported energy of the batch.',
  },
  FACTOR_FIXED: {
    status: 409,
    title: 'The emission factor was fixed when the project was first validated',
    todo: 'Validate with the same factor, or register a new project.',
  },
  METHODOLOGY_NOT_IN_FORCE: {
    status: 422,
    title: 'The crediting period does not begin while this methodology version is in force',
    todo: 'Choose the version that is in force when crediting begins.',
  },
  METHODOLOGY_UNKNOWN: {
    status: 404,
    title: 'No methodology version with this id',
    todo: 'Check the id; the admin publishes versions.',
  },
  NOT_IN_BATCH: {
    status: 422,
    title: 'The proof does not lead from this window to the root of the batch',
    todo: 'Take header, readings and proof from the file of this very batch.',
  },
  NOT_PROJECT_OWNER: {
    status: 403,
    title: 'Only the owner of the project may do this',
    todo: 'Use the wallet that registered the project.',
  },
  NOT_SUBMITTER: {
    status: 403,
    title: "Only the project's submitter may submit batches",
    todo: 'Use the wallet that the validator named.',
  },
  OUTSIDE_CREDITING_PERIOD: {
    status: 422,
    title: 'The period is outside the crediting period of the project',
    todo: 'Only energy within the crediting period counts.',
  },
  OUTSIDE_PERIOD: {
    status: 422,
    title: 'The period does not hold what the batch covers',
    todo: 'It begins at or before every opening and ends at or after every closing.',
  },
  PERIOD_INVALID: {
    status: 422,
    title: 'The period does not begin before it ends',
    todo: 'Give a beginning that is earlier than the end.',
  },
  PERIOD_IN_FUTURE: {
    status: 422,
    title: 'The period has not ended yet',
    todo: 'Submit when it is over.',
  },
  PROJECT_UNKNOWN: {
    status: 404,
    title: 'No project with this id',
    todo: 'Check the id.',
  },
  TEXT_MISSING: {
    status: 422,
    title: 'A text is empty',
    todo: 'Fill in the field.',
  },
  TEXT_TOO_LONG: {
    status: 422,
    title: 'A text has too many bytes',
    todo: 'Shorten the field; letters outside ASCII take more than one byte.',
  },
  VALIDATOR_NOT_ACCREDITED: {
    status: 403,
    title: 'The wallet is no accredited validator at this time',
    todo: 'Ask the admin for accreditation.',
  },
  VINTAGE_SPAN: {
    status: 422,
    title: 'The period overlaps two vintages',
    todo: 'End it at the turn of the year; energy across it can only be moved past with full deduction.',
  },
} as const satisfies Record<string, CatalogueEntry>;
