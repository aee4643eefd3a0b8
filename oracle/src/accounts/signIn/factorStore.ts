import { and, asc, eq, isNotNull, isNull, lt, lte, or } from 'drizzle-orm';
import type { Session } from '../../store/database/database.ts';
import { accounts, secondFactors, type SecondFactorRow } from '../../store/tables/schema.ts';

export async function insertFactor(
  { orm }: Session,
  factor: typeof secondFactors.$inferInsert,
): Promise<void> {
  await orm.insert(secondFactors).values(factor);
}

/** Factors that are turned on, the oldest first. */
export function readFactors(
  { orm }: Session,
  accountId: number,
): Promise<readonly SecondFactorRow[]> {
  return orm
    .select()
    .from(secondFactors)
    .where(and(eq(secondFactors.accountId, accountId), isNotNull(secondFactors.confirmedAt)))
    .orderBy(asc(secondFactors.createdAt), asc(secondFactors.id));
}

export async function findFactor(
  { orm }: Session,
  accountId: number,
  id: string,
): Promise<SecondFactorRow | undefined> {
  const [row] = await orm
    .select()
    .from(secondFactors)
    .where(and(eq(secondFactors.accountId, accountId), eq(secondFactors.id, id)));
  return row;
}

/** Until the transaction ends nobody else turns a factor of the account on. */
export async function lockFactors({ orm }: Session, accountId: number): Promise<void> {
  await orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for('update');
}

/** Forgets factors that were begun up to a time and never confirmed. */
export async function deletePending(
  { orm }: Session,
  accountId: number,
  until: number,
): Promise<void> {
  const { confirmedAt, createdAt } = secondFactors;
  await orm
    .delete(secondFactors)
    .where(and(eq(secondFactors.accountId, accountId), isNull(confirmedAt), lte(createdAt, until)));
}

/** False when it was confirmed already, or is gone. */
export async function confirmFactor(
  { orm }: Session,
  id: string,
  step: number,
  now: number,
): Promise<boolean> {
  const rows = await orm
    .update(secondFactors)
    .set({ confirmedAt: now, usedStep: step })
    .where(and(eq(secondFactors.id, id), isNull(secondFactors.confirmedAt)))
    .returning({ id: secondFactors.id });
  return rows.length > 0;
}

/** Uses a code's step up; false when it, or a later one, was used. */
export async function spendStep({ orm }: Session, id: string, step: number): Promise<boolean> {
  const { usedStep } = secondFactors;
  const rows = await orm
    .update(secondFactors)
    .set({ usedStep: step, failures: 0, failedAt: null })
    .where(and(eq(secondFactors.id, id), or(isNull(usedStep), lt(usedStep, step))))
    .returning({ id: secondFactors.id });
  return rows.length > 0;
}

export async function saveFailures(
  { orm }: Session,
  id: string,
  failures: number,
  now: number,
): Promise<void> {
  await orm.update(secondFactors).set({ failures, failedAt: now }).where(eq(secondFactors.id, id));
}

export async function saveCounter({ orm }: Session, id: string, counter: number): Promise<void> {
  await orm.update(secondFactors).set({ counter }).where(eq(secondFactors.id, id));
}

/** The factor that is gone; `undefined` when there was none. */
export async function deleteFactor(
  { orm }: Session,
  accountId: number,
  id: string,
): Promise<SecondFactorRow | undefined> {
  const [row] = await orm
    .delete(secondFactors)
    .where(and(eq(secondFactors.accountId, accountId), eq(secondFactors.id, id)))
    .returning();
  return row;
}
