import { decodeDeviceSlot, type Hex } from '@truetonne/protocol';
import type { Session } from '../store/database/database.ts';
import { lockJudgement } from '../store/judgement.ts';
import {
  saveFreeze,
  saveHandOver,
  saveOffer,
  saveReplacedMeter,
  saveRotation,
  saveSignOff,
} from '../store/life.ts';
import { findDevice, saveBinding, takeLifeEvent } from '../store/registry.ts';
import type { Consequences } from './consequences.ts';
import { placeOf, type EventOf } from './events.ts';

const NOBODY: Hex = `0x${'00'.repeat(20)}`;

type LifeEvent = EventOf<
  | 'DeviceBound'
  | 'DeviceRotated'
  | 'DeviceOffered'
  | 'DeviceHandedOver'
  | 'MeterReplaced'
  | 'DeviceFrozen'
>;

/** What applying events takes. */
export interface Applying {
  readonly session: Session;
  /** When they were heard of, Unix seconds. */
  readonly now: number;
  readonly consequences: Consequences;
}

/** Applies an event of a device's life; one that was applied before changes nothing. */
export async function applyLife(applying: Applying, event: LifeEvent): Promise<void> {
  const { session, now } = applying;
  await lockJudgement(session);
  if (!(await takeLifeEvent(session, event.args.deviceId, placeOf(event)))) return;
  switch (event.eventName) {
    case 'DeviceBound': {
      const { deviceId, projectId, capacityW } = event.args;
      const binding = { projectId, capacityW: BigInt(capacityW), boundAt: now };
      return saveBinding(session, deviceId, binding);
    }
    case 'DeviceRotated':
      return saveRotation(session, event.args.deviceId, event.args.successor);
    case 'DeviceOffered': {
      const { deviceId, to } = event.args;
      return saveOffer(session, deviceId, to === NOBODY ? null : to);
    }
    case 'DeviceHandedOver':
      return applyHandOver(applying, event);
    case 'MeterReplaced':
      return applyReplacement(applying, event);
    case 'DeviceFrozen':
      return applyFreeze(applying, event);
  }
}

async function applyHandOver(
  { session, now, consequences }: Applying,
  { args }: EventOf<'DeviceHandedOver'>,
): Promise<void> {
  const device = await findDevice(session, args.deviceId);
  if (device === undefined) return;
  await consequences.leaving(session, device);
  await saveHandOver(session, args.deviceId, args.to);
  await consequences.left(session, now);
}

async function applyFreeze(
  { session, consequences }: Applying,
  { args }: EventOf<'DeviceFrozen'>,
): Promise<void> {
  const device = await findDevice(session, args.deviceId);
  if (device === undefined) return;
  await consequences.frozen(session, device);
  await saveFreeze(session, args.deviceId, args.sequence);
}

async function applyReplacement(
  { session, now, consequences }: Applying,
  { args }: EventOf<'MeterReplaced'>,
): Promise<void> {
  const device = await findDevice(session, args.deviceId);
  if (device === undefined) return;
  const { sequence, closedAt, exportWh, importWh } = decodeDeviceSlot(args.closing);
  const position = { sequence, closedAt, exportWh, importWh };
  await consequences.meterReplaced(session, device, position, args.statementHash);
  await saveReplacedMeter(session, device.number, position, args.statementHash);
  await saveSignOff(session, args.statementHash, args.validator, now);
}
