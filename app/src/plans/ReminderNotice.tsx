import { findReminder, type Reminder } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import { useChainNow, useSubscription } from '../data/index.ts';
import { Notice, usd } from '../ui/index.ts';
import { REMINDER_TONES } from './reminder.ts';

function titleOf({ stage, days }: Reminder, trial: boolean): string {
  const left = days === 1 ? '1 day' : `${days} days`;
  if (stage === 'expired') return `The paid time is over: the rights end in ${left}`;
  return trial ? `Your trial ends in ${left}` : `The paid time of your plan ends in ${left}`;
}

/** On every page: says in time that the connected wallet's plan runs out, and what happens then. */
export function ReminderNotice(): ReactNode {
  const { address } = useConnection();
  const { data: subscription } = useSubscription(address);
  const now = useChainNow(60_000);
  if (subscription === undefined) return null;
  const reminder = findReminder(subscription, now);
  if (reminder === undefined) return null;
  const { capCents, state } = subscription;
  return (
    <Notice tone={REMINDER_TONES[reminder.stage]} title={titleOf(reminder, state === 'trial')}>
      <p className="small">
        {capCents > 0 && state !== 'trial'
          ? `A keeper may renew it up to ${usd(BigInt(capCents) * 10_000n)}. `
          : 'It is not renewed automatically. '}
        <Link href="/subscription">Renew it</Link>
      </p>
    </Notice>
  );
}
