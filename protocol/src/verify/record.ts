import type { Hex } from '../bytes.ts';

/** What the chain says of one device in a batch: opening, closing and what it added, in Wh. */
export interface DeviceRecord {
  readonly deviceId: Hex;
  readonly openingSequence: number;
  readonly openingClosedAt: number;
  readonly sequence: number;
  readonly closedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly capacityW: bigint;
}

/** Everything the chain says of a batch: contract state and the events of its block. */
export interface ChainRecord {
  readonly domain: Hex;
  readonly batchId: bigint;
  readonly projectId: number;
  readonly number: number;
  readonly root: Hex;
  readonly fileDigest: Hex;
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly vintage: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
  readonly creditableWh: bigint;
  readonly grams: bigint;
  readonly factorUgPerWh: bigint;
  readonly openingDeficitWh: bigint;
  readonly openingRemainderUg: bigint;
  readonly devices: readonly DeviceRecord[];
}
