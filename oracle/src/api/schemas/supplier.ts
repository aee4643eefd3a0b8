import { z } from '@hono/zod-openapi';
import { daySchema, kg } from './inventory.ts';
import { countrySchema, nameSchema } from './organisation.ts';
import { cursorSchema } from '../route.ts';
import { address, time, whole } from './shared.ts';

export const plain = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'no control characters');

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
