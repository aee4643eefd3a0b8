import type { Hex } from 'viem';
import type { History, LiveReading, Sample } from './reading.ts';

/** Power at a moment: Unix seconds, mW. */
export interface TracePoint {
  readonly at: number;
  readonly milliwatts: bigint;
}

export interface LiveDevice {
  readonly last: Sample;
  /** The reading that this session began with, to say what came since. */
  readonly first: Sample;
  readonly trace: readonly TracePoint[];
}

/** `refused`: whoever looks may watch this no more. */
export type Connection = 'connecting' | 'open' | 'waiting' | 'refused';

export interface LiveState {
  readonly connection: Connection;
  /** Id of the newest message, from which a broken connection is taken up again. */
  readonly lastId: string | undefined;
  readonly devices: ReadonlyMap<Hex, LiveDevice>;
  /** False when traces begin with this page, because the fleet is large. */
  readonly hasTraces: boolean;
}

export type LiveEvent =
  | { readonly type: 'connecting' }
  | { readonly type: 'opened' }
  | { readonly type: 'closed' }
  | { readonly type: 'refused' }
  | ({ readonly type: 'history' } & History)
  | { readonly type: 'readings'; readonly readings: readonly LiveReading[] };

export const initialLive: LiveState = {
  connection: 'connecting',
  lastId: undefined,
  devices: new Map(),
  hasTraces: true,
};

/** Points kept per device: enough for the chart's width. */
export const TRACE_LENGTH = 240;

/** Messages come in order of their id; after a reconnect the server may repeat some. */
function isNew({ id }: LiveReading, lastId: string | undefined): boolean {
  return lastId === undefined || BigInt(id) > BigInt(lastId);
}

function pointsOf({ at, activePowerMw }: Sample): readonly TracePoint[] {
  return activePowerMw === undefined ? [] : [{ at, milliwatts: activePowerMw }];
}

/** Puts what was before in front of what has already come in. */
function addHistory(
  known: ReadonlyMap<Hex, LiveDevice>,
  samples: readonly Sample[],
): ReadonlyMap<Hex, LiveDevice> {
  const devices = new Map(known);
  for (const [deviceId, own] of Map.groupBy(samples, (sample) => sample.deviceId)) {
    const device = known.get(deviceId);
    const earlier = device === undefined ? own : own.filter(({ at }) => at < device.first.at);
    const newest = earlier.at(-1);
    if (newest === undefined) continue;
    const trace = [...earlier.flatMap(pointsOf), ...(device?.trace ?? [])].slice(-TRACE_LENGTH);
    devices.set(deviceId, { first: newest, last: device?.last ?? newest, trace });
  }
  return devices;
}

function extend(device: LiveDevice | undefined, reading: LiveReading): LiveDevice {
  // A device that sends what it buffered is late: the newest by its own clock stays on the screen.
  if (device !== undefined && reading.at <= device.last.at) return device;
  const trace = [...(device?.trace ?? []), ...pointsOf(reading)];
  return { first: device?.first ?? reading, last: reading, trace: trace.slice(-TRACE_LENGTH) };
}

/** Pure: what the page knows after an event of the stream. */
export function reduceLive(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case 'connecting':
      return { ...state, connection: 'connecting' };
    case 'opened':
      return { ...state, connection: 'open' };
    case 'closed':
      return { ...state, connection: 'waiting' };
    case 'refused':
      return { ...state, connection: 'refused' };
    case 'history':
      return {
        ...state,
        devices: addHistory(state.devices, event.samples),
        hasTraces: event.hasTraces,
      };
    case 'readings': {
      const devices = new Map(state.devices);
      let { lastId } = state;
      for (const reading of event.readings) {
        if (!isNew(reading, lastId)) continue;
        lastId = reading.id;
        devices.set(reading.deviceId, extend(devices.get(reading.deviceId), reading));
      }
      return lastId === state.lastId ? state : { ...state, devices, lastId };
    }
  }
}

/** Milliseconds until the next attempt: half a second, doubling up to ten. */
export function backoff(attempt: number): number {
  return Math.min(10_000, 500 * 2 ** attempt);
}

/** Sum of the newest power of these devices, mW; devices that send no power count as nothing. */
export function totalPower(devices: Iterable<LiveDevice>): bigint {
  let sum = 0n;
  for (const { last } of devices) sum += last.activePowerMw ?? 0n;
  return sum;
}

/** Net Wh that these devices exported since this page was opened; negative when they drew more. */
export function sessionEnergy(devices: Iterable<LiveDevice>): bigint {
  let sum = 0n;
  for (const { first, last } of devices) {
    sum += last.exportWh - first.exportWh - (last.importWh - first.importWh);
  }
  return sum;
}

/**
 * Grams that these devices' energy since their claims is worth by the oracle's estimate, before any
 * deduction; `undefined` when none of them has a factor yet.
 */
export function estimatedGrams(devices: Iterable<LiveDevice>): bigint | undefined {
  let sum: bigint | undefined;
  for (const { last } of devices) {
    if (last.gramsEstimate !== undefined) sum = (sum ?? 0n) + last.gramsEstimate;
  }
  return sum;
}
