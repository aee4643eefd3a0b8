import { decodeDeviceSlot, type Hex } from '@truetonne/protocol';
import { retractJudgement } from '../judge/retract.ts';
import { endPartedPairs } from '../store/checkMeters.ts';
import type { Session } from '../store/database/database.ts';
import { lockJudgement } from '../store/judgement.ts';
import {
  dropSealedBatches,
  saveFreeze,
  saveHandOver,
  saveOffer,
  saveReplacedMeter,
  saveRotation,
  saveSignOff,
} from '../store/life.ts';
import { findDevice, saveBinding, takeLifeEvent } from '../store/registry.ts';
import { forgetWaiting } from '../store/waiting.ts';
import type { EventOf } from './events.ts';

const NOBODY: Hex = `0x${'00'.repeat(20)}`;

/** Room for the logs of a block. */
const PLACES_PER_BLOCK = 1_000_000;

type LifeEvent = EventOf<
  | 'DeviceBound'
  | 'DeviceRotated'
  | 'DeviceOffered'
  | 'DeviceHandedOver'
  | 'MeterReplaced'
  | 'DeviceFrozen'
>;

/** Applies an event of a device's life, heard of now (Unix seconds); one that was applied before changes nothing. */
export async function applyLife(session: Session, event: LifeEvent, now: number): Promise<void> {
  const place = Number(event.blockNumber) * PLACES_PER_BLOCK + event.logIndex;
  await lockJudgement(session);
  if (!(await takeLifeEvent(session, event.args.deviceId, place))) return;
  switch (event.eventName) {
    case 'DeviceBound': {
      const { deviceId, projectId, capacityW } = event.args;
      return saveBinding(session, deviceId, { projectId, capacityW: BigInt(capacityW) });
    }
    case 'DeviceRotated':
      return saveRotation(session, event.args.deviceId, event.args.successor);
    case 'DeviceOffered': {
      const { deviceId, to } = event.args;
      return saveOffer(session, deviceId, to === NOBODY ? null : to);
    }
    case 'DeviceHandedOver':
      return applyHandOver(session, event, now);
    case 'MeterReplaced':
      return applyReplacement(session, event, now);
    case 'DeviceFrozen':
      return applyFreeze(session, event);
  }
}

/** What was measured and not yet credited goes with the device: its next project judges it anew. A pair of meters ends. */
async function applyHandOver(
  session: Session,
  { args }: EventOf<'DeviceHandedOver'>,
  now: number,
): Promise<void> {
  const device = await findDevice(session, args.deviceId);
  if (device === undefined) return;
  await retractJudgement(session, device, device.creditedSequence);
  await dropSealedBatches(session, device.number);
  await forgetWaiting(session, new Map([[device.number, Number.MAX_SAFE_INTEGER]]));
  await saveHandOver(session, args.deviceId, args.to);
  await endPartedPairs(session, now);
}

/** Nothing of a frozen device is judged or batched from then on. */
async function applyFreeze(session: Session, { args }: EventOf<'DeviceFrozen'>): Promise<void> {
  const device = await findDevice(session, args.deviceId);
  if (device === undefined) return;
  await dropSealedBatches(session, device.number);
  await forgetWaiting(session, new Map([[device.number, Number.MAX_SAFE_INTEGER]]));
  await saveFreeze(session, args.deviceId, args.sequence);
}

/** Registers go on from those of the new meter, and the chain of headers from the statement. */
async function applyReplacement(
  session: Session,
  { args }: EventOf<'MeterReplaced'>,
  now: number,
): Promise<void> {
  const device = await findDevice(session, args.deviceId);
  if (device === undefined) return;
  const { sequence, closedAt, exportWh, importWh } = decodeDeviceSlot(args.closing);
  await retractJudgement(session, device, sequence);
  await dropSealedBatches(session, device.number);
  const position = { sequence, closedAt, exportWh, importWh };
  await saveReplacedMeter(session, device.number, position, args.statementHash);
  await saveSignOff(session, args.statementHash, args.validator, now);
}
