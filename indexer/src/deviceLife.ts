/** What the handlers of device events share. */
import { zeroAddress, type Hex } from 'viem';
import type { Context, Event } from 'ponder:registry';
import { device, deviceEvent, project } from 'ponder:schema';
import { placeOf } from './place.ts';

type Db = Context['db'];
type Row = typeof deviceEvent.$inferSelect;
type Device = typeof device.$inferSelect;

/** Any event about one device. */
type DeviceEvent = Event<
  | 'TonneRegistry:DeviceClaimed'
  | 'TonneRegistry:DeviceBound'
  | 'TonneRegistry:DeviceRevoked'
  | 'TonneRegistry:DeviceRotated'
  | 'TonneRegistry:DeviceOffered'
  | 'TonneRegistry:DeviceHandedOver'
  | 'TonneRegistry:MeterReplaced'
  | 'TonneRegistry:DeviceFrozen'
>;

type Details = Pick<Row, 'by'> &
  Partial<
    Pick<Row, 'effectiveAt' | 'projectId' | 'capacityW' | 'counterparty' | 'successor' | 'sequence'>
  >;

/** Adds a line to the life of the device that the event is about. */
export async function record(db: Db, event: DeviceEvent, kind: Row['kind'], details: Details) {
  const { id, args } = event;
  await db
    .insert(deviceEvent)
    .values({ id, deviceId: args.deviceId, kind, ...details, ...placeOf(event) });
}

/** @throws Error for a device that was never claimed: the contract rules that out */
export async function getDevice(db: Db, id: Hex): Promise<Device> {
  const found = await db.find(device, { id });
  if (found === null)
    throw new Error(`Something happened to device ${id}, which was never claimed`);
  return found;
}

/** Lets the capacity of a bound device go: it no longer counts in its project. */
export async function freeCapacity(db: Db, { state, projectId, capacityW }: Device) {
  if (state !== 'bound' || projectId === null) return;
  const freedW = capacityW ?? 0n;
  await db
    .update(project, { id: projectId })
    .set((row) => ({ boundCapacityW: row.boundCapacityW - freedW }));
}

const NOBODY_AND_NOTHING: readonly (Hex | number)[] = [zeroAddress, 0];

/** The contract's 0 stands for nobody and for no project. */
export function orNull<T extends Hex | number>(value: T): T | null {
  return NOBODY_AND_NOTHING.includes(value) ? null : value;
}
