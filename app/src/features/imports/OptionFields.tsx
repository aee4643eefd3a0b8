import type { ReactNode } from 'react';
import {
  isReported,
  takesGas,
  type FileInspection,
  type Gas,
  type ImportOptions,
  type Method,
} from '../../api/index.ts';
import { categoryName, SelectField, TextField } from '../../ui/index.ts';
import { FactorChoice } from '../activities/index.ts';
import {
  categoriesOf,
  examplesOf,
  fieldOptions,
  figuresWithoutUnit,
  firstYear,
  isYearMissing,
  ownFactorFields,
  rateFields,
  reportedFields,
  withColumn,
  withDefault,
  withFactor,
  withMethod,
  withMonths,
} from './columns.ts';

interface FieldsProps {
  readonly options: ImportOptions;
  readonly methods: readonly Method[];
  readonly onChange: (options: ImportOptions) => void;
}

/** What each column is, with its first values beside its name. */
export function ColumnFields(
  props: FieldsProps & { readonly inspection: FileInspection; readonly gases: readonly Gas[] },
): ReactNode {
  const { options, methods, gases, onChange, inspection } = props;
  const chosen = options.defaults['method'];
  const offered = fieldOptions(
    chosen === undefined ? methods : methods.filter(({ id }) => id === chosen),
    gases,
  );
  return (
    <fieldset className="columns-field">
      <legend>What each column is</legend>
      {inspection.months.length > 0 && (
        <p className="small muted">
          Each cell of a month becomes one activity. An empty cell is left out and counted, never
          taken for zero.
        </p>
      )}
      <div className="form form-wide">
        <MonthsField {...props} />
        {inspection.columns.map((name, index) => {
          if (inspection.months.some(({ column }) => column === name)) return null;
          const examples = examplesOf(inspection, index);
          return (
            <SelectField
              key={name}
              label={examples === '' ? name : `${name} (${examples})`}
              value={options.mapping[name] ?? ''}
              onChange={(field) => onChange(withColumn(options, name, field))}
              options={offered}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

/** The columns of a sheet with one for each month, in one choice. */
function MonthsField(props: FieldsProps & { readonly inspection: FileInspection }): ReactNode {
  const { options, onChange, inspection } = props;
  const { columns, months } = inspection;
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return null;
  const examples = examplesOf(inspection, columns.indexOf(first.column));
  return (
    <SelectField
      label={`${first.column} to ${last.column} (${examples === '' ? 'empty' : examples})`}
      value={options.mapping[first.column] ?? ''}
      onChange={(field) => onChange(withMonths(options, months, field))}
      options={[
        { value: '', label: 'not used' },
        { value: 'month', label: `figures of these ${months.length} months` },
      ]}
    />
  );
}

const DECIMALS = [
  { value: 'point', label: '1234.5' },
  { value: 'comma', label: '1234,5' },
] as const;
const DATES = [
  { value: 'iso', label: '2024-06-30' },
  { value: 'dmy', label: '30.06.2024 or 30/06/2024' },
  { value: 'mdy', label: '06/30/2024' },
] as const;

/** How the file writes numbers and days. */
export function FormatFields({ options, onChange }: FieldsProps): ReactNode {
  const { decimal, dates } = options;
  const find = <T extends string>(
    all: readonly { readonly value: T }[],
    value: string,
    old: T,
  ): T => all.find((one) => one.value === value)?.value ?? old;
  return (
    <div className="form form-wide">
      <SelectField
        label="Decimals are written"
        value={decimal}
        onChange={(value) => onChange({ ...options, decimal: find(DECIMALS, value, decimal) })}
        options={DECIMALS}
      />
      <SelectField
        label="Days are written"
        value={dates}
        onChange={(value) => onChange({ ...options, dates: find(DATES, value, dates) })}
        options={DATES}
      />
    </div>
  );
}

const TYPED = [
  { field: 'unit', label: 'Unit', hint: 'Such as L, kWh, km' },
  { field: 'region', label: 'Region', hint: 'Only where the method asks for it' },
  { field: 'site', label: 'Site', hint: undefined },
  {
    field: 'residual',
    label: 'Residual mix of electricity',
    hint: 'The id of its factor, or none-published',
  },
] as const;

const GAS = {
  field: 'gas',
  label: 'Gas or refrigerant',
  hint: 'Such as R-410A or HFC-134a; then no factor is needed',
} as const;
const YEAR = { field: 'year', label: 'Year of the months', hint: 'Such as 2024' } as const;

/** The method of all rows, and which of its categories and parts. */
function MethodFields({ options, methods, onChange }: FieldsProps): ReactNode {
  const method = methods.find(({ id }) => id === options.defaults['method']);
  const categories = categoriesOf(method);
  const set = (field: string) => (value: string) => onChange(withDefault(options, field, value));
  return (
    <>
      <SelectField
        label="Method"
        value={method?.id ?? ''}
        onChange={(chosen) =>
          onChange(
            withMethod(
              options,
              chosen,
              methods.find(({ id }) => id === chosen),
            ),
          )
        }
        options={[
          {
            value: '',
            label: Object.values(options.mapping).includes('method')
              ? 'The row is refused'
              : 'Choose a method',
          },
          ...methods.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      {categories.length > 1 && (
        <SelectField
          label="Category"
          value={options.defaults['category'] ?? ''}
          onChange={set('category')}
          options={categories.map((one) => ({ value: one, label: categoryName(one) }))}
        />
      )}
      {method !== undefined && method.parts.length > 1 && (
        <SelectField
          label="Computed from"
          value={options.defaults['part'] ?? ''}
          onChange={set('part')}
          options={method.parts.map(({ name, formula }) => ({
            value: name,
            label: `${name}: ${formula}`,
          }))}
        />
      )}
    </>
  );
}

/** Values of fields that no column holds, or whose cell is empty. */
export function SharedFields(
  props: FieldsProps & { readonly inspection: FileInspection },
): ReactNode {
  const { options, methods, onChange, inspection } = props;
  const method = methods.find(({ id }) => id === options.defaults['method']);
  const set = (field: string) => (value: string) => onChange(withDefault(options, field, value));
  return (
    <fieldset className="columns-field">
      <legend>Where a row says nothing</legend>
      <div className="form form-wide">
        <MethodFields {...props} />
        {[
          ...(takesGas(method) ? [GAS] : []),
          ...(isYearMissing(inspection, options) ? [YEAR] : []),
          ...TYPED,
          ...figuresWithoutUnit(options, method).map(unitOf),
          ...rateFields(options, method),
          ...reportedFields(options, method),
          ...(isReported(method) ? [] : ownFactorFields(options)),
        ].map(({ field, label, hint }) => (
          <TextField
            key={field}
            label={label}
            value={options.defaults[field] ?? ''}
            onChange={set(field)}
            hint={hint}
            maxLength={120}
          />
        ))}
      </div>
      {!isReported(method) && <FactorOfRows {...props} />}
    </fieldset>
  );
}

/** The factor of rows that name none. */
function FactorOfRows(props: FieldsProps & { readonly inspection: FileInspection }): ReactNode {
  const { options, methods, onChange, inspection } = props;
  const factor = options.defaults['factor'];
  const year = firstYear(inspection, options);
  const method = methods.find(({ id }) => id === options.defaults['method']);
  return (
    <>
      {year !== '' && (
        <p className="small muted">
          Factors of {year} are offered, the year of the first row. Each row goes by its own day:
          one of a year in which the factor is not valid is refused. Where the years differ, a
          column of the sheet can name the factor.
        </p>
      )}
      <FactorChoice
        legend="Factor"
        year={year}
        scope={method?.uses[0]?.scope ?? ''}
        value={factor ?? ''}
        onChange={({ id, unit }) => onChange(withFactor(options, id, unit))}
      />
      {factor !== undefined && (
        <p className="small wrap">
          Factor of these rows: <code>{factor}</code>{' '}
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => onChange(withDefault(options, 'factor', ''))}
          >
            Leave it out
          </button>
        </p>
      )}
    </>
  );
}

function unitOf({ name, dimension }: ReturnType<typeof figuresWithoutUnit>[number]) {
  const hint = dimension === undefined ? 'Such as the factor is per' : `Of ${dimension}`;
  return { field: `unit:${name}`, label: `Unit of ${name}`, hint };
}
