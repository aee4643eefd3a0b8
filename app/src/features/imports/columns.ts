/** What each column of a spreadsheet is, as far as a person has said. */
import type { FileInspection, ImportOptions } from '../../api/oracle/imports.ts';
import { isReported, type Gas, type Method } from '../../api/oracle/methods.ts';
import { gasOptions } from '../../forms/factorOptions.ts';

const FIELDS = [
  ...['date', 'method', 'part', 'category', 'region', 'site', 'supplier', 'evidence'],
  ...['quantity', 'unit', 'uncertainty', 'factor', 'factorActivity', 'factorRegion', 'residual'],
  ...['factorName', 'factorSource', 'factorUnit', 'factorMass', 'factorUncertainty'],
  ...['gas', 'reportedBy', 'gwpSet', 'month', 'year'],
];

const LABELS: Readonly<Record<string, string>> = {
  date: 'day on which it ended',
  factor: 'id of a factor',
  factorActivity: 'activity of the factor',
  factorMass: 'own factor: unit of mass',
  factorName: 'own factor: name',
  factorRegion: 'region of the factor',
  factorSource: 'factor: document it is from',
  factorUncertainty: 'factor: uncertainty, %',
  factorUnit: 'own factor: unit it is per',
  gas: 'gas or refrigerant let out',
  gwpSet: 'potentials of CO₂e',
  month: 'figure of the month it is named by',
  part: 'what it is computed from',
  reportedBy: 'report that the emissions are from',
  residual: 'residual mix',
  uncertainty: 'uncertainty, %',
  year: 'year of months that name none',
};

function labelOf(field: string): string {
  return LABELS[field] ?? field;
}

/** What a column can be: the fields of every activity, and figures that methods take by name. */
export function fieldOptions(
  methods: readonly Method[],
  gases: readonly Gas[],
): readonly { readonly value: string; readonly label: string }[] {
  const inputs = methods.flatMap(({ parts }) => parts.flatMap((part) => part.inputs));
  const names = new Set(inputs.map(({ name }) => name));
  const rates = new Set(inputs.filter(({ sourced }) => sourced).map(({ name }) => name));
  return [
    { value: '', label: 'not used' },
    ...FIELDS.map((field) => ({ value: field, label: labelOf(field) })),
    ...gasOptions(gases).map(({ value, label }) => ({
      value: `factor:${value}`,
      label: `own factor: mass of ${label}`,
    })),
    ...[...names].flatMap((name) => [
      { value: `input:${name}`, label: `figure: ${name}` },
      { value: `unit:${name}`, label: `unit of ${name}` },
    ]),
    ...[...rates].flatMap((name) => [
      { value: `source:${name}`, label: `source of ${name}` },
      { value: `date:${name}`, label: `day of ${name}` },
    ]),
  ];
}

/**
 * As a file with these columns was read before, but for where its head is: this file's is known; else columns that have a name of ours stand for it.
 */
export function firstOptions(inspection: FileInspection): ImportOptions {
  const { columns, months, remembered, headLine, sheet } = inspection;
  if (remembered !== undefined) return { ...remembered, headLine, sheet };
  const ofMonths = months.map(({ column }) => [column, 'month'] as const);
  const named = columns.flatMap((name) => {
    const field = FIELDS.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    return field === undefined ? [] : [[name, field] as const];
  });
  return {
    ...{ mapping: Object.fromEntries([...named, ...ofMonths]), defaults: {} },
    ...{ separator: 'auto', decimal: 'point', dates: 'iso', headLine, sheet },
  };
}

/** '' leaves the column out. */
export function withColumn(options: ImportOptions, column: string, field: string): ImportOptions {
  const others = Object.entries(options.mapping).filter(([name]) => name !== column);
  const mapping = Object.fromEntries(field === '' ? others : [...others, [column, field]]);
  return { ...options, mapping };
}

/** The months of a sheet with a column for each are chosen together: '' leaves all of them out. */
export function withMonths(
  options: ImportOptions,
  months: FileInspection['months'],
  field: string,
): ImportOptions {
  return months.reduce((all, { column }) => withColumn(all, column, field), options);
}

