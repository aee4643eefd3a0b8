import { z } from 'zod';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { InventoryRow } from '../../store/tables/schema.ts';
import { sealedLineShape } from './seal.ts';
import { readMissing } from './store.ts';

/** Lines of a difference that are listed; the totals cover all of them. */
const MOST_LINES = 5_000;

export interface LineChange {
  readonly activityId: string;
  readonly scope: string;
  readonly gwpSet: string;
  /** Absent: the line was not there before, or is not there any more. */
  readonly beforeNg: bigint | undefined;
  readonly afterNg: bigint | undefined;
}

export interface Difference {
  readonly totals: readonly {
    readonly gwpSet: string;
    readonly scope: string;
    readonly beforeNg: bigint;
    readonly afterNg: bigint;
  }[];
  readonly lines: readonly LineChange[];
  readonly truncated: boolean;
}

const totalsShape = z.record(z.string(), z.string());

/** What a restatement changed: totals, and line by line what went and what came. */
export async function compareInventories(
  session: TenantSession,
  before: InventoryRow,
  after: InventoryRow,
): Promise<Difference> {
  const { periodId } = before;
  const most = MOST_LINES;
  const allGone = await readMissing(session, periodId, before.number, after.number, most);
  const allCome = await readMissing(session, periodId, after.number, before.number, most);
  const [gone, come] = cutAlike(allGone.map(parseLine), allCome.map(parseLine), most);
  const lines = new Map<string, LineChange>();
  for (const { activity, scope, gwpSet, co2eNg } of gone) {
    const change = { activityId: activity, scope, gwpSet, beforeNg: BigInt(co2eNg) };
    lines.set(keyOf(change), { ...change, afterNg: undefined });
  }
  for (const { activity, scope, gwpSet, co2eNg } of come) {
    const place = { activityId: activity, scope, gwpSet };
    const beforeNg = lines.get(keyOf(place))?.beforeNg;
    lines.set(keyOf(place), { ...place, beforeNg, afterNg: BigInt(co2eNg) });
  }
  const truncated = allGone.length === most || allCome.length === most;
  return { totals: compareTotals(before, after), lines: [...lines.values()], truncated };
}

type Line = z.infer<typeof sealedLineShape>;

function parseLine(text: string): Line {
  return sealedLineShape.parse(JSON.parse(text));
}

/**
 * Lines stand by activity. Where either list was cut, both end before the activity at which the first of them
 * was: beyond it what changed would be taken for what went or came.
 */
function cutAlike(gone: readonly Line[], come: readonly Line[], most: number) {
  const ends = [gone, come].flatMap((lines) =>
    lines.length === most ? Number(lines.at(-1)?.activity) : [],
  );
  const end = Math.min(...ends, Infinity);
  const cut = (lines: readonly Line[]) => lines.filter(({ activity }) => Number(activity) < end);
  return [cut(gone), cut(come)] as const;
}

function keyOf({ activityId, scope, gwpSet }: Pick<LineChange, 'activityId' | 'scope' | 'gwpSet'>) {
  return `${activityId} ${gwpSet} ${scope}`;
}

export function totalsOf({ totals }: InventoryRow): ReadonlyMap<string, bigint> {
  const parsed = totalsShape.parse(JSON.parse(totals));
  return new Map(Object.entries(parsed).map(([key, ng]) => [key, BigInt(ng)]));
}

function compareTotals(before: InventoryRow, after: InventoryRow): Difference['totals'] {
  const [old, now] = [totalsOf(before), totalsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().map((key) => {
    const [gwpSet = '', scope = ''] = key.split(' ');
    return { gwpSet, scope, beforeNg: old.get(key) ?? 0n, afterNg: now.get(key) ?? 0n };
  });
}
