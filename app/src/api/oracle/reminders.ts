/** Reminders of the signed-in wallet, and where they go. */
import { REMINDER_STAGES } from '@truetonne/protocol';
import { flag, integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { askOwn, writeOwn, type Writer } from './own.ts';

const reminder = object({
  id: integer,
  stage: oneOf(...REMINDER_STAGES),
  paidUntil: integer,
  endsAt: integer,
  createdAt: integer,
  seenAt: optional(integer),
});
export type SentReminder = ReturnType<typeof reminder>;

const SETTINGS = {
  emailOffered: flag,
  email: optional(text),
  newEmail: optional(text),
  webhookUrl: optional(text),
};
const settings = object(SETTINGS);
export type NotificationSettings = ReturnType<typeof settings>;

const changed = object({ ...SETTINGS, webhookSecret: optional(text) });
type ChangedNotification = ReturnType<typeof changed>;

/** What is to change; `null` is nowhere, what is left out stays. */
export interface NotificationChange {
  readonly email?: string | null;
  readonly webhookUrl?: string | null;
}

const PATH = '/v1/notification-settings';

export function fetchNotificationSettings(oracleUrl: string): Promise<NotificationSettings> {
  return askOwn(oracleUrl, PATH, settings);
}

export function saveNotificationSettings(
  writer: Writer,
  body: NotificationChange,
): Promise<ChangedNotification> {
  return writeOwn(writer, { method: 'PUT', path: PATH, body }, changed);
}

export function confirmEmail(writer: Writer, code: string): Promise<NotificationSettings> {
  return writeOwn(writer, { method: 'POST', path: `${PATH}/email`, body: { code } }, settings);
}

export async function fetchReminders(oracleUrl: string): Promise<readonly SentReminder[]> {
  const all = await askOwn(oracleUrl, '/v1/reminders', object({ reminders: listOf(reminder) }));
  return all.reminders;
}

export function markReminderSeen(writer: Writer, id: number): Promise<null> {
  return writeOwn(writer, { method: 'POST', path: `/v1/reminders/${id}/seen` }, () => null);
}
