import type { CatalogueEntry } from './entry.ts';

/** Failures of an organisation's activities, imports, suppliers, goals and periods. */
export const inventory = {
  ACTIVITY_IN_FUTURE: {
    status: 422,
    title: 'The activity ends on a day that has not been yet',
    todo: 'Check the date; log what has happened.',
  },
  ACTIVITY_UNKNOWN: {
    status: 404,
    title: 'The organisation has no activity with this id',
    todo: 'Check the id; it may have been deleted.',
  },
  PERIOD_LOCKED: {
    status: 409,
    title: 'The day lies in a period that is closed',
    todo: 'Restate the period first; its old root stays, and the difference is reported.',
  },
  WORKSPACE_CLOSED: {
    status: 409,
    title: 'The workspace is closed',
    todo: 'Choose an open workspace.',
  },
} as const satisfies Record<string, CatalogueEntry>;
