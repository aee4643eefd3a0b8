/** When a person is reminded that paid time ends: 14 to 8 days before, 7 to 4, 3 to 0, and after. */
import type { Subscription } from '../chain/index.ts';
import type { Tone } from '../ui/index.ts';

export interface Reminder {
  readonly level: 'info' | 'warning' | 'critical' | 'expired';
  readonly tone: Tone;
  /** Whole days that are left, rounded up; of an expired one until the grace is over. */
  readonly days: number;
}

const DAY = 86_400;

function daysUp(seconds: number): number {
  return Math.max(0, Math.ceil(seconds / DAY));
}

/** `undefined` where nothing has to be said: no paid time runs, it was canceled, or the end is far. */
export function reminderOf(
  { state, until, endsAt }: Pick<Subscription, 'state' | 'until' | 'endsAt'>,
  now: number,
): Reminder | undefined {
  if (state === 'grace') return { level: 'expired', tone: 'bad', days: daysUp(endsAt - now) };
  if (state !== 'active' && state !== 'trial') return undefined;
  const days = daysUp(until - now);
  if (days > 14) return undefined;
  if (days >= 8) return { level: 'info', tone: 'plain', days };
  if (days >= 4) return { level: 'warning', tone: 'warn', days };
  return { level: 'critical', tone: 'bad', days };
}
