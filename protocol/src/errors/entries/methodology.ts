import type { CatalogueEntry } from './entry.ts';

/** Failures of methodologies, dry runs and exports. */
export const methodology = {
  DRY_RUN_TOO_LARGE: {
    status: 422,
    title: 'A dry run over that many windows would hold everybody else up',
    todo: 'Run it batch by batch.',
  },
  EXPORT_NOT_READY: {
    status: 409,
    title: 'The batch is not on the chain yet, so there is nothing to report of it',
    todo: 'Wait until its phase is confirmed.',
  },
  FACTOR_MISSING: {
    status: 422,
    title: "A grid factor that this version needs is not known for the project's country",
    todo: 'Give it with the request; no other country or year stands in for it.',
  },
  ISSUER_MISSING: {
    status: 501,
    title: 'This oracle has no key to sign reports with',
    todo: 'The operator sets ORACLE_ISSUER_KEY; docs/exports.md says how to make one.',
  },
  METHODOLOGY_FILE_MISSING: {
    status: 404,
    title: 'No parameter file of that methodology version is here',
    todo: 'See GET /v1/methodologies for those that are.',
  },
  PERMISSIBLE_ERROR_INVALID: {
    status: 422,
    title: 'The error of a meter is no percentage from 0 to 100 with at most six decimals',
    todo: "Give the maximum permissible error of the meter's class, such as 0.5.",
  },
  STATEMENTS_LIMITED: {
    status: 409,
    title: 'The meter or project has as many statements as are kept of it',
    todo: 'Nothing more can be stated of it here, and nothing is lost: tell the verifier, who has the documents of what is missing. Elsewhere, state longer spans: a calibration a year, an invoice a month.',
  },
  STATEMENT_IN_FUTURE: {
    status: 422,
    title: 'The statement is about a day that is not over yet',
    todo: 'State it when the day is over.',
  },
  VALIDITY_TOO_LONG: {
    status: 422,
    title: 'No calibration counts for so long',
    todo: 'Give the last day before the next calibration is due, as the certificate has it: at most 20 years after the day of the calibration.',
  },
  STATEMENT_OVERLAPS: {
    status: 409,
    title: 'Another statement stands for these days',
    todo: 'To correct it, say that this one supersedes it; both are kept.',
  },
  STATEMENT_SUPERSEDED: {
    status: 409,
    title: 'The statement was superseded before',
    todo: 'Supersede the one that stands.',
  },
  STATEMENT_UNKNOWN: {
    status: 404,
    title: 'The device or project has no such statement',
    todo: 'Check the id in the list of statements.',
  },
} as const satisfies Record<string, CatalogueEntry>;
