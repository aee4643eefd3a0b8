import { TonneError } from '@truetonne/protocol';
import { SaxesParser } from 'saxes';
import type { FileRow } from '../../csv/csvRows.ts';
import type { ImportOptions } from './options.ts';
import { openParts, type Parts } from './zip.ts';

/** Letters of all shared texts together: what is kept in memory. */
const MAX_SHARED = 64_000_000;
const MAX_COLUMNS = 500;

/** Built-in number formats that are dates: ECMA-376 part 1, section 18.8.30. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

interface SheetReading {
  readonly decimal: ImportOptions['decimal'];
  /** Absent: the first. */
  readonly sheet: string | undefined;
  /** Of cells at the head line or below it. */
  readonly merged: 'refuse' | 'read';
  /** Absent: rows from the top. */
  readonly headLine: number | undefined;
}

/** Names of the sheets of a workbook, in its order. Throws FILE_MALFORMED, FILE_INFLATES. */
export async function readSheetNames(path: string): Promise<readonly string[]> {
  const parts = await openParts(path);
  try {
    const { sheets } = await readWorkbook(parts);
    return sheets.map(({ name }) => name);
  } finally {
    parts.close();
  }
}

/**
 * Reads a sheet of a workbook row by row from its head line on, so that memory does not grow with it. Dates come as
 * `YYYY-MM-DD`, numbers with the sign before the decimals that is asked for; of a formula the value that
 * was stored with it.
 *
 * @throws TonneError FILE_MALFORMED, FILE_INFLATES, CELLS_MERGED
 */
export async function* readXlsx(
  path: string,
  { decimal, sheet: wanted, merged, headLine = 1 }: SheetReading,
): AsyncGenerator<FileRow> {
  const parts = await openParts(path);
  try {
    const { sheet, from1904 } = await findSheet(parts, wanted);
    if (merged === 'refuse') await assertNotMerged(parts, sheet, headLine);
    const shared = await readShared(parts);
    const dates = await readDateStyles(parts);
    for await (const row of readSheet(parts, sheet, { shared, dates, from1904, decimal })) {
      if (row.line >= headLine) yield row;
    }
  } finally {
    parts.close();
  }
}

interface Looks {
  readonly shared: readonly string[];
  /** By style of a cell, whether it is shown as a date. */
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
  readonly decimal: ImportOptions['decimal'];
}

type Attributes = Readonly<Record<string, string>>;

interface Listener {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Feeds a part to a listener, a chunk at a time; yields the size of each. Entities of a document's own are not expanded. */
async function* parse(parts: Parts, part: string, listener: Listener): AsyncGenerator<number> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  parser.on('opentag', ({ name, attributes }) => listener.open?.(local(name), attributes));
  parser.on('text', (text) => listener.text?.(text));
  parser.on('closetag', ({ name }) => listener.close?.(local(name)));
  try {
    for await (const chunk of parts.read(part)) {
      parser.write(decoder.decode(chunk, { stream: true }));
      yield chunk.length;
    }
    parser.close();
  } catch (error) {
    if (error instanceof TonneError) throw error;
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('FILE_MALFORMED', { field: part, value, expected: 'an XLSX workbook' });
  }
  yield 0;
}

async function scan(parts: Parts, part: string, listener: Listener): Promise<void> {
  if (!parts.has(part)) return;
  const steps = parse(parts, part, listener);
  while ((await steps.next()).done !== true);
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly relation: string }[];
  readonly from1904: boolean;
}

async function readWorkbook(parts: Parts): Promise<Workbook> {
  const sheets: { name: string; relation: string }[] = [];
  let from1904 = false;
  await scan(parts, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      sheets.push({ name: attributes['name'] ?? '', relation: attributes['r:id'] ?? '' });
    },
  });
  return { sheets, from1904 };
}

async function findSheet(
  parts: Parts,
  wanted: string | undefined,
): Promise<{ sheet: string; from1904: boolean }> {
  const { sheets, from1904 } = await readWorkbook(parts);
  const found = sheets.find(({ name }) => wanted === undefined || name === wanted);
  if (wanted !== undefined && found === undefined) {
    const expected = sheets.map(({ name }) => name).join(', ');
    throw new TonneError('PARAMETER_INVALID', { field: 'sheet', value: wanted, expected });
  }
  let target = 'worksheets/sheet1.xml';
  await scan(parts, 'xl/_rels/workbook.xml.rels', {
    open: (_, attributes) => {
      if (attributes['Id'] === found?.relation) target = attributes['Target'] ?? target;
    },
  });
  const sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (parts.has(sheet)) return { sheet, from1904 };
  const expected = 'an XLSX workbook with a sheet';
  throw new TonneError('FILE_MALFORMED', { field: 'file', value: sheet, expected });
}

