import { OPTIONAL_FIELD_NAMES } from '@truetonne/protocol';

/** A column of an export: `int64` for what is counted or measured, exactly. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'int64';
}

/** A row by the names of its columns; `null` where nothing was measured. */
export type Row = Readonly<Record<string, string | bigint | null>>;

/** A reading: the unit of each field is in its name; times in Unix seconds, energy in Wh. */
export const READING_COLUMNS: readonly Column[] = [
  { name: 'deviceId', type: 'string' },
  { name: 'sequence', type: 'int64' },
  { name: 'index', type: 'int64' },
  { name: 'at', type: 'int64' },
  { name: 'exportWh', type: 'int64' },
  { name: 'importWh', type: 'int64' },
  { name: 'status', type: 'int64' },
  ...OPTIONAL_FIELD_NAMES.map((name) => ({ name, type: 'int64' as const })),
  { name: 'state', type: 'string' },
  { name: 'reason', type: 'string' },
  { name: 'deductedWh', type: 'int64' },
  { name: 'batchId', type: 'string' },
];

/** Energy of a device by hour, day or month of the project's own time. */
export const ENERGY_COLUMNS: readonly Column[] = [
  { name: 'deviceId', type: 'string' },
  { name: 'startsAt', type: 'int64' },
  { name: 'readings', type: 'int64' },
  { name: 'exportedWh', type: 'int64' },
  { name: 'importedWh', type: 'int64' },
  { name: 'deductedWh', type: 'int64' },
];
