import { TonneError } from '@truetonne/protocol';
import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAudit } from '../audit/store.ts';
import { readTotals } from '../inventory/store.ts';
import type { By } from '../organisations/organisations.ts';
import { goals, type GoalRow, type OrganisationRow } from '../store/tables/schema.ts';
import type { TenantSession } from '../store/database/tenant.ts';
import { assertTarget, parsePercent, type Target } from './path.ts';
import { toProgress, type GoalProgress } from './progress.ts';

export type GoalWish = Pick<
  GoalRow,
  | 'name'
  | 'kind'
  | 'path'
  | 'scopes'
  | 'baseYear'
  | 'targetYear'
  | 'reductionPercent'
  | 'outputUnit'
> & { readonly outputs: Readonly<Record<string, string>> };

export function readGoals({ orm }: TenantSession): Promise<readonly GoalRow[]> {
  return orm.select().from(goals).where(eq(goals.deleted, false)).orderBy(asc(goals.id));
}

/** Throws GOAL_UNKNOWN. */
export async function getGoal({ orm }: TenantSession, id: number): Promise<GoalRow> {
  const [row] = await orm
    .select()
    .from(goals)
    .where(and(eq(goals.id, id), eq(goals.deleted, false)));
  if (row !== undefined) return row;
  throw new TonneError('GOAL_UNKNOWN', { field: 'id', value: String(id) });
}

/** Throws GOAL_INVALID. */
export async function addGoal(
  session: TenantSession,
  wish: GoalWish,
  { actor, now }: By,
): Promise<GoalRow> {
  assertGoal(wish);
  const { organisationId, orm } = session;
  const [row] = await orm
    .insert(goals)
    .values({ ...wish, outputs: JSON.stringify(wish.outputs), organisationId, createdAt: now })
    .returning();
  if (row === undefined) throw new Error('a goal was not stored');
  await appendAudit(session, {
    ...{ actor, at: now, action: 'goal.set', subject: String(row.id), detail: wish },
  });
  return row;
}

/** Throws GOAL_INVALID. */
export async function changeGoal(
  session: TenantSession,
  { id, version }: GoalRow,
  wish: GoalWish,
  { actor, now }: By,
): Promise<GoalRow> {
  assertGoal(wish);
  await session.orm
    .update(goals)
    .set({ ...wish, outputs: JSON.stringify(wish.outputs), version: version + 1 })
    .where(eq(goals.id, id));
  await appendAudit(session, {
    ...{ actor, at: now, action: 'goal.changed', subject: String(id), detail: wish },
  });
  return getGoal(session, id);
}

export async function dropGoal(
  session: TenantSession,
  { id, name }: GoalRow,
  { actor, now }: By,
): Promise<void> {
  await session.orm.update(goals).set({ deleted: true }).where(eq(goals.id, id));
  await appendAudit(session, {
    ...{ actor, at: now, action: 'goal.dropped', subject: String(id), detail: { name } },
  });
}

/** How a goal stands by the inventory, under the organisation's own set of potentials. */
export async function readProgress(
  session: TenantSession,
  row: GoalRow,
  { gwpSet }: OrganisationRow,
): Promise<GoalProgress> {
  const scopes = row.scopes.split(' ');
  const totals = await readTotals(session, {
    ...{ fromMonth: row.baseYear * 12, toMonth: row.targetYear * 12 + 11 },
    ...{ workspaceId: undefined, kinds: ['category'], byMonth: true },
  });
  const byYear = new Map<number, bigint>();
  for (const { month = 0, scope, gwpSet: set, co2eNg } of totals) {
    if (set !== gwpSet || !scopes.includes(scope)) continue;
    const year = Math.floor(month / 12);
    byYear.set(year, (byYear.get(year) ?? 0n) + co2eNg);
  }
  const outputs = row.kind === 'absolute' ? undefined : toOutputs(outputsOf(row));
  return toProgress(targetOf(row), byYear, outputs);
}

const outputsShape = z.record(z.string(), z.string());

export function outputsOf({ outputs }: GoalRow): Readonly<Record<string, string>> {
  return outputsShape.parse(JSON.parse(outputs));
}

function assertGoal(wish: GoalWish): void {
  assertTarget(targetOf(wish));
  const scopes = wish.scopes.split(' ');
  if (scopes.includes('2-location') && scopes.includes('2-market')) {
    throw invalid('scopes', wish.scopes, 'one of the two methods of Scope 2');
  }
  if (wish.kind === 'absolute') return;
  // SBTi's line for intensities is another one: sector pathways, or 7 % a year compounded.
  if (wish.path !== 'linear') throw invalid('path', wish.path, 'linear, for an intensity');
  if (wish.outputUnit === null) throw invalid('outputUnit', 'nothing', 'a unit of output');
  toOutputs(wish.outputs);
}

function targetOf(wish: Omit<GoalWish, 'outputs'>): Target {
  const { path, baseYear, targetYear, reductionPercent } = wish;
  return { path, baseYear, targetYear, reductionPpm: parsePercent(reductionPercent) };
}

/** Amounts by year in millionths of their unit. Throws GOAL_INVALID. */
function toOutputs(outputs: Readonly<Record<string, string>>): ReadonlyMap<number, bigint> {
  return new Map(
    Object.entries(outputs).map(([year, text]) => {
      const [, whole, part = ''] = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
      if (whole === undefined || !/^\d{4}$/.test(year)) {
        throw invalid(`outputs.${year}`, text, 'an amount such as 1200 or 1200.5 for each year');
      }
      return [Number(year), BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'))];
    }),
  );
}

function invalid(field: string, value: string, expected: string): TonneError {
  return new TonneError('GOAL_INVALID', { field, value, expected });
}
