import type { ClosedDevice } from '../../domain/plan.ts';
import {
  clip,
  endOfHour,
  toHourSpans,
  type HourSpan,
  type MeasuredRange,
} from '../../domain/statements/hours.ts';
import { readCreditedRanges } from '../../store/adjustments.ts';
import type { Session } from '../../store/database/database.ts';
import { readDevices, readDevicesByNumber } from '../../store/registry.ts';
import type { DeviceRow, ProjectRow } from '../../store/tables/schema.ts';

/** The hours that are looked at, and the devices that they are of. */
export interface Measured {
  /** Of batches, with the one that is being sealed. */
  readonly batched: readonly HourSpan[];
  /** These, and what was judged since and comes into a later batch. */
  readonly known: readonly HourSpan[];
  readonly devices: ReadonlyMap<number, DeviceRow>;
}

/** What of a project's meters is known; `closing` are the devices of the batch that is being sealed. */
export async function readMeasured(
  session: Session,
  { id, utcOffsetMinutes }: ProjectRow,
  closing: readonly ClosedDevice[],
): Promise<Measured> {
  const bound = await readDevices(session, { projectId: id });
  const numbers = new Map(bound.map((row) => [row.deviceId, row.number]));
  const planned = closing.flatMap(({ deviceId, opening, closing: { header } }) => {
    const deviceNumber = numbers.get(deviceId);
    if (deviceNumber === undefined) return [];
    return [{ deviceNumber, openedAt: opening.closedAt, closedAt: header.closedAt }];
  });
  const ranges = [...(await readCreditedRanges(session, id)), ...planned];
  const gone = await readDevicesByNumber(session, [
    ...new Set(ranges.map(({ deviceNumber }) => deviceNumber)),
  ]);
  const devices = new Map([...gone, ...bound].map((row) => [row.number, row]));
  const spansOf = (of: readonly MeasuredRange[]): readonly HourSpan[] =>
    toHourSpans(of, utcOffsetMinutes).flatMap((span) =>
      withoutChecking(span, devices.get(span.deviceNumber), utcOffsetMinutes),
    );
  const pending = pendingRanges(bound, planned);
  return { batched: spansOf(ranges), known: spansOf([...ranges, ...pending]), devices };
}

/** What was judged after the last window that is in a batch, or will be in this one. */
function pendingRanges(
  bound: readonly DeviceRow[],
  planned: readonly MeasuredRange[],
): readonly MeasuredRange[] {
  const closings = new Map(planned.map(({ deviceNumber, closedAt }) => [deviceNumber, closedAt]));
  return bound
    .filter(({ frozenSequence }) => frozenSequence === null)
    .map(({ number, creditedClosedAt, revokedFrom }) => ({
      deviceNumber: number,
      openedAt: closings.get(number) ?? creditedClosedAt,
      closedAt: revokedFrom ?? Number.MAX_SAFE_INTEGER,
    }));
}

/** The energy of a device that checked another one is the other's. */
function withoutChecking(
  span: HourSpan,
  device: DeviceRow | undefined,
  utcOffsetMinutes: number,
): readonly HourSpan[] {
  const checksUntil = device?.checksUntil ?? null;
  if (checksUntil === null) return [span];
  return clip([span], { from: endOfHour(checksUntil, utcOffsetMinutes), until: span.until });
}
