import { z } from 'zod';
import type { PeriodRow } from '../../store/tables/schema.ts';
import { linesOf, type Recalculated } from '../activities/write.ts';

const shape = z.object({
  /** How many come to something else now. */
  activities: z.number(),
  /** Of those activities alone, nanograms as decimal text. */
  totals: z.array(
    z.object({
      ...{ gwpSet: z.string(), scope: z.string() },
      ...{ beforeNg: z.string(), afterNg: z.string() },
    }),
  ),
});

/** What a restatement of a closed period would change, because factors or the engine changed. */
export type Outdated = z.infer<typeof shape>;

export function outdatedOf({ outdated }: Pick<PeriodRow, 'outdated'>): Outdated | undefined {
  return outdated === null ? undefined : shape.parse(JSON.parse(outdated));
}

/** Sums up by set of potentials and scope what is sealed, and what it would come to now. */
export interface Tally {
  readonly add: (locked: Recalculated['locked']) => void;
  readonly read: () => Outdated;
}

export function createTally(): Tally {
  let activities = 0;
  const sums = new Map<string, { gwpSet: string; scope: string; before: bigint; after: bigint }>();
  const count = (gwpSet: string, scope: string, before: bigint, after: bigint): void => {
    const key = `${gwpSet} ${scope}`;
    const sum = sums.get(key) ?? { gwpSet, scope, before: 0n, after: 0n };
    sums.set(key, { ...sum, before: sum.before + before, after: sum.after + after });
  };
  return {
    add(locked) {
      activities += locked.length;
      for (const { row, computed } of locked) {
        for (const { gwpSet, scope, co2eNg } of linesOf(row))
          count(gwpSet, scope, BigInt(co2eNg), 0n);
        for (const { gwpSet, scope, co2eNg } of computed.lines)
          count(gwpSet, scope, 0n, BigInt(co2eNg));
      }
    },
    read: () => ({
      activities,
      totals: [...sums.values()].map(({ gwpSet, scope, before, after }) => ({
        ...{ gwpSet, scope, beforeNg: String(before), afterNg: String(after) },
      })),
    }),
  };
}
