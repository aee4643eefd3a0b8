import { z } from '@hono/zod-openapi';
import { GWP_SETS } from '../../accounting/index.ts';

const gwpSet = z.enum(GWP_SETS);

export const scopeSchema = z.enum(['1', '2-location', '2-market', '3', 'avoided']);

const word = z.string().trim().min(1).max(120).optional();

/** What factors are searched by, public and own ones. */
export const factorQuery = z.object({
  text: word.openapi({ example: 'natural gas' }),
  activity: word.openapi({ example: 'electricity/grid average' }),
  region: word.openapi({ example: 'USA' }),
  year: z.coerce.number().int().min(1990).max(2100).optional(),
  unit: word.openapi({ example: 'kWh' }),
  set: word.openapi({ example: 'defra@2024' }),
  scope: scopeSchema.optional(),
});

export const factorSchema = z
  .object({
    id: z.string().openapi({ example: 'epa-hub@2024/electricity/camx' }),
    set: z.string().openapi({ example: 'epa-hub@2024' }),
    name: z.string(),
    activity: z.string().openapi({ example: 'electricity/grid average' }),
    region: z.string().openapi({ example: 'USA/eGRID/CAMX' }),
    unit: z.string().openapi({ description: 'What one factor is for', example: 'MWh' }),
    basis: z.string().openapi({ description: 'What it covers; `lifecycle` is no Scope 2 factor' }),
    uses: z.array(z.object({ scope: scopeSchema, category: z.string().nullable() })),
    gases: z.array(
      z.object({
        gas: z.string(),
        kg: z.string().openapi({ description: 'Kilograms per unit, exact decimal or fraction' }),
        co2eUnder: gwpSet.nullable().openapi({ description: 'null: the mass of the gas itself' }),
      }),
    ),
    year: z.number(),
    validFrom: z.number(),
    validTo: z.number(),
    published: z.string().openapi({ description: 'As printed by the source' }),
    uncertaintyPercent: z.string().nullable().openapi({
      description:
        'Half of the 95 % interval as the source states it; null: it states none, and a result has an interval only where the activity cites one of the factor',
    }),
    notes: z.string().nullable(),
  })
  .openapi('EmissionFactor');

export const factorSetSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    publisher: z.string(),
    licence: z.string(),
    source: z.string(),
    sha256: z.string(),
    factors: z.number(),
    factorsWithUncertainty: z
      .number()
      .openapi({ description: 'Factors whose uncertainty the source states' }),
  })
  .openapi('FactorSet');

export const factorDetailSchema = factorSchema
  .extend({
    source: factorSetSchema,
    co2e: z.array(
      z.object({
        gwpSet,
        kg: z.string().nullable().openapi({ description: 'null: can’t be had under this set' }),
        why: z.string().nullable(),
      }),
    ),
  })
  .openapi('EmissionFactorDetail');

export const factorPageSchema = z.object({
  factors: z.array(factorSchema),
  total: z.number(),
  nextCursor: z.string().nullable().openapi({ description: 'null: this was the last page' }),
});

export const unitSchema = z.object({
  id: z.string(),
  dimension: z.string(),
  size: z.string().openapi({ description: 'In base units of the dimension' }),
  aliases: z.array(z.string()),
  source: z.string(),
});

export const gasSchema = z
  .object({
    name: z.string().openapi({ example: 'R-410A', description: 'What `gas` of a factor takes' }),
    otherNames: z.array(z.string()).openapi({ description: 'Which are taken as well' }),
    source: z.string(),
    components: z.array(z.object({ gas: z.string(), share: z.string() })).openapi({
      description:
        'Shares of mass of a blend; what lacks to 1 is no gas of the table. Empty: one gas',
    }),
  })
  .openapi('Gas');

export const methodSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    quality: z.enum(['primary', 'estimate']),
    uses: z.array(z.object({ scope: scopeSchema, categories: z.array(z.string()) })),
    bases: z.array(z.string()).nullable(),
    parts: z.array(
      z.object({
        name: z.string(),
        formula: z.string(),
        inputs: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            kind: z.enum(['quantity', 'number', 'share']),
            dimension: z.string().nullable(),
            optional: z.boolean(),
            sourced: z
              .boolean()
              .openapi({ description: 'Published by others: needs its source and date' }),
          }),
        ),
      }),
    ),
    cites: z.string(),
  })
  .openapi('AccountingMethod');
