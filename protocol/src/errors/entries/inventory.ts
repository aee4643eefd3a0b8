import type { CatalogueEntry } from './entry.ts';

/** Failures of an organisation's activities, imports, suppliers, goals and periods. */
export const inventory = {
  ACTIVITY_IN_FUTURE: {
    status: 422,
    title: 'The activity ends on a day that has not been yet',
    todo: 'Check the date; log what has happened.',
  },
  ACTIVITY_TOO_OLD: {
    status: 422,
    title: 'The activity ended before 1990, for which there are no inventories',
    todo: 'Check the year of the date; it may lack its century.',
  },
  ACTIVITY_UNKNOWN: {
    status: 404,
    title: 'The organisation has no activity with this id',
    todo: 'Check the id; it may have been deleted.',
  },
  CELL_UNSAFE: {
    status: 422,
    title: 'A cell begins as a formula does, or holds control characters',
    todo: 'Put the value there instead of the formula, or text that does not begin with = + - @.',
  },
  CELLS_MERGED: {
    status: 422,
    title: 'Cells of the sheet are merged, so rows lack what they mean',
    todo: 'Unmerge the cells and fill each of them.',
  },
  FIGURE_DECIDED: {
    status: 409,
    title: 'The figure was decided on, or taken back',
    todo: 'Submit a new figure.',
  },
  FIGURE_OVERLAPS: {
    status: 409,
    title: 'What this supplier states itself of the category counts for some of these days already',
    todo: 'Delete the activity that it names if this figure is to count instead, or refuse this one.',
  },
  FIGURE_UNKNOWN: {
    status: 404,
    title: 'No figure of a supplier with this id',
    todo: 'Check the id in the list of figures.',
  },
  FILE_INFLATES: {
    status: 413,
    title: 'The file inflates to more than a workbook does',
    todo: 'Save the sheet as CSV, or split it.',
  },
  GOAL_BASE_STANDS: {
    status: 409,
    title: 'The base year has not moved by the threshold since the base was taken',
    todo: 'Nothing is to be done; a lower threshold is set by changing the goal.',
  },
  GOAL_INVALID: {
    status: 422,
    title: 'Years, reduction, threshold, scopes, output or base make no such goal',
    todo: 'See docs/organisations.md for what each path asks for.',
  },
  GOAL_UNKNOWN: {
    status: 404,
    title: 'The organisation has no goal with this id',
    todo: 'Check the id in the list of goals.',
  },
  IMPORT_COLUMNS: {
    status: 422,
    title: 'A column is missing, mapped twice, or not in the file',
    todo: 'Map each field to one column of the head line, or give it a default.',
  },
  IMPORT_NOT_DONE: {
    status: 409,
    title: 'There is nothing to undo',
    todo: 'Only an import that ended and was no dry run can be undone, and once.',
  },
  IMPORT_UNKNOWN: {
    status: 404,
    title: 'The organisation has no import with this id',
    todo: 'Check the id in the list of imports.',
  },
  INVENTORY_NUMBER_WRONG: {
    status: 409,
    title: 'The wallet has anchored another number of inventories for this period',
    todo: 'Anchor the inventories of a period in their order, all from one wallet.',
  },
  INVENTORY_ROOT_MISSING: {
    status: 422,
    title: 'A root of zero proves nothing',
    todo: 'Give the root of a closed inventory.',
  },
  LINE_NOT_IN_INVENTORY: {
    status: 422,
    title: 'The proof does not lead from this line to the root of the inventory',
    todo: 'Take line and proof exactly as they were given, and the root from the chain.',
  },
  PERIOD_EMPTY: {
    status: 422,
    title: 'No activity lies in the period',
    todo: 'Check its days; log activities first.',
  },
  PERIOD_IMPORT_RUNNING: {
    status: 409,
    title: 'An import that may write into the period has not ended',
    todo: 'Wait until the import has ended, or cancel it; then close the period.',
  },
  PERIOD_LOCKED: {
    status: 409,
    title: 'The day lies in a period that is closed',
    todo: 'Restate the period first; its old root stays, and the difference is reported.',
  },
  PERIOD_NOT_CLOSED: {
    status: 409,
    title: 'The period is open for corrections already',
    todo: 'Correct what is wrong, then close it again.',
  },
  PERIOD_NOT_OPEN: {
    status: 409,
    title: 'The period is closed',
    todo: 'Reopen it with a reason before restating it.',
  },
  PERIOD_NOT_OVER: {
    status: 422,
    title: 'The last day of the period is not over',
    todo: 'Close days that are over.',
  },
  PERIOD_OVERLAPS: {
    status: 409,
    title: 'Another period has some of these days',
    todo: 'Choose days that are in no period, or restate that one.',
  },
  PERIOD_UNKNOWN: {
    status: 404,
    title: 'The organisation has no such period or inventory',
    todo: 'Check the id and the number in the list of periods.',
  },
  PRIVATE_FACTOR_UNKNOWN: {
    status: 404,
    title: 'The organisation has no factor of its own with this id',
    todo: 'Check the id in the list of private factors.',
  },
  PRIVATE_FACTOR_WITHDRAWN: {
    status: 409,
    title: 'The organisation withdrew this factor',
    todo: 'Choose another factor, or upload it anew with its source.',
  },
  RATE_IN_FUTURE: {
    status: 422,
    title: 'The exchange rate is of a day that has not been yet',
    todo: 'Check its date; give the rate of a day that has passed.',
  },
  READINGS_CITED: {
    status: 409,
    title: 'Another activity cites these readings',
    todo: 'Cite other devices or another time, or change that activity.',
  },
  READINGS_DIFFER: {
    status: 422,
    title: 'The cited readings say something else',
    todo: 'Leave the figure to the readings, or cite the readings that it is from.',
  },
  READINGS_MISSING: {
    status: 422,
    title: 'Readings that are cited are not all there',
    todo: 'Cite a time that the device’s windows cover without a gap.',
  },
  READINGS_NOT_OWN: {
    status: 422,
    title: 'The cited device does not belong to the organisation',
    todo: 'Cite devices that a wallet of the organisation owns; invite that wallet first.',
  },
  READINGS_VOID: {
    status: 422,
    title: 'Readings that are cited do not stand any more',
    todo: 'Cite other readings, or enter the figure with another evidence.',
  },
  ROW_IS_TOTAL: {
    status: 422,
    title: 'The line is a total of others, which would count twice',
    todo: 'Take lines of totals out of the sheet; where it is none, give it another name.',
  },
  SUPPLIER_EXISTS: {
    status: 409,
    title: 'The directory has a supplier of this name',
    todo: 'Use that one, or choose another name.',
  },
  SUPPLIER_UNKNOWN: {
    status: 404,
    title: 'The directory has no such supplier',
    todo: 'Check the id or the name; add the supplier first.',
  },
  WORKSPACE_CLOSED: {
    status: 409,
    title: 'The workspace is closed',
    todo: 'Choose an open workspace.',
  },
} as const satisfies Record<string, CatalogueEntry>;
