import { createHash } from 'node:crypto';
import type { Hex } from '@truetonne/protocol';
import { z } from '@hono/zod-openapi';

/**
 * What a column can hold. `input:<name>` and `unit:<name>` are figures of methods that take several, with
 * `source:<name>` and `date:<name>` of an exchange rate;
 * `factorName` is a factor that the row itself states, with `factorSource`, `factorUnit`, and the mass of each
 * gas, `factor:<gas>`, in `factorMass`; `factorUncertainty` is of whatever factor the row has;
 * `reportedBy` with `gwpSet` says whose the emissions are that are CO2e already;
 * `month` is the quantity of the month that the column is named by, and several columns may be that.
 */
export const IMPORT_FIELDS = [
  ...['date', 'method', 'part', 'category', 'region', 'site', 'supplier', 'evidence'],
  ...['quantity', 'unit', 'uncertainty', 'factor', 'factorActivity', 'factorRegion', 'residual'],
  ...['factorName', 'factorSource', 'factorUnit', 'factorMass', 'factorUncertainty'],
  ...['gas', 'reportedBy', 'gwpSet', 'month', 'year'],
] as const;

const FIELD =
  /^((input|unit|source|date):[A-Za-z][A-Za-z0-9]{0,40}|factor:[A-Za-z][A-Za-z0-9_-]{0,39})$/;

const field = z
  .string()
  .refine(
    (text) => IMPORT_FIELDS.some((name) => name === text) || FIELD.test(text),
    `${IMPORT_FIELDS.join(', ')}, or input:, unit:, source:, date: with <name>, factor: with <gas>`,
  );

export const headLineShape = z.coerce.number().int().min(1).max(1_000);
export const sheetShape = z.string().min(1).max(200);

export const importOptionsShape = z
  .object({
    mapping: z.record(z.string().max(200), field).openapi({ description: 'Column to field' }),
    defaults: z
      .record(field, z.string().max(400))
      .default({})
      .openapi({ description: 'Of fields that no column holds, or whose cell is empty' }),
    separator: z.enum(['auto', ',', ';', '\t', '|']).default('auto'),
    decimal: z.enum(['point', 'comma']).openapi({ description: 'Sign before the decimals' }),
    dates: z
      .enum(['iso', 'dmy', 'mdy'])
      .openapi({ description: '2024-06-30, 30.06.2024, 06/30/2024' }),
    headLine: headLineShape
      .default(1)
      .openapi({ description: 'Line that holds the names of columns; those above are left out' }),
    sheet: sheetShape.optional().openapi({ description: 'Worksheet of an XLSX; else the first' }),
  })
  .strict()
  .openapi('ImportOptions');

export type ImportOptions = z.infer<typeof importOptionsShape>;

/** Files with the same head line are mapped in the same way. */
export function hashHead(head: readonly string[]): Hex {
  return `0x${createHash('sha256').update(JSON.stringify(head)).digest('hex')}`;
}
