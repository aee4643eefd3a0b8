import type { CatalogueEntry } from './entry.ts';

/** Refusals of the accounting engine and its factor sets. */
export const accounting = {
  ACTIVITY_DATE_INVALID: {
    status: 422,
    title: 'The date of the activity is not a day of the calendar',
    todo: 'Write it as YYYY-MM-DD.',
  },
  CATEGORY_NEEDED: {
    status: 422,
    title: 'The method serves several categories and the activity does not say which',
    todo: 'State one of the categories named.',
  },
  EMISSION_NEGATIVE: {
    status: 422,
    title: 'The result is below zero, which this method cannot be',
    todo: 'Check the stocks, purchases and sales: more was found than could have been there.',
  },
  EMISSION_FACTOR_UNKNOWN: {
    status: 404,
    title: 'No emission factor with this id in the sets that may be used',
    todo: 'Search GET /v1/factors, or allow the set in the accounting rules.',
  },
  FACTOR_AMBIGUOUS: {
    status: 422,
    title: 'Several factors fit and none is the better one by rule',
    todo: 'Name one of the candidates by its id.',
  },
  FACTOR_NOT_APPLICABLE: {
    status: 422,
    title: 'The factor must not be used for this',
    todo: 'Choose a factor that was published for this scope and method.',
  },
  FACTOR_NOT_FOUND: {
    status: 422,
    title: 'No factor fits activity, region and unit',
    todo: 'Search GET /v1/factors, widen the region by rule, or state an own factor with its source.',
  },
  FACTOR_SET_CHANGED: {
    status: 500,
    title: 'A file of a factor set is not the one that was checked in',
    todo: 'Restore the file, or add it as a new version of the set with its hash.',
  },
  FACTOR_SET_INVALID: {
    status: 500,
    title: 'A file of a factor set does not read as described',
    todo: 'Compare the file with its SOURCE; nothing of the set was loaded.',
  },
  FACTOR_YEAR_MISSING: {
    status: 422,
    title: 'No factor is valid in the year of the activity',
    todo: 'Add a set of that year, or allow by rule that factors are carried forward.',
  },
  GAS_UNKNOWN: {
    status: 422,
    title: 'No gas or blend with this name',
    todo: 'Use a name of the IPCC table or of ASHRAE 34.',
  },
  GWP_MISSING: {
    status: 422,
    title: 'The assessment report gives no warming potential for this gas',
    todo: 'Use another set by rule, or report the gas by mass beside the inventory.',
  },
  GWP_SET_MISMATCH: {
    status: 422,
    title: 'The factor is published only as CO2e under another set of warming potentials',
    todo: 'Choose a factor per gas, or let the rules show such lines apart.',
  },
  INPUT_MISSING: {
    status: 422,
    title: 'The method needs a figure that is not there',
    todo: 'State it; zero is a value, nothing is not.',
  },
  INPUT_TOO_LONG: {
    status: 422,
    title: 'A text beside a figure is too long',
    todo: 'Name the source shortly; what proves it goes into the evidence.',
  },
  INPUT_UNKNOWN: {
    status: 422,
    title: 'The method has no such part, figure or setting',
    todo: 'See GET /v1/methods for what the method takes.',
  },
  INSTRUMENT_UNFIT: {
    status: 422,
    title: 'The contractual instrument does not cover this electricity',
    todo: 'Check energy, market and vintage: Scope 2 Guidance, table 7.1.',
  },
  METHOD_UNKNOWN: {
    status: 422,
    title: 'No accounting method with this id',
    todo: 'See GET /v1/methods.',
  },
  QUANTITY_INVALID: {
    status: 422,
    title: 'Not a quantity',
    todo: 'Write digits with a point before decimals, and the unit in its own field.',
  },
  UNIT_MISMATCH: {
    status: 422,
    title: 'The unit does not fit',
    todo: 'State the quantity in a unit that measures the same thing, or choose another factor.',
  },
  UNIT_UNKNOWN: {
    status: 422,
    title: 'No unit with this name',
    todo: 'See GET /v1/units.',
  },
} as const satisfies Record<string, CatalogueEntry>;
