import type { Hex, ReminderStage } from '@truetonne/protocol';
import { and, asc, desc, eq, isNull, lte, or } from 'drizzle-orm';
import type { Session } from '../../store/database/database.ts';
import {
  accounts,
  notificationSettings,
  reminderDeliveries,
  reminderLooks,
  reminders,
  type NotificationSettingsRow,
  type ReminderRow,
} from '../../store/tables/schema.ts';

/** Reminders shown to a wallet: four for each of the last paid times. */
const MAX_SHOWN = 20;

export interface LookedAt {
  readonly accountId: number;
  readonly wallet: Hex;
}

/** Accounts that were not looked at since `before`, the longest first. */
export function readOverlooked(
  { orm }: Session,
  before: number,
  limit: number,
): Promise<readonly LookedAt[]> {
  return orm
    .select({ accountId: accounts.id, wallet: accounts.address })
    .from(accounts)
    .leftJoin(reminderLooks, eq(reminderLooks.accountId, accounts.id))
    .where(or(isNull(reminderLooks.lookedAt), lte(reminderLooks.lookedAt, before)))
    .orderBy(asc(reminderLooks.lookedAt), asc(accounts.id))
    .limit(limit);
}

export async function saveLook(
  { orm }: Session,
  accountId: number,
  lookedAt: number,
): Promise<void> {
  await orm
    .insert(reminderLooks)
    .values({ accountId, lookedAt })
    .onConflictDoUpdate({ target: reminderLooks.accountId, set: { lookedAt } });
}

export async function findSettings(
  { orm }: Session,
  accountId: number,
): Promise<NotificationSettingsRow | undefined> {
  const [row] = await orm
    .select()
    .from(notificationSettings)
    .where(eq(notificationSettings.accountId, accountId));
  return row;
}

export async function saveSettings(
  { orm }: Session,
  accountId: number,
  change: Partial<Omit<NotificationSettingsRow, 'accountId'>>,
): Promise<void> {
  await orm
    .insert(notificationSettings)
    .values({ accountId, ...change })
    .onConflictDoUpdate({ target: notificationSettings.accountId, set: change });
}

/** Keeps a reminder and what of it is to be sent; does nothing when it is there already. */
export async function insertReminder(
  session: Session,
  reminder: Omit<typeof reminders.$inferInsert, 'id'>,
): Promise<void> {
  const { orm } = session;
  const [row] = await orm.insert(reminders).values(reminder).onConflictDoNothing().returning();
  if (row === undefined) return;
  const { email = null, webhookUrl = null } = (await findSettings(session, row.accountId)) ?? {};
  const due = { reminderId: row.id, nextAt: row.createdAt };
  const deliveries = [
    ...(email === null ? [] : [{ ...due, channel: 'email' as const }]),
    ...(webhookUrl === null ? [] : [{ ...due, channel: 'webhook' as const }]),
  ];
  if (deliveries.length > 0) await orm.insert(reminderDeliveries).values(deliveries);
}

type Channel = (typeof reminderDeliveries.$inferSelect)['channel'];

/** A reminder that is to be sent now, and where to. */
export interface Due {
  readonly id: number;
  readonly channel: Channel;
  readonly tries: number;
  readonly stage: ReminderStage;
  readonly wallet: Hex;
  readonly paidUntil: number;
  readonly endsAt: number;
  readonly email: string | null;
  readonly webhookUrl: string | null;
  readonly webhookSecret: string | null;
}

export function readDue({ orm }: Session, now: number, limit: number): Promise<readonly Due[]> {
  return orm
    .select({
      id: reminders.id,
      channel: reminderDeliveries.channel,
      tries: reminderDeliveries.tries,
      stage: reminders.stage,
      wallet: accounts.address,
      paidUntil: reminders.paidUntil,
      endsAt: reminders.endsAt,
      email: notificationSettings.email,
      webhookUrl: notificationSettings.webhookUrl,
      webhookSecret: notificationSettings.webhookSecret,
    })
    .from(reminderDeliveries)
    .innerJoin(reminders, eq(reminders.id, reminderDeliveries.reminderId))
    .innerJoin(accounts, eq(accounts.id, reminders.accountId))
    .innerJoin(notificationSettings, eq(notificationSettings.accountId, reminders.accountId))
    .where(and(eq(reminderDeliveries.state, 'due'), lte(reminderDeliveries.nextAt, now)))
    .orderBy(asc(reminderDeliveries.nextAt))
    .limit(limit);
}

export async function saveDelivery(
  { orm }: Session,
  { id, channel }: Pick<Due, 'id' | 'channel'>,
  change: Partial<typeof reminderDeliveries.$inferSelect>,
): Promise<void> {
  await orm
    .update(reminderDeliveries)
    .set(change)
    .where(and(eq(reminderDeliveries.reminderId, id), eq(reminderDeliveries.channel, channel)));
}

/** The newest first. */
export function readReminders(
  { orm }: Session,
  accountId: number,
): Promise<readonly ReminderRow[]> {
  return orm
    .select()
    .from(reminders)
    .where(eq(reminders.accountId, accountId))
    .orderBy(desc(reminders.id))
    .limit(MAX_SHOWN);
}

/** Answers whether it is a reminder of that account. */
export async function saveSeen(
  { orm }: Session,
  accountId: number,
  id: number,
  now: number,
): Promise<boolean> {
  const rows = await orm
    .update(reminders)
    .set({ seenAt: now })
    .where(and(eq(reminders.id, id), eq(reminders.accountId, accountId)))
    .returning({ id: reminders.id });
  return rows.length > 0;
}
