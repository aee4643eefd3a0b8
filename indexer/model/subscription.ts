import { GRACE_SECONDS } from '@truetonne/protocol';

/** What the events say of a wallet's subscription, money and time; `Account` of the contract. */
export interface Stream {
  readonly state: 'free' | 'trial' | 'active' | 'canceled' | 'disputed';
  /** Nothing was paid yet; a canceled trial is one still. */
  readonly trial: boolean;
  readonly planId: number;
  readonly yearly: boolean;
  readonly tokenId: number;
  readonly instalments: number;
  readonly instalmentsLeft: number;
  readonly capCents: number;
  readonly paidTerms: number;
  /** Unix seconds: `funded` is earned over [since, until). */
  readonly since: number;
  readonly until: number;
  readonly endsAt: number;
  readonly funded: bigint;
}

export const NO_STREAM: Stream = {
  state: 'free',
  trial: false,
  planId: 0,
  yearly: false,
  tokenId: 0,
  instalments: 0,
  instalmentsLeft: 0,
  capCents: 0,
  paidTerms: 0,
  since: 0,
  until: 0,
  endsAt: 0,
  funded: 0n,
};

/** Another stream with the time at which its rights end: `Standing.endsAt` of the contract. */
export function changed(stream: Stream, change: Partial<Stream>): Stream {
  const next = { ...stream, ...change };
  if (next.state === 'free') return { ...next, endsAt: 0 };
  // Money and time of a dispute stand still, and so does its end.
  if (stream.state === 'disputed' && next.state === 'disputed') return next;
  const graceFrom = next.state === 'canceled' ? next.since : next.until;
  return { ...next, endsAt: graceFrom + GRACE_SECONDS };
}

/** A dispute: rights end at its deadline at the latest, whoever resolves it and when. */
export function disputed(stream: Stream, deadline: number): Stream {
  const next = changed(stream, { state: 'disputed' });
  return { ...next, endsAt: Math.min(next.endsAt, deadline) };
}

/** A renewal: the new time begins where the paid one ended, or goes on from now. */
export function prolonged(
  stream: Stream,
  { until, funded, paidTerms }: Pick<Stream, 'until' | 'funded' | 'paidTerms'>,
  now: number,
): Stream {
  const since = Math.min(now, stream.until);
  return changed(stream, { state: 'active', trial: false, since, until, funded, paidTerms });
}

/** What is not earned after `collect`, a stream of its own from now on. */
export function collected(stream: Stream, unused: bigint, now: number): Stream {
  if (stream.state === 'canceled') return NO_STREAM;
  return changed(stream, { funded: unused, since: Math.min(now, stream.until) });
}

/** What a wallet takes over from another one: all but the consent to renewal by keepers. */
export function handedOver(given: Stream): Stream {
  const { state, trial, planId, yearly, tokenId, instalments, instalmentsLeft } = given;
  const { paidTerms, since, until, endsAt, funded } = given;
  const right = { state, trial, planId, yearly, tokenId, instalments, instalmentsLeft, paidTerms };
  return { ...right, since, until, endsAt, funded, capCents: 0 };
}
