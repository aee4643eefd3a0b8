import { findReminder } from '@truetonne/protocol';
import type { Log } from '../../runtime/log.ts';
import type { Entitlements } from '../entitlements/entitlements.ts';
import type { Notifier } from './settings.ts';
import {
  insertReminder,
  readDue,
  readOverlooked,
  saveDelivery,
  saveLook,
  type Due,
  type LookedAt,
} from './store.ts';
import { callHook } from './webhook.ts';

/** A wallet's paid time is looked at once an hour: stages have whole days. */
const LOOK_SECONDS = 3_600;
const LOOKS = 50;
const DELIVERIES = 20;
/** After a failure it waits 1, 2, 4 ... minutes; the 10th try is the last, 8.5 hours after the first. */
const RETRY_SECONDS = 60;
const MAX_TRIES = 10;
const MAX_DETAIL = 200;

interface Reminding {
  readonly notifier: Notifier;
  readonly rightsOf: Entitlements['rightsOf'];
  readonly log: Log;
}

/** Makes the reminders that are due and sends them. Answers whether there is more to do at once. */
export async function remind(reminding: Reminding): Promise<boolean> {
  const { database, now } = reminding.notifier;
  const at = now();
  // Before looking: what can't be read of the chain does not keep mail back.
  const due = await readDue(database, at, DELIVERIES);
  await Promise.all(due.map((one) => deliver(reminding, one, at)));
  const overlooked = await readOverlooked(database, at - LOOK_SECONDS, LOOKS);
  for (const account of overlooked) await look(reminding, account, at);
  return overlooked.length === LOOKS || due.length === DELIVERIES;
}

async function look(
  { notifier: { database }, rightsOf }: Reminding,
  { accountId, wallet }: LookedAt,
  at: number,
): Promise<void> {
  const rights = await rightsOf(wallet);
  const reminder = rights === undefined ? undefined : findReminder(rights, at);
  await database.transaction(async (session) => {
    if (rights !== undefined && reminder !== undefined) {
      const { until: paidUntil, endsAt } = rights;
      const { stage } = reminder;
      await insertReminder(session, { accountId, paidUntil, stage, endsAt, createdAt: at });
    }
    await saveLook(session, accountId, at);
  });
}

async function deliver({ notifier, log }: Reminding, due: Due, at: number): Promise<void> {
  const { database } = notifier;
  const tries = due.tries + 1;
  try {
    await (due.channel === 'email' ? sendMail(notifier, due) : sendHook(notifier, due, at));
    await saveDelivery(database, due, { state: 'sent', tries, detail: null });
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, MAX_DETAIL);
    const state = tries < MAX_TRIES ? 'due' : 'failed';
    const nextAt = at + RETRY_SECONDS * 2 ** due.tries;
    await saveDelivery(database, due, { state, tries, nextAt, detail });
    const { id, channel } = due;
    log.warn({ reminder: id, channel, tries, detail }, 'a reminder was not taken');
  }
}

async function sendMail({ mailer, appUrl }: Notifier, due: Due): Promise<void> {
  // Taken back since: there is nobody to tell any more.
  if (due.email === null) return;
  if (mailer === undefined) throw new Error('no mail server is set');
  const text =
    `${sentenceOf(due)}\n\nWallet: ${due.wallet}\nRenew it, or change where reminders go: ` +
    `${appUrl}/subscription\n`;
  const messageId = `<reminder-${due.id}-${due.wallet}@truetonne>`;
  await mailer.send({ to: due.email, subject: subjectOf(due), text, messageId });
}

function subjectOf({ stage, paidUntil }: Due): string {
  return stage === 'expired'
    ? 'Your TrueTonne plan has run out'
    : `Your TrueTonne plan is paid until ${dateOf(paidUntil)}`;
}

function sentenceOf({ stage, paidUntil, endsAt }: Due): string {
  return stage === 'expired'
    ? `The paid time was over on ${dateOf(paidUntil)}. Your rights end on ${dateOf(endsAt)} unless you renew.`
    : `Your plan is paid until ${dateOf(paidUntil)}; five days later its rights end unless it is renewed.`;
}

/** Date and time in UTC, to the minute. */
function dateOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

async function sendHook({ seal, local }: Notifier, due: Due, now: number): Promise<void> {
  const { webhookUrl: url, webhookSecret, wallet, stage, paidUntil, endsAt } = due;
  if (url === null || webhookSecret === null) return;
  const id = String(due.id);
  const body = JSON.stringify({
    type: 'subscription.reminder',
    id,
    wallet,
    stage,
    paidUntil,
    endsAt,
  });
  await callHook({ url, secret: seal.open(webhookSecret), body, id, now, local });
}
