/** What each column of a spreadsheet is, as far as a person has said. */
import type { FileInspection, ImportOptions } from '../../api/oracle/imports.ts';
import type { Method } from '../../api/oracle/methods.ts';

const FIELDS = [
  ...['date', 'method', 'category', 'region', 'site', 'supplier', 'evidence'],
  ...['quantity', 'unit', 'uncertainty', 'factor', 'factorActivity', 'factorRegion', 'residual'],
];

const LABELS: Readonly<Record<string, string>> = {
  date: 'day on which it ended',
  factor: 'id of a factor',
  factorActivity: 'activity of the factor',
  factorRegion: 'region of the factor',
  residual: 'residual mix',
  uncertainty: 'uncertainty, %',
};

/** What a column can be: the fields of every activity, and figures that methods take by name. */
export function fieldOptions(
  methods: readonly Method[],
): readonly { readonly value: string; readonly label: string }[] {
  const names = new Set(
    methods.flatMap(({ parts }) => parts.flatMap(({ inputs }) => inputs.map(({ name }) => name))),
  );
  return [
    { value: '', label: 'not used' },
    ...FIELDS.map((field) => ({ value: field, label: LABELS[field] ?? field })),
    ...[...names].flatMap((name) => [
      { value: `input:${name}`, label: `figure: ${name}` },
      { value: `unit:${name}`, label: `unit of ${name}` },
    ]),
  ];
}

/** As a file with these columns was read before; else columns that have a name of ours stand for it. */
export function firstOptions({ columns, remembered }: FileInspection): ImportOptions {
  if (remembered !== undefined) return remembered;
  const named = columns.flatMap((name) => {
    const field = FIELDS.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    return field === undefined ? [] : [[name, field] as const];
  });
  return {
    ...{ mapping: Object.fromEntries(named), defaults: {} },
    ...{ separator: 'auto', decimal: 'point', dates: 'iso' },
  };
}

/** '' leaves the column out. */
export function withColumn(options: ImportOptions, column: string, field: string): ImportOptions {
  const others = Object.entries(options.mapping).filter(([name]) => name !== column);
  const mapping = Object.fromEntries(field === '' ? others : [...others, [column, field]]);
  return { ...options, mapping };
}

/** '' takes the value away, so that an empty text is never taken for one. */
export function withDefault(options: ImportOptions, field: string, value: string): ImportOptions {
  const others = Object.entries(options.defaults).filter(([name]) => name !== field);
  const defaults = Object.fromEntries(value === '' ? others : [...others, [field, value]]);
  return { ...options, defaults };
}

/** What is wrong with the choices; undefined when the file can be sent. */
export function problemOf({ mapping, defaults }: ImportOptions): string | undefined {
  const chosen = Object.values(mapping);
  if (!chosen.includes('date')) return 'Choose the column that is the day.';
  if (!chosen.includes('method') && defaults['method'] === undefined) {
    return 'Choose a method for all rows, or the column that names it.';
  }
  const twice = chosen.find((field, index) => chosen.indexOf(field) !== index);
  return twice === undefined ? undefined : `Two columns are ${LABELS[twice] ?? twice}.`;
}

/** The first values of a column that are not empty: "12.5, 13". */
export function examplesOf({ sample }: FileInspection, index: number): string {
  const values = sample.map((cells) => (cells[index] ?? '').trim()).filter((one) => one !== '');
  return values
    .slice(0, 2)
    .map((one) => one.slice(0, 24))
    .join(', ');
}
