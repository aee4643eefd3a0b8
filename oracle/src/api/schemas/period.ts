import { z } from '@hono/zod-openapi';
import { daySchema, kg } from './inventory.ts';
import { bytes, id32, time, whole } from './shared.ts';

const sealedSchema = z
  .object({
    number: whole.openapi({ description: '0, and one more with each restatement' }),
    root: id32,
    lines: whole,
    factorSets: z.array(z.object({ id: z.string(), sha256: z.string() })),
    factorSetsHash: id32,
    engineVersion: z.string(),
    totals: z.array(z.object({ gwpSet: z.string(), scope: z.string(), kgCo2e: kg })),
    reason: z.string().nullable().openapi({ description: 'Of a restatement' }),
    closedBy: z.string(),
    closedAt: time,
  })
  .openapi('SealedInventory');

export const periodSchema = z
  .object({
    id: z.string(),
    firstDay: daySchema,
    lastDay: daySchema,
    state: z.enum(['closed', 'reopened']),
    number: whole,
    version: whole,
    reason: z.string().nullable(),
    outdated: z
      .object({
        activities: whole,
        totals: z.array(
          z.object({ gwpSet: z.string(), scope: z.string(), beforeKgCo2e: kg, afterKgCo2e: kg }),
        ),
      })
      .nullable()
      .openapi({
        description: 'Activities that come to something else now: what a restatement would change',
      }),
    inventories: z.array(sealedSchema).openapi({ description: 'None is ever changed' }),
  })
  .openapi('Period');

export const periodBody = z.object({ firstDay: daySchema, lastDay: daySchema });

export const proofSchema = z
  .object({
    root: id32,
    number: whole,
    lines: z.array(
      z.object({
        position: whole,
        line: z.string().openapi({ description: 'Exactly as the leaf covers it; JSON' }),
        proof: z.array(bytes),
      }),
    ),
  })
  .openapi('LineProofs');

export const differenceSchema = z
  .object({
    before: whole,
    after: whole,
    totals: z.array(
      z.object({
        ...{ gwpSet: z.string(), scope: z.string() },
        ...{ beforeKgCo2e: kg, afterKgCo2e: kg, differenceKgCo2e: kg },
      }),
    ),
    lines: z.array(
      z.object({
        ...{ activityId: z.string(), gwpSet: z.string(), scope: z.string() },
        ...{ beforeKgCo2e: kg.nullable(), afterKgCo2e: kg.nullable() },
      }),
    ),
    truncated: z.boolean().openapi({ description: 'More lines differ than are listed' }),
  })
  .openapi('Restatement');

export const anchorSchema = z
  .object({
    chainId: whole,
    contract: z.string().nullable().openapi({ description: 'null: none is deployed here' }),
    organisation: id32,
    period: id32.openapi({ description: 'SHA-256 of first and last day' }),
    number: whole,
    root: id32,
    factorSetsHash: id32,
    engineVersion: z.string(),
  })
  .openapi('AnchorRequest', { description: 'Arguments of anchor(), for a wallet to send' });
