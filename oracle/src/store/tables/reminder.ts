import { REMINDER_STAGES } from '@truetonne/protocol';
import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { count, hex, longIdentity } from './columns.ts';

const accountId = () => bigint('account_id', { mode: 'number' });

export const notificationSettings = pgTable('notification_settings', {
  accountId: accountId().primaryKey(),
  /** Confirmed: mail goes there. */
  email: text('email'),
  /** Waits for its code; nothing but the code goes there. */
  newEmail: text('new_email'),
  codeHash: hex('code_hash'),
  codeSentAt: count('code_sent_at'),
  codeTries: integer('code_tries').notNull().default(0),
  webhookUrl: text('webhook_url'),
  /** Sealed: the service has to sign with it. */
  webhookSecret: text('webhook_secret'),
});

export const reminders = pgTable('reminders', {
  id: longIdentity('id'),
  accountId: accountId().notNull(),
  paidUntil: count('paid_until').notNull(),
  stage: text('stage', { enum: REMINDER_STAGES }).notNull(),
  endsAt: count('ends_at').notNull(),
  createdAt: count('created_at').notNull(),
  seenAt: count('seen_at'),
});

export const reminderDeliveries = pgTable(
  'reminder_deliveries',
  {
    reminderId: bigint('reminder_id', { mode: 'number' }).notNull(),
    channel: text('channel', { enum: ['email', 'webhook'] }).notNull(),
    state: text('state', { enum: ['due', 'sent', 'failed'] })
      .notNull()
      .default('due'),
    tries: integer('tries').notNull().default(0),
    nextAt: count('next_at').notNull(),
    /** Why the last try failed. */
    detail: text('detail'),
  },
  (table) => [primaryKey({ columns: [table.reminderId, table.channel] })],
);

export const reminderLooks = pgTable('reminder_looks', {
  accountId: accountId().primaryKey(),
  lookedAt: count('looked_at').notNull(),
});

export type NotificationSettingsRow = typeof notificationSettings.$inferSelect;
export type ReminderRow = typeof reminders.$inferSelect;
