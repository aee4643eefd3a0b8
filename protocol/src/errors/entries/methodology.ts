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
} as const satisfies Record<string, CatalogueEntry>;
