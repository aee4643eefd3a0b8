import type { ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import { useChainNow, useSubscription } from '../data/index.ts';
import { Notice, usd } from '../ui/index.ts';
import { reminderOf, type Reminder } from './reminder.ts';

function titleOf({ level, days }: Reminder, trial: boolean): string {
  const left = days === 1 ? '1 day' : `${days} days`;
  if (level === 'expired') return `The paid time is over: the rights end in ${left}`;
  return trial ? `Your trial ends in ${left}` : `The paid time of your plan ends in ${left}`;
}

/** On every page: says in time that the connected wallet's plan runs out, and what happens then. */
export function ReminderNotice(): ReactNode {
  const { address } = useConnection();
  const { data: subscription } = useSubscription(address);
  const now = useChainNow(60_000);
  if (subscription === undefined) return null;
  const reminder = reminderOf(subscription, now);
  if (reminder === undefined) return null;
  const { capCents, state } = subscription;
  return (
    <Notice tone={reminder.tone} title={titleOf(reminder, state === 'trial')}>
      <p className="small">
        {capCents > 0 && state !== 'trial'
          ? `A keeper may renew it up to ${usd(BigInt(capCents) * 10_000n)}. `
          : 'It is not renewed automatically. '}
        <Link href="/subscription">Renew it</Link>
      </p>
    </Notice>
  );
}
