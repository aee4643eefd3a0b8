import { z } from '@hono/zod-openapi';
import { activityInputShape } from '../../inventory/activities/input.ts';
import { citationShape } from '../../inventory/citations/citation.ts';
import { cursorSchema, pageQuery } from '../route.ts';
import { rowIdSchema } from './organisation.ts';
import { idParameter, time, whole } from './shared.ts';

/** Kilograms, exact: 12 places after the point are whole nanograms. */
export const kg = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .openapi({ example: '1250.5', description: 'Kilograms, exact' });

/** `Date` takes 2024-02-30 for 1 March, and a database knows no year 0. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  const isWritten = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return isWritten && text >= '0001';
}

export const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2024-06-30')
  .refine(isDay, 'a day of the calendar')
  .openapi({ example: '2024-06-30' });

const evidenceSchema = z
  .string()
  .max(400)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'no control characters');

const citedSpanSchema = z
  .object({
    deviceIds: z.array(idParameter).min(1).max(200),
    from: time,
    until: time,
  })
  .openapi('CitedSpan', {
    description: 'Devices of the organisation and a span: the energy is what their registers say',
  });

export const activityBody = activityInputShape.extend({
  readings: citedSpanSchema.optional(),
  workspaceId: rowIdSchema,
  supplierId: rowIdSchema.optional(),
  evidence: evidenceSchema.default('').openapi({ description: 'Invoice, meter, file' }),
});

const gasSchema = z.object({
  gas: z.string(),
  place: z.string().openapi({ description: 'scope, biogenic, or other-gases' }),
  kg: kg.nullable(),
  kgCo2e: kg,
});

export const lineSchema = z.object({
  scope: z.string(),
  category: z.string(),
  gwpSet: z.string(),
  kgCo2e: kg,
  biogenicKgCo2: kg,
  otherGasesKgCo2e: kg,
  uncertainty: z.object({ halfWidthKgCo2e: kg }).nullable().openapi({
    description:
      'Half of the 95 % interval of `kgCo2e`, rounded up to a nanogram; null: a figure or a factor of the line states none',
  }),
  gases: z.array(gasSchema),
  notes: z.array(z.string()),
});

export const activitySchema = z
  .object({
    id: z.string(),
    version: whole,
    change: z.enum(['created', 'changed', 'recalculated', 'deleted']),
    workspaceId: z.string(),
    supplierId: z.string().nullable(),
    evidence: z.string(),
    scope: z.string(),
    category: z.string(),
    readings: citationShape
      .nullable()
      .openapi({ description: 'Signed readings that the energy is from; null: it was entered' }),
    input: activityInputShape,
    lines: z.array(lineSchema),
    factors: z.array(z.object({ id: z.string(), rule: z.string(), setId: z.string().nullable() })),
    engineVersion: z.string(),
    importId: z.string().nullable(),
    importRow: whole.nullable(),
    actor: z.string(),
    changedAt: time,
  })
  .openapi('Activity');

export const activityPage = z.object({
  activities: z.array(activitySchema),
  nextCursor: cursorSchema,
});

const itemSchema = z
  .looseObject({
    formula: z.string(),
    cites: z.string(),
    quantity: z.string(),
    rule: z.string(),
    rounding: z.string(),
  })
  .openapi('ItemExplanation', {
    description: 'Inputs, formula, factor with its source, rule, what was missed, rounding',
  });

export const explainedSchema = z.object({
  lines: z.array(lineSchema.extend({ items: z.array(itemSchema) })),
});

export const explanationSchema = explainedSchema.extend({
  current: z.boolean().openapi({
    description:
      'false: a factor or rule changed since; the kept result stands until recalculation',
  }),
  problem: z
    .object({ code: z.string(), detail: z.string() })
    .nullable()
    .openapi({ description: 'Why it can’t be computed any more; the kept result stands' }),
});

export const activityQuery = pageQuery.extend({
  workspaceId: rowIdSchema.optional(),
  from: daySchema.optional(),
  until: daySchema.optional(),
  scope: z.enum(['1', '2', '3']).optional(),
  category: z.string().max(40).optional(),
  method: z.string().max(60).optional(),
  site: z.string().max(120).optional(),
  supplierId: z
    .union([rowIdSchema, z.literal('none').transform(() => null)])
    .optional()
    .openapi({ description: 'Of a supplier; none: those of no supplier' }),
  importId: z.uuid().optional(),
  gas: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/)
    .optional()
    .openapi({ description: 'Key of a group of the inventory by gas' }),
});

const sumShape = {
  lines: whole,
  kgCo2e: kg,
  biogenicKgCo2: kg,
  otherGasesKgCo2e: kg,
  uncertainty: z
    .object({ statedKgCo2e: kg, halfWidthKgCo2e: kg })
    .nullable()
    .openapi({ description: 'Of the lines that state one: half of the 95 % interval' }),
};

const scopeName = z
  .string()
  .openapi({ description: '1, 2-location, 2-market, 3, or avoided: never added up' });

export const inventorySchema = z
  .object({
    version: whole,
    from: z.string(),
    until: z.string(),
    scopes: z.array(z.object({ scope: scopeName, gwpSet: z.string(), ...sumShape })),
    groups: z.array(
      z.object({
        by: z.string(),
        key: z.string().openapi({ description: 'Empty: none was named' }),
        month: z.string().nullable(),
        scope: scopeName,
        gwpSet: z.string(),
        kg: kg.nullable().openapi({ description: 'Mass of the gas' }),
        ...sumShape,
      }),
    ),
  })
  .openapi('Inventory');

const monthSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2024-06')
  .openapi({ example: '2024-06' });

export const inventoryQuery = z.object({
  from: monthSchema,
  until: monthSchema,
  workspaceId: rowIdSchema.optional(),
  by: z
    .string()
    .regex(
      /^(category|site|supplier|gas)(,(category|site|supplier|gas))*$/,
      'category,site,supplier,gas',
    )
    .optional(),
  monthly: z.enum(['true', 'false']).default('false'),
});
