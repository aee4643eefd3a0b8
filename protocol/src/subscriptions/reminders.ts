import type { SubscriptionState } from './names.ts';

/** Stages of the reminder that paid time ends, in their order. */
export const REMINDER_STAGES = ['info', 'warning', 'critical', 'expired'] as const;
export type ReminderStage = (typeof REMINDER_STAGES)[number];

/** A reminder that is due. */
export interface Reminder {
  readonly stage: ReminderStage;
  /** Whole days that are left, rounded up; of an expired one until the grace is over. */
  readonly days: number;
}

/** What a reminder depends on: `until` is paid, the rights end at `endsAt`; Unix seconds. */
interface ReminderInput {
  readonly state: SubscriptionState;
  readonly until: number;
  readonly endsAt: number;
}

const SECONDS_PER_DAY = 86_400;
/** Most whole days that are left in each stage. */
const MOST_DAYS = { info: 14, warning: 7, critical: 3 } as const;

/**
 * The stage in which a wallet is reminded: 14 to 8 days before the paid time ends, 7 to 4, 3 to 0, and
 * after it. `undefined` where nothing has to be said: no paid time runs, it was canceled, or the end is
 * far. The chain's `state` may be that of an older block, so the clock decides whether time is over.
 */
export function findReminder(
  { state, until, endsAt }: ReminderInput,
  now: number,
): Reminder | undefined {
  if (state !== 'active' && state !== 'trial' && state !== 'grace') return undefined;
  if (state === 'grace' || now > until) return { stage: 'expired', days: daysUp(endsAt - now) };
  const days = daysUp(until - now);
  if (days <= MOST_DAYS.critical) return { stage: 'critical', days };
  if (days <= MOST_DAYS.warning) return { stage: 'warning', days };
  return days <= MOST_DAYS.info ? { stage: 'info', days } : undefined;
}

function daysUp(seconds: number): number {
  return Math.max(0, Math.ceil(seconds / SECONDS_PER_DAY));
}
