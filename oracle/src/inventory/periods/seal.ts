import { randomBytes } from 'node:crypto';
import { fromHex, inventoryLeaf } from '@truetonne/protocol';
import { z } from 'zod';
import type { ActivityRow } from '../../store/tables/schema.ts';
import { keptFactorShape } from '../activities/activity.ts';
import { linesOf } from '../activities/write.ts';
import { citationOf, citationShape } from '../citations/citation.ts';
import type { SealedLine } from './store.ts';

const SALT_BYTES = 16;

/** What a line of a closed inventory says. The leaf covers its text as it is written. */
export const sealedLineShape = z.object({
  activity: z.string(),
  version: z.number(),
  ...{ scope: z.string(), category: z.string(), method: z.string(), date: z.string() },
  ...{ site: z.string(), supplier: z.string().nullable(), evidence: z.string() },
  ...{ gwpSet: z.string(), co2eNg: z.string(), biogenicNg: z.string(), otherNg: z.string() },
  varianceNg2: z.string().nullable(),
  gases: z.array(z.tuple([z.string(), z.string(), z.string().nullable(), z.string()])),
  notes: z.array(z.string()),
  factors: z.array(keptFactorShape),
  /** Signed readings that its energy is from; in lines that cite some. */
  readings: citationShape.optional(),
  input: z.unknown(),
  engine: z.string(),
  salt: z.string(),
});

/** Lines of an activity as they are sealed: enough for an auditor to compute each of them again. */
export function sealLines(row: ActivityRow): readonly SealedLine[] {
  const { method, date, site, evidence, version, engineVersion: engine } = row;
  const readings = citationOf(row);
  return linesOf(row).map((kept) => {
    const line = JSON.stringify({
      ...{ activity: String(row.id), version, method, date, site, evidence, engine },
      supplier: row.supplierId === null ? null : String(row.supplierId),
      ...kept,
      factors: keptFactorShape.array().parse(JSON.parse(row.factors)),
      ...(readings !== undefined && { readings }),
      input: JSON.parse(row.input) as unknown,
      salt: randomBytes(SALT_BYTES).toString('hex'),
    });
    return { activityId: row.id, line, leaf: fromHex(inventoryLeaf(line)) };
  });
}
