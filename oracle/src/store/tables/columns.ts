import { fromHex, toHex, type Hex } from '@truetonne/protocol';
import { bigint, customType, integer, numeric } from 'drizzle-orm/pg-core';

/** Bytes that the program handles as bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
});

/** Bytes that the program handles as hex: ids, hashes, addresses. */
export const hex = customType<{ data: Hex; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(fromHex(value)),
  fromDriver: toHex,
});

/** A count or a time, below 2^53. */
export const count = (name: string) => bigint(name, { mode: 'number' });

/** Wh, grams: exact. */
export const exact = (name: string) => bigint(name, { mode: 'bigint' });

/** The same for sums over many devices, which 64 bits do not hold. */
export const exactSum = (name: string) =>
  numeric(name, { precision: 30, scale: 0, mode: 'bigint' });

export const identity = (name: string) => integer(name).primaryKey().generatedAlwaysAsIdentity();

export const longIdentity = (name: string) =>
  bigint(name, { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
