/** The columns of a CSV file, and what each of them is. */
import type { UploadRequest } from '../../api/oracle/uploads.ts';

type Kind = UploadRequest['kind'];

const CANDIDATES = [',', ';', '\t', '|'] as const;

const ENVELOPE = ['header', 'signature', 'readings'] as const;
const READING = [
  'device_id',
  'timestamp',
  'total_energy_kwh',
  'imported_energy_kwh',
  'ac_power_kw',
  'power',
  'voltage',
  'current',
  'grid_frequency_hz',
  'power_factor',
  'ambient_temp_c',
  'irradiance_w_m2',
  'efficiency',
  'battery_v',
  'signal_dbm',
  'firmware_version',
  'system_status',
] as const;

/** What a column of such a file can be (SPEC section 4). */
export function fieldsOf(kind: Kind): readonly string[] {
  return kind === 'windows' ? [...ENVELOPE, ...READING.slice(1)] : READING;
}

/** Without these a file is of no use. */
function neededOf(kind: Kind): readonly string[] {
  return kind === 'windows' ? ['header', 'signature'] : ['device_id', 'timestamp'];
}

/** The first bytes of a file as text, in the encoding that the oracle takes it for: a mapping goes by its names. */
export function decodeHead(bytes: Uint8Array): string {
  try {
    // A letter may be cut in two where the bytes end.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The names in the head line of a file, which is the first line of `text`. */
export function readHead(text: string): readonly string[] {
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n|\r/, 1)[0] ?? '';
  const bare = line.replace(/"[^"]*"/g, '');
  const parts = (separator: string): number => bare.split(separator).length;
  const separator = CANDIDATES.reduce((best, next) => (parts(next) > parts(best) ? next : best));
  return cellsOf(line, separator);
}

/** Cells of one line; a cell in quotes may hold the separator, and two quotes stand for one. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell].map((raw) =>
    raw
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"'),
  );
}

/** What a person chose for a column; '' leaves it out. */
export type Choices = ReadonlyMap<string, string>;

/** Columns that have a name of ours stand for themselves. */
export function guessChoices(names: readonly string[], kind: Kind): Choices {
  const fields = fieldsOf(kind);
  return new Map(
    names.map((name) => [name, fields.find((field) => field === name.toLowerCase()) ?? '']),
  );
}

/** What is wrong with the choices; undefined when the file can be sent. */
export function problemOf(choices: Choices, kind: Kind): string | undefined {
  const chosen = [...choices.values()].filter((field) => field !== '');
  const missing = neededOf(kind).find((field) => !chosen.includes(field));
  if (missing !== undefined) return `Choose the column that is ${missing}.`;
  const twice = chosen.find((field, index) => chosen.indexOf(field) !== index);
  return twice === undefined ? undefined : `Two columns are ${twice}.`;
}

/** Only what the oracle would not take by itself. */
export function mappingOf(choices: Choices): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...choices].filter(([name, field]) => field !== '' && field !== name.toLowerCase()),
  );
}
