import type { DeviceEvent } from '../../api/indexer/index.ts';
import type { Tone } from '../../ui/components/notice.tsx';
import { dateTime, phrase, power } from '../../ui/format.ts';

/** One event of a device's life in words. */
export interface Chapter {
  readonly tone: Tone;
  readonly title: string;
  /** What follows from it; left out when the title says all. */
  readonly text?: string;
}

const fallback = (value: number | undefined): string =>
  value === undefined ? 'that time' : dateTime(value);

/** Tells an event. Wallets and ids stand beside it, each with a way to copy it. */
export function tell(event: DeviceEvent): Chapter {
  const { kind, effectiveAt, projectId, capacityW, sequence } = event;
  switch (kind) {
    case 'claimed':
      return {
        tone: 'plain',
        title: 'Claimed',
        text: `What it measures after ${fallback(effectiveAt)} can count.`,
      };
    case 'bound':
      return {
        tone: 'good',
        title: `Bound to project ${projectId ?? '?'}`,
        text: `With a capacity of ${phrase(power((capacityW ?? 0n) * 1_000n))}.`,
      };
    case 'revoked':
      return {
        tone: 'bad',
        title: 'Revoked',
        text: `Windows that close at or after ${fallback(effectiveAt)} do not count.`,
      };
    case 'rotated':
      return {
        tone: 'good',
        title: 'Its key was rotated',
        text: `Another device took its place at ${fallback(effectiveAt)}.`,
      };
    case 'offered':
      return { tone: 'plain', title: 'Offered to another wallet' };
    case 'withdrawn':
      return { tone: 'plain', title: 'The offer was withdrawn' };
    case 'handedOver':
      return {
        tone: 'good',
        title: 'Handed over to another wallet',
        ...(projectId === undefined ? {} : { text: `It left project ${projectId}.` }),
      };
    case 'meterReplaced':
      return {
        tone: 'warn',
        title: 'A replacement of its meter was signed off',
        text: `Its registers begin anew at ${fallback(effectiveAt)}.`,
      };
    case 'frozen':
      return {
        tone: 'bad',
        title: 'Frozen',
        text: `Two different windows number ${sequence ?? '?'} proved that its key was copied.`,
      };
  }
}

/** Without the revocation that is part of a rotation: the rotation tells it. */
export function withoutEchoes(events: readonly DeviceEvent[]): readonly DeviceEvent[] {
  const rotations = new Set(
    events.filter(({ kind }) => kind === 'rotated').map((event) => event.transactionHash),
  );
  return events.filter(
    ({ kind, transactionHash }) => kind !== 'revoked' || !rotations.has(transactionHash),
  );
}
