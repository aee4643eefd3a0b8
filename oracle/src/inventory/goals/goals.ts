import { TonneError } from '@truetonne/protocol';
import { and, asc, eq } from 'drizzle-orm';
import { appendAudit } from '../../accounts/audit/store.ts';
import type { By } from '../../accounts/organisations/organisations.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import { goals, type GoalRow, type OrganisationRow } from '../../store/tables/schema.ts';
import { fixBase } from './bases.ts';
import { assertGoal, type GoalWish } from './wish.ts';

export function readGoals({ orm }: TenantSession): Promise<readonly GoalRow[]> {
  return orm.select().from(goals).where(eq(goals.deleted, false)).orderBy(asc(goals.id));
}

/** Reads a goal; for a change it is held until the transaction ends. Throws GOAL_UNKNOWN. */
export async function getGoal(
  { orm }: TenantSession,
  id: number,
  forChange = false,
): Promise<GoalRow> {
  const query = orm
    .select()
    .from(goals)
    .where(and(eq(goals.id, id), eq(goals.deleted, false)));
  const [row] = await (forChange ? query.for('update') : query);
  if (row !== undefined) return row;
  throw new TonneError('GOAL_UNKNOWN', { field: 'id', value: String(id) });
}

/** Throws GOAL_INVALID. */
export async function addGoal(
  session: TenantSession,
  organisation: OrganisationRow,
  wish: GoalWish,
  by: By,
): Promise<GoalRow> {
  assertGoal(wish);
  const { organisationId, orm } = session;
  const [row] = await orm
    .insert(goals)
    .values({ ...wish, outputs: JSON.stringify(wish.outputs), organisationId, createdAt: by.now })
    .returning();
  if (row === undefined) throw new Error('a goal was not stored');
  await appendAudit(session, {
    ...{ actor: by.actor, at: by.now, action: 'goal.set', subject: String(row.id), detail: wish },
  });
  await fixBase(session, row, organisation, by);
  return row;
}

/** Throws GOAL_INVALID. */
export async function changeGoal(
  session: TenantSession,
  organisation: OrganisationRow,
  { id, version }: GoalRow,
  wish: GoalWish,
  by: By,
): Promise<GoalRow> {
  assertGoal(wish);
  await session.orm
    .update(goals)
    .set({ ...wish, outputs: JSON.stringify(wish.outputs), version: version + 1 })
    .where(eq(goals.id, id));
  await appendAudit(session, {
    ...{ actor: by.actor, at: by.now, action: 'goal.changed', subject: String(id), detail: wish },
  });
  const row = await getGoal(session, id);
  await fixBase(session, row, organisation, by);
  return row;
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
