import { randomInt } from 'node:crypto';
import { TonneError } from '@truetonne/protocol';
import type { Database, Session } from '../../store/database/database.ts';
import type { NotificationSettingsRow } from '../../store/tables/schema.ts';
import type { Seal } from '../signIn/sealing.ts';
import { hashToken, isSameToken, makeToken } from '../signIn/tokens.ts';
import type { Mailer } from './mail.ts';
import { findSettings, saveSettings } from './store.ts';
import { parseWebhookUrl } from './webhook.ts';

/** A code is good for so long, and another is sent after so long; seconds. */
const CODE_SECONDS = 3_600;
const RESEND_SECONDS = 60;
const MAX_TRIES = 5;

/** What sends reminders, and where they are set. */
export interface Notifier {
  readonly database: Database;
  /** `undefined`: the operator gave no mail server. */
  readonly mailer: Mailer | undefined;
  readonly seal: Seal;
  /** The chain of this machine: webhooks may stay on it. */
  readonly local: boolean;
  /** Where the app's pages are, for links. */
  readonly appUrl: string;
  readonly now: () => number;
}

/** What a wallet wishes to change; `null` is nowhere, `undefined` is as before. */
interface NotificationWish {
  readonly email?: string | null | undefined;
  readonly webhookUrl?: string | null | undefined;
}

/** Settings as their owner sees them. */
interface NotificationView {
  readonly emailOffered: boolean;
  readonly email: string | null;
  /** Waits for its code. */
  readonly newEmail: string | null;
  readonly webhookUrl: string | null;
}

export async function readSettings(
  { database, mailer }: Notifier,
  accountId: number,
): Promise<NotificationView> {
  const row = await findSettings(database, accountId);
  const { email = null, newEmail = null, webhookUrl = null } = row ?? {};
  return { emailOffered: mailer !== undefined, email, newEmail, webhookUrl };
}

/**
 * Changes where reminders go. A new e-mail address gets a code; until that is typed the old one holds.
 * Answers the secret of a new webhook, once.
 *
 * @throws TonneError WEBHOOK_REFUSED, EMAIL_NOT_OFFERED, EMAIL_TOO_SOON, EMAIL_NOT_SENT
 */
export async function changeSettings(
  notifier: Notifier,
  accountId: number,
  { email, webhookUrl }: NotificationWish,
): Promise<string | null> {
  const { database, seal, local } = notifier;
  const before = await findSettings(database, accountId);
  if (typeof webhookUrl === 'string') parseWebhookUrl(webhookUrl, local);
  if (email !== undefined) await changeEmail(notifier, accountId, email, before);
  if (webhookUrl === undefined || webhookUrl === (before?.webhookUrl ?? null)) return null;
  const secret = webhookUrl === null ? null : makeToken();
  const webhookSecret = secret === null ? null : seal.seal(secret);
  await saveSettings(database, accountId, { webhookUrl, webhookSecret });
  return secret;
}

const NO_CODE = { newEmail: null, codeHash: null, codeTries: 0 };

async function changeEmail(
  notifier: Notifier,
  accountId: number,
  email: string | null,
  before: NotificationSettingsRow | undefined,
): Promise<void> {
  const { database, now } = notifier;
  if (email === null) {
    await saveSettings(database, accountId, { ...NO_CODE, email: null });
    return;
  }
  if (email === before?.email) {
    await saveSettings(database, accountId, NO_CODE);
    return;
  }
  if (notifier.mailer === undefined) throw new TonneError('EMAIL_NOT_OFFERED', { field: 'email' });
  const waited = now() - (before?.codeSentAt ?? 0);
  if (waited < RESEND_SECONDS) {
    const expected = `${RESEND_SECONDS - waited} seconds of waiting`;
    throw new TonneError('EMAIL_TOO_SOON', { field: 'email', value: email, expected });
  }
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  // First kept: a server that takes the mail and then breaks off must not be asked without a pause.
  const codeHash = hashToken(`${accountId}:${code}`);
  const waiting = { newEmail: email, codeHash, codeSentAt: now(), codeTries: 0 };
  await saveSettings(database, accountId, waiting);
  await sendCode(notifier.mailer, email, code, notifier.appUrl);
}

async function sendCode(mailer: Mailer, to: string, code: string, appUrl: string): Promise<void> {
  const text =
    `${code} is the code that confirms this address for reminders of a TrueTonne subscription.\n\n` +
    `Type it within an hour on ${appUrl}/subscription. If you did not ask for it, do nothing: ` +
    `no other mail will come.\n`;
  const messageId = `<code-${makeToken()}@truetonne>`;
  try {
    await mailer.send({ to, subject: 'Confirm your e-mail address', text, messageId });
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('EMAIL_NOT_SENT', { field: 'email', value });
  }
}

/** Confirms the address that waits. Throws EMAIL_CODE_WRONG. */
export async function confirmEmail(
  { database, now }: Notifier,
  accountId: number,
  code: string,
): Promise<void> {
  const isRight = await database.transaction(async (session) => {
    const settings = await takeTry(session, accountId);
    if (settings === undefined) return false;
    const { newEmail, codeHash, codeSentAt, codeTries } = settings;
    if (newEmail === null || codeHash === null || codeSentAt === null) return false;
    if (codeTries > MAX_TRIES || now() - codeSentAt > CODE_SECONDS) return false;
    if (!isSameToken(hashToken(`${accountId}:${code}`), codeHash)) return false;
    await saveSettings(session, accountId, { ...NO_CODE, email: newEmail });
    return true;
  });
  if (!isRight) throw new TonneError('EMAIL_CODE_WRONG', { field: 'code', value: code });
}

/** Counts before it compares, in one statement: tries at the same moment are all counted. */
async function takeTry(
  session: Session,
  accountId: number,
): Promise<NotificationSettingsRow | undefined> {
  await session.run(
    'UPDATE notification_settings SET code_tries = code_tries + 1 WHERE account_id = $1',
    [accountId],
  );
  return findSettings(session, accountId);
}