/** A merged cell says one thing of several rows or columns: which of them it means would be a guess. */
async function assertNotMerged(parts: Parts, sheet: string, headLine: number): Promise<void> {
  await scan(parts, sheet, {
    open: (name, attributes) => {
      const { ref } = attributes;
      if (name !== 'mergeCell' || ref === undefined) return;
      const last = /\d+$/.exec(ref)?.[0];
      if (last !== undefined && Number(last) < headLine) return;
      throw new TonneError('CELLS_MERGED', { field: 'sheet', value: ref });
    },
  });
}

async function readShared(parts: Parts): Promise<readonly string[]> {
  const shared: string[] = [];
  let [current, size, inText, inPhonetic] = ['', 0, false, false];
  await scan(parts, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') inPhonetic = true;
      inText = name === 't' && !inPhonetic;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 'rPh') inPhonetic = false;
      if (name === 't') inText = false;
      if (name !== 'si') return;
      shared.push(current);
      size += current.length;
      if (size <= MAX_SHARED) return;
      throw new TonneError('FILE_INFLATES', { field: 'file', value: `${size} letters of text` });
    },
  });
  return shared;
}

async function readDateStyles(parts: Parts): Promise<readonly boolean[]> {
  const own = new Set<number>();
  const dates: boolean[] = [];
  let inCells = false;
  await scan(parts, 'xl/styles.xml', {
    open: (name, attributes) => {
      const id = Number(attributes['numFmtId']);
      if (name === 'numFmt' && isDateFormat(attributes['formatCode'] ?? '')) own.add(id);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) dates.push(DATE_FORMATS.has(id) || own.has(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}

function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return /[yd]/i.test(bare);
}

async function* readSheet(parts: Parts, sheet: string, looks: Looks): AsyncGenerator<FileRow> {
  const ready: FileRow[] = [];
  let cells: string[] = [];
  let [line, column, type, style, value, inValue] = [0, 0, '', 0, '', false];
  const listener: Listener = {
    open: (name, attributes) => {
      if (name === 'row') {
        cells = [];
        column = 0;
        line = Number(attributes['r'] ?? line + 1);
      } else if (name === 'c') {
        column = columnOf(attributes['r']) ?? column;
        [type, style, value] = [attributes['t'] ?? 'n', Number(attributes['s'] ?? 0), ''];
      } else inValue = name === 'v' || name === 't';
    },
    text: (text) => {
      if (inValue) value += text;
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'c') {
        if (value !== '' && column < MAX_COLUMNS) cells[column] = toText(value, type, style, looks);
        column++;
      } else if (name === 'row' && cells.some((cell) => cell !== '')) {
        ready.push({ line, cells: Array.from(cells, (cell: string | undefined) => cell ?? '') });
      }
    },
  };
  const steps = parse(parts, sheet, listener);
  while ((await steps.next()).done !== true) yield* ready.splice(0);
}

/** 0 for A, 26 for AA. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function toText(value: string, type: string, style: number, looks: Looks): string {
  if (type === 's') return (looks.shared[Number(value)] ?? '').trim();
  if (type !== 'n') return value.trim();
  if (looks.dates[style] === true) return toDay(value, looks.from1904);
  return toNumber(value.trim(), looks.decimal);
}

/**
 * A workbook stores a number with a point whatever its reader sees, and one with decimals as the 17 digits
 * of a double: 1.1 as 1.1000000000000001. The shortest text of the same double is what was entered.
 */
function toNumber(stored: string, decimal: ImportOptions['decimal']): string {
  const shortest = /[.e]/i.test(stored) ? String(Number(stored)) : stored;
  if (!/^-?\d/.test(shortest)) return stored;
  return decimal === 'point' ? shortest : shortest.replace('.', ',');
}

/** Days since 1899-12-30, or since 1904-01-01: ECMA-376 part 1, section 18.17.4.1. */
function toDay(serial: string, from1904: boolean): string {
  const days = Math.floor(Number(serial)) + (from1904 ? 1462 : 0);
  const date = new Date(Date.UTC(1899, 11, 30 + days));
  return Number.isNaN(date.getTime()) ? serial : date.toISOString().slice(0, 10);
}
