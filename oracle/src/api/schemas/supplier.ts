import { z } from '@hono/zod-openapi';
import { daySchema, kg } from './inventory.ts';
import { countrySchema, nameSchema } from './organisation.ts';
import { cursorSchema } from '../route.ts';
import { address, time, whole } from './shared.ts';

const plain = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'no control characters');

const naics = z
  .string()
  .regex(/^\d{6}$/, 'six digits of NAICS')
  .nullable();

export const supplierBody = z.object({
  name: nameSchema,
  country: countrySchema,
  naics: naics.default(null),
  contact: plain(200).default(''),
});

export const supplierChange = z
  .object({ country: countrySchema, naics, contact: plain(200) })
  .partial()
  .strict();

export const supplierSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    country: z.string(),
    naics: z.string().nullable(),
    contact: z.string(),
    version: whole,
    createdAt: time,
  })
  .openapi('Supplier');

export const rankingSchema = z.object({
  suppliers: z.array(
    z.object({
      supplierId: z.string(),
      gwpSet: z.string(),
      lines: whole,
      kgCo2e: kg,
      estimatedKgCo2e: kg.openapi({ description: 'By spend or averages' }),
      estimatedPercent: z
        .string()
        .nullable()
        .openapi({ description: 'Share that is estimated, rounded up; null of nothing' }),
    }),
  ),
  nextCursor: cursorSchema,
});

export const figureBody = z.object({
  firstDay: daySchema,
  lastDay: daySchema,
  category: z.string().regex(/^([1-9]|1[0-5])$/, 'a category of Scope 3, 1 to 15'),
  kgCo2e: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,12})?$/, 'kilograms, such as 1250.5')
    .openapi({ example: '1250.5' }),
  gwpSet: z.enum(['AR4', 'AR5', 'AR6']),
  source: plain(400).min(1).openapi({ description: 'Report, assurance, meter' }),
});

export const figureSchema = figureBody
  .extend({
    id: z.string(),
    supplierId: z.string(),
    state: z.enum(['submitted', 'accepted', 'refused', 'withdrawn']),
    reason: z.string().nullable(),
    activityId: z.string().nullable(),
    replaced: z.array(z.string()).openapi({ description: 'Estimates that went out for it' }),
    submittedBy: address,
    submittedAt: time,
    decidedAt: time.nullable(),
  })
  .openapi('SupplierFigure');

export const figuresSchema = z.object({ figures: z.array(figureSchema), nextCursor: cursorSchema });

export const portalSchema = z
  .object({
    organisation: z.string(),
    supplier: z.object({ id: z.string(), name: z.string(), country: z.string() }),
    figures: z.array(figureSchema),
    nextCursor: cursorSchema,
  })
  .openapi('SupplierPortal');

const year = z.int().min(1990).max(2100);

export const goalBody = z.object({
  name: nameSchema,
  kind: z.enum(['absolute', 'intensity']),
  path: z.enum(['linear', 'sbti-1.5']),
  scopes: z.array(z.enum(['1', '2-location', '2-market', '3'])).min(1),
  baseYear: year,
  targetYear: year,
  reductionPercent: z.string().openapi({ example: '42' }),
  outputUnit: plain(60).min(1).nullable().default(null),
  outputs: z
    .record(z.string(), z.string())
    .default({})
    .openapi({ description: 'Of an intensity goal: amount of output by year' }),
});

export const goalSchema = z
  .object({ id: z.string(), version: whole, createdAt: time })
  .extend(goalBody.shape)
  .openapi('Goal');

export const goalProgressSchema = goalSchema
  .extend({
    status: z.enum([
      ...(['no-base', 'no-output', 'unfinished', 'on-track'] as const),
      ...(['behind', 'reached', 'missed'] as const),
    ]),
    progressPercent: z
      .string()
      .nullable()
      .openapi({ description: 'Of the reduction that the target asks for, rounded down' }),
    latestYear: z.int().nullable(),
    years: z.array(z.object({ year, actualKgCo2e: kg.nullable(), allowedKgCo2e: kg.nullable() })),
  })
  .openapi('GoalProgress');