/** Whether columns of months are read that don't say of which year. */
export function isYearMissing({ months }: FileInspection, { mapping }: ImportOptions): boolean {
  const chosen = months.filter(({ column }) => mapping[column] === 'month');
  return chosen.some(({ year }) => year === undefined) && !Object.values(mapping).includes('year');
}

/** '' takes the value away, so that an empty text is never taken for one. */
export function withDefault(options: ImportOptions, field: string, value: string): ImportOptions {
  const others = Object.entries(options.defaults).filter(([name]) => name !== field);
  const defaults = Object.fromEntries(value === '' ? others : [...others, [field, value]]);
  return { ...options, defaults };
}

/**
 * A method for all rows, with what it asks for beside figures: where there are several parts or
 * categories the first stands until another is chosen, as where one activity is logged.
 */
export function withMethod(options: ImportOptions, id: string, method?: Method): ImportOptions {
  const firstOf = (names: readonly string[]): string => (names.length > 1 ? (names[0] ?? '') : '');
  const said = {
    method: id,
    part: firstOf((method?.parts ?? []).map(({ name }) => name)),
    category: firstOf(categoriesOf(method)),
    residual: id === 'purchased-energy' ? 'none-published' : '',
    ...(isReported(method) ? { factor: '' } : { reportedBy: '', gwpSet: '' }),
  };
  const names = new Set(method?.parts.flatMap(({ inputs }) => inputs.map(({ name }) => name)));
  const stale = Object.keys(options.defaults).filter((field) => {
    const [kind, name] = field.split(':');
    return name !== undefined && kind !== 'factor' && !names.has(name);
  });
  return [...Object.entries(said), ...stale.map((field) => [field, ''] as const)].reduce(
    (all, [field, value]) => withDefault(all, field, value),
    options,
  );
}

export function categoriesOf(method: Method | undefined): readonly string[] {
  return method?.uses.flatMap(({ categories }) => categories) ?? [];
}

/** A factor for all rows; where nothing says what the figures are in, they are in what it is per. */
export function withFactor(options: ImportOptions, id: string, unit: string): ImportOptions {
  const chosen = withDefault(options, 'factor', id);
  const said = Object.values(options.mapping).includes('unit');
  return said || options.defaults['unit'] !== undefined
    ? chosen
    : withDefault(chosen, 'unit', unit);
}

/** Figures whose unit no column names, with what it is of: a sheet has it in its head line or nowhere. */
export function figuresWithoutUnit(
  { mapping }: ImportOptions,
  method: Method | undefined,
): readonly { readonly name: string; readonly dimension: string | undefined }[] {
  const fields = Object.values(mapping);
  const inputs = method?.parts.flatMap((part) => part.inputs) ?? [];
  return inputs.filter(
    ({ name, kind, sourced }, index) =>
      kind === 'quantity' &&
      !sourced &&
      fields.includes(`input:${name}`) &&
      !fields.includes(`unit:${name}`) &&
      inputs.findIndex((one) => one.name === name) === index,
  );
}

/** What all rows say of an exchange rate that no column says; once there is a rate, where it is from. */
export function rateFields(
  { mapping, defaults }: ImportOptions,
  method: Method | undefined,
): readonly { readonly field: string; readonly label: string; readonly hint: string }[] {
  const columns = Object.values(mapping);
  const inputs = method?.parts.flatMap((part) => part.inputs) ?? [];
  const rates = new Set(inputs.filter(({ sourced }) => sourced).map(({ name }) => name));
  return [...rates].flatMap((name) => {
    const given = columns.includes(`input:${name}`) || defaults[`input:${name}`] !== undefined;
    const fields = [
      {
        field: `input:${name}`,
        label: 'Exchange rate',
        hint: 'Money of the factor per money paid; left out where they are the same',
      },
      ...(given ? published(name) : []),
    ];
    return fields.filter(({ field }) => !columns.includes(field));
  });
}

