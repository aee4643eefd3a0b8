import { z } from '@hono/zod-openapi';
import { daySchema, kg } from './inventory.ts';
import { nameSchema } from './organisation.ts';
import { cursorSchema } from '../route.ts';
import { time, whole } from './shared.ts';
import { plain } from './supplier.ts';

const year = z.int().min(1990).max(2100);

export const goalBody = z.object({
  name: nameSchema,
  kind: z.enum(['absolute', 'intensity']),
  path: z.enum(['linear', 'sbti-1.5']),
  scopes: z.array(z.enum(['1', '2-location', '2-market', '3'])).min(1),
  baseYear: year,
  targetYear: year,
  reductionPercent: z.string().openapi({ example: '42' }),
  thresholdPercent: z.string().openapi({
    example: '5',
    description: "From what movement of the base year's total on its base is taken anew",
  }),
  outputUnit: plain(60).min(1).nullable().default(null),
  outputs: z
    .record(z.string(), z.string())
    .default({})
    .openapi({ description: 'Of an intensity goal: amount of output by year' }),
});

const kindSchema = z
  .enum(['first', 'structure', 'methodology', 'error'])
  .openapi({ description: 'Why it was taken: GHG Protocol Corporate Standard, chapter 5' });

export const goalBaseBody = z.object({
  totalKgCo2e: kg.openapi({ description: '`nowKgCo2e` as it was read: what is taken' }),
  kind: kindSchema,
  reason: nameSchema,
});

export const goalBaseSchema = z
  .object({
    number: whole.openapi({ description: '1 for the first one; none is ever changed' }),
    baseYear: year,
    gwpSet: z.enum(['AR4', 'AR5', 'AR6']),
    scopes: z.array(z.object({ scope: z.string(), kgCo2e: kg })),
    kgCo2e: kg,
    kind: kindSchema,
    reason: z.string(),
    takenBy: z.string(),
    takenAt: time,
  })
  .openapi('GoalBase');

export const goalBasesSchema = z.object({
  bases: z.array(goalBaseSchema),
  nextCursor: cursorSchema,
});

const standingSchema = z
  .object({
    state: z
      .enum(['not-fixed', 'other-set', 'unchanged', 'below-threshold', 'to-recalculate'])
      .openapi({
        description:
          'not-fixed: none was taken of this year and these scopes. other-set: it is under other warming ' +
          'potentials. The others: how far the base year has moved since it was taken',
      }),
    taken: goalBaseSchema.nullable().openapi({ description: 'What the goal is measured from' }),
    nowKgCo2e: kg.nullable().openapi({ description: 'null: the base year has no line' }),
    scopes: z.array(z.object({ scope: z.string(), kgCo2e: kg })).openapi({
      description: 'Of `nowKgCo2e`',
    }),
    differenceKgCo2e: kg.nullable().openapi({ description: 'Now less what was taken' }),
    differencePercent: z.string().nullable().openapi({
      description: 'Of what was taken, to four places, rounded towards zero',
    }),
    changes: z
      .array(
        z.object({
          change: z.enum(['created', 'changed', 'recalculated', 'deleted']),
          activities: whole,
        }),
      )
      .openapi({ description: 'Activities of the base year that changed since' }),
    periods: z
      .array(
        z.object({
          ...{ periodId: z.string(), firstDay: daySchema, lastDay: daySchema },
          state: z.enum(['closed', 'reopened']),
          outdated: z.boolean().openapi({ description: 'A restatement would change it' }),
          reasons: z.array(z.string()).openapi({ description: 'Of restatements since' }),
        }),
      )
      .openapi({ description: 'Periods of the base year of which something is to be known' }),
  })
  .openapi('GoalBaseStanding');

export const goalSchema = z
  .object({
    ...{ id: z.string(), version: whole, createdAt: time, ...goalBody.shape },
    thresholdPercent: z
      .string()
      .nullable()
      .openapi({ description: 'null: the goal was set before it was asked for' }),
    status: z.enum([
      ...(['no-base', 'no-output', 'unfinished', 'on-track'] as const),
      ...(['behind', 'reached', 'missed'] as const),
    ]),
    progressPercent: z
      .string()
      .nullable()
      .openapi({ description: 'Of the reduction that the target asks for, rounded down' }),
    latestYear: z
      .int()
      .nullable()
      .openapi({ description: 'That status and progress speak of: the newest that is over' }),
    years: z.array(
      z.object({
        year,
        over: z.boolean().openapi({ description: 'false: its emissions are those so far' }),
        ...{ actualKgCo2e: kg.nullable(), allowedKgCo2e: kg.nullable() },
      }),
    ),
    apart: z
      .array(z.object({ gwpSet: z.string(), kgCo2e: kg }))
      .openapi({ description: 'Of the same scopes and years under other sets: not counted here' }),
    base: standingSchema,
  })
  .openapi('Goal');
