import { TonneError } from '@truetonne/protocol';
import { assertSourced, METHODS, type MethodDef } from '../../accounting/index.ts';
import type { ActivityDraft } from '../activities/activity.ts';
import { parseDay, parseNumber } from './cells.ts';
import { factorOf } from './factorCells.ts';
import type { Figure, Layout } from './layout.ts';
import type { ImportOptions } from './options.ts';
import { assertNoTotal } from './totalRows.ts';

/** What the rows of an import are read by. */
export interface RowReader {
  readonly options: ImportOptions;
  readonly layout: Layout;
  readonly workspaceId: number;
  /** Ids of the directory, by name in lower case. */
  readonly suppliers: ReadonlyMap<string, number>;
}

const BY_ID: ReadonlyMap<string, MethodDef> = new Map(METHODS.map((def) => [def.id, def]));

/**
 * The activity that a row speaks of. Nothing is guessed: what is in no column and no default is missing.
 *
 * @throws TonneError with the field and the cell
 */
export function toDraft(reader: RowReader, figure: Figure): ActivityDraft {
  assertNoTotal(reader.layout, figure);
  const row = readCells(reader, figure);
  const { dates, decimal } = reader.options;
  const method = row.get('method') ?? '';
  const text = (name: string) => {
    const value = row.get(name);
    return value === undefined ? {} : { [name]: value };
  };
  const inputs = inputsOf(row, method, reader.options);
  const items = [{ ...text('part'), inputs, factor: factorOf(row, decimal) }];
  assertSourced({ method, items });
  return {
    workspaceId: reader.workspaceId,
    supplierId: supplierOf(reader, row.get('supplier')),
    evidence: row.get('evidence') ?? '',
    input: {
      ...{ method, date: parseDay(row.get('date') ?? '', dates, 'date'), items },
      ...text('category'),
      ...text('region'),
      ...text('site'),
      ...marketOf(row),
    },
  };
}

type Row = ReadonlyMap<string, string>;

/** A text that a spreadsheet would run when it is opened again; a negative number is none. */
const FORMULA = /^[=@+]|^-(?!\d[\d.,]*(e[+-]?\d+)?$)/i;

const NUMBERS = /^(quantity|uncertainty|factorUncertainty|(input|factor):.+)$/;

/** Whether a cell says nothing: spreadsheets show a zero of accounting formats, or no figure, as a lone dash. */
export function isEmptyCell(field: string, cell: string): boolean {
  return cell === '' || (cell.trim() === '-' && NUMBERS.test(field));
}

function readCells({ layout, options }: RowReader, { cells, month }: Figure): Row {
  const row = new Map(Object.entries(options.defaults));
  for (const [index, name] of layout.fields.entries()) {
    const field = index === month?.index ? 'quantity' : name;
    const cell = cells[index] ?? '';
    if (field === undefined || field === 'month' || isEmptyCell(field, cell)) continue;
    if (FORMULA.test(cell) || /\p{Cc}/u.test(cell)) {
      const expected = 'text or a number, not a formula';
      throw new TonneError('CELL_UNSAFE', { field, value: cell.slice(0, 60), expected });
    }
    row.set(field, cell);
  }
  if (month !== undefined) row.set('date', `${month.year ?? yearOf(row)}-${month.month}`);
  return row;
}

function yearOf(row: Row): string {
  const value = row.get('year') ?? 'nothing';
  if (/^\d{4}$/.test(value)) return value;
  const expected = 'a year such as 2024';
  throw new TonneError('ACTIVITY_DATE_INVALID', { field: 'year', value, expected });
}

/** `quantity` and `unit` are the one figure of a method that needs no more. */
function inputsOf(row: Row, method: string, { decimal, dates }: ImportOptions) {
  const named = [...row].filter(([field]) => field.startsWith('input:'));
  const uncertainty = row.get('uncertainty');
  const inputs = Object.fromEntries(
    named.map(([field, value]) => {
      const name = field.slice('input:'.length);
      const unit = row.get(`unit:${name}`) ?? '1';
      const [source, date] = [row.get(`source:${name}`), row.get(`date:${name}`)];
      return [
        name,
        {
          ...{ value: parseNumber(value, decimal, field), unit },
          ...(source === undefined ? {} : { source }),
          ...(date === undefined ? {} : { date: parseDay(date, dates, `date:${name}`) }),
        },
      ];
    }),
  );
  const quantity = row.get('quantity');
  if (quantity === undefined) return inputs;
  const figure = {
    ...{ value: parseNumber(quantity, decimal, 'quantity'), unit: row.get('unit') ?? '' },
    ...(uncertainty !== undefined && {
      uncertaintyPercent: parseNumber(uncertainty, decimal, 'uncertainty'),
    }),
  };
  return { ...inputs, [firstInputOf(method, row.get('part'))]: figure };
}

/** The name under which the engine knows a part's first figure; it refuses what it doesn't know itself. */
function firstInputOf(method: string, name: string | undefined): string {
  const parts = BY_ID.get(method)?.parts ?? {};
  const part = name === undefined ? Object.values(parts)[0] : parts[name];
  const inputs = Object.entries(part?.inputs ?? {});
  return inputs.find(([, { kind }]) => kind === 'quantity')?.[0] ?? inputs[0]?.[0] ?? 'quantity';
}

function marketOf(row: Row): Pick<ActivityDraft['input'], 'market'> {
  const residual = row.get('residual');
  if (residual === undefined) return {};
  const factor = residual === 'none-published' ? residual : ({ kind: 'id', id: residual } as const);
  return { market: { instruments: [], residual: factor } };
}

function supplierOf({ suppliers }: RowReader, name: string | undefined): number | null {
  if (name === undefined) return null;
  const id = suppliers.get(name.toLowerCase());
  if (id !== undefined) return id;
  const expected = 'a name of the directory of suppliers';
  throw new TonneError('SUPPLIER_UNKNOWN', { field: 'supplier', value: name, expected });
}