function published(name: string) {
  return [
    { field: `unit:${name}`, label: 'Unit of the rate', hint: 'Such as USD:2022/GBP:2022' },
    { field: `source:${name}`, label: 'Who publishes the rate', hint: 'Such as Bank of England' },
    { field: `date:${name}`, label: 'Day of the rate', hint: 'Such as 2022-06-30' },
  ];
}

/** What all rows say of emissions that are CO2e already; they have no factor. */
export function reportedFields(
  { mapping }: ImportOptions,
  method: Method | undefined,
): readonly { readonly field: string; readonly label: string; readonly hint: string }[] {
  if (!isReported(method)) return [];
  const columns = Object.values(mapping);
  return [
    {
      field: 'reportedBy',
      label: 'Who reports the emissions',
      hint: 'Such as Sustainability report 2025; no factor is needed',
    },
    { field: 'gwpSet', label: 'CO₂e under', hint: 'AR4, AR5 or AR6' },
  ].filter(({ field }) => !columns.includes(field));
}

/** What all rows say of a factor that the sheet states, once a column is part of it. */
export function ownFactorFields({ mapping }: ImportOptions): readonly {
  readonly field: string;
  readonly label: string;
  readonly hint: string;
}[] {
  const columns = Object.values(mapping);
  const isOwn = columns.some((field) => field === 'factorName' || field.startsWith('factor:'));
  if (!isOwn) return [];
  const ofCo2e = columns.includes('factor:CO2e');
  return [
    { field: 'factorName', label: 'Name of the factor', hint: 'Such as Green tariff' },
    { field: 'factorSource', label: 'Where the factor is from', hint: 'Such as Label of 2025' },
    { field: 'factorUnit', label: 'Unit that the factor is per', hint: 'Such as kWh' },
    { field: 'factorMass', label: 'Unit of its mass', hint: 'Such as kg or g' },
    ...(ofCo2e ? [{ field: 'gwpSet', label: 'CO₂e under', hint: 'AR4, AR5 or AR6' }] : []),
  ].filter(({ field }) => !columns.includes(field));
}

/** Year of the first figure: that of a month, or four digits of a day; '' while none is known. */
export function firstYear(
  { columns, sample, months }: FileInspection,
  { mapping, defaults }: ImportOptions,
): string {
  const month = months.find(({ column }) => mapping[column] === 'month');
  if (month !== undefined) return month.year ?? defaults['year'] ?? '';
  const index = columns.findIndex((name) => mapping[name] === 'date');
  return /\b(19|20)\d\d\b/.exec(sample[0]?.[index] ?? '')?.[0] ?? '';
}

/** What is wrong with the choices; undefined when the file can be sent. */
export function problemOf(inspection: FileInspection, options: ImportOptions): string | undefined {
  const { mapping, defaults } = options;
  const chosen = Object.values(mapping);
  const ofMonths = chosen.includes('month');
  if (!ofMonths && !chosen.includes('date')) return 'Choose the column that is the day.';
  const beside = ['date', 'quantity'].find((field) => ofMonths && chosen.includes(field));
  if (beside !== undefined) {
    return `Columns of months say day and quantity: no other column can be ${labelOf(beside)}.`;
  }
  if (isYearMissing(inspection, options) && !/^\d{4}$/.test(defaults['year'] ?? '')) {
    return 'Say the year of the months, such as 2024.';
  }
  if (!chosen.includes('method') && defaults['method'] === undefined) {
    return 'Choose a method for all rows, or the column that names it.';
  }
  const twice = chosen.find((field, index) => field !== 'month' && chosen.indexOf(field) !== index);
  return twice === undefined ? undefined : `Two columns are ${labelOf(twice)}.`;
}

/** The first values of a column that are not empty: "12.5, 13". */
export function examplesOf({ sample }: FileInspection, index: number): string {
  const values = sample.map((cells) => (cells[index] ?? '').trim()).filter((one) => one !== '');
  return values
    .slice(0, 2)
    .map((one) => one.slice(0, 24))
    .join(', ');
}
