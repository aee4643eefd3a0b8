import { periodOf, type Period, type PeriodKind } from './calendar.ts';

/** Where a device of the project stands; times in Unix seconds. */
export interface DeviceProgress {
  /** False once it was revoked: nobody waits for it then. */
  readonly expected: boolean;
  /** Closing time of its last window judged in an unbroken row. */
  readonly judgedUntil: number;
  /** Closing times of its first and last window that is in no batch; `undefined` when all are. */
  readonly pending: { readonly first: number; readonly last: number } | undefined;
}

export interface PeriodQuestion {
  readonly kind: PeriodKind;
  readonly utcOffsetMinutes: number;
  readonly now: number;
  readonly graceSeconds: number;
  readonly devices: readonly DeviceProgress[];
  /** Someone asked to close everything up to this time. */
  readonly closeUntil: number | undefined;
}

/** A period that may be closed now. */
export interface ClosingCandidate {
  readonly period: Period;
  /** Close it only if no window that closes in it came during the grace. */
  readonly onlyIfQuiet: boolean;
}

/**
 * Periods of a project that hold windows in no batch and may be closed, the earliest first.
 *
 * A period is over when its end has passed and either every expected device has sent windows beyond
 * it without a gap (also when the devices' clocks run in the past), or nothing came for it during the
 * grace. A request to close (`closeUntil`) needs neither and may end a period early.
 */
export function closingCandidates(question: PeriodQuestion): readonly ClosingCandidate[] {
  const { kind, utcOffsetMinutes, now, graceSeconds, closeUntil } = question;
  const pending = question.devices
    .map((device) => device.pending)
    .filter((range) => range !== undefined);
  if (pending.length === 0) return [];
  const last = Math.max(...pending.map((range) => range.last));
  const candidates: ClosingCandidate[] = [];
  let period = periodOf(Math.min(...pending.map((range) => range.first)), kind, utcOffsetMinutes);
  while (period.start < last) {
    if (closeUntil !== undefined && closeUntil > period.start && closeUntil < period.end) {
      const early = { start: period.start, end: closeUntil };
      return closeUntil > now ? candidates : [...candidates, { period: early, onlyIfQuiet: false }];
    }
    if (period.end > now) return candidates;
    const asked = closeUntil !== undefined && closeUntil >= period.end;
    if (asked || isPassed(period, question)) candidates.push({ period, onlyIfQuiet: false });
    else if (period.end + graceSeconds <= now) candidates.push({ period, onlyIfQuiet: true });
    period = periodOf(period.end + 1, kind, utcOffsetMinutes);
  }
  return candidates;
}

function isPassed(period: Period, { devices }: PeriodQuestion): boolean {
  const expected = devices.filter((device) => device.expected);
  return expected.length > 0 && expected.every(({ judgedUntil }) => judgedUntil > period.end);
}
