import { TonneError } from '@truetonne/protocol';
import { z } from '@hono/zod-openapi';

const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;

/** Names of columns (SPEC section 4): of an envelope, and of a reading. */
export const ENVELOPE_COLUMNS = ['header', 'signature', 'readings'] as const;
const READING_COLUMNS = [
  ...['device_id', 'timestamp', 'total_energy_kwh', 'imported_energy_kwh', 'ac_power_kw', 'power'],
  ...['voltage', 'current', 'grid_frequency_hz', 'power_factor', 'ambient_temp_c'],
  ...['irradiance_w_m2', 'efficiency', 'battery_v', 'signal_dbm', 'firmware_version'],
  'system_status',
];

export const KNOWN_COLUMNS: ReadonlySet<string> = new Set([
  ...ENVELOPE_COLUMNS,
  ...READING_COLUMNS,
]);

/** How a file is to be read. */
export const uploadQuery = z.object({
  kind: z.enum(['windows', 'readings']).openapi({
    description:
      'windows: signed ones, as hex, or as one row a reading. readings: unsigned ones, for display.',
  }),
  separator: z.enum(['auto', 'comma', 'semicolon', 'tab', 'pipe']).default('auto'),
  decimal: z.enum(['auto', 'point', 'comma']).default('auto').openapi({
    description: 'auto: a comma where the separator is another one',
  }),
  mapping: z
    .string()
    .max(10_000)
    .optional()
    .openapi({ description: 'JSON: names of columns in the file to names of SPEC section 4' }),
});

export interface UploadOptions {
  readonly kind: 'windows' | 'readings';
  /** One character, or `auto`. */
  readonly separator: string;
  readonly decimal: 'auto' | 'point' | 'comma';
  /** By name in the file. */
  readonly mapping: Readonly<Record<string, string>>;
}

const mappingShape = z.record(z.string().max(200), z.string().max(50));

/** Throws PARAMETER_INVALID when the mapping is none. */
export function toOptions(query: z.infer<typeof uploadQuery>): UploadOptions {
  const { kind, separator, decimal, mapping } = query;
  const chosen = separator === 'auto' ? separator : SEPARATORS[separator];
  return { kind, separator: chosen, decimal, mapping: parseMapping(mapping ?? '{}') };
}

function parseMapping(text: string): UploadOptions['mapping'] {
  const mapping = mappingShape.safeParse(parseJson(text));
  const wrong = mapping.success
    ? Object.values(mapping.data).find((name) => !KNOWN_COLUMNS.has(name))
    : text.slice(0, 80);
  if (mapping.success && wrong === undefined) return mapping.data;
  const expected = `JSON from names in the file to ${[...KNOWN_COLUMNS].join(', ')}`;
  throw new TonneError('PARAMETER_INVALID', { field: 'mapping', value: wrong ?? text, expected });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
