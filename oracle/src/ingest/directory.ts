import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Hex } from '@truetonne/protocol';
import type { Session } from '../store/database.ts';
import { readDevices } from '../store/registry.ts';
import type { DeviceRow } from '../store/schema.ts';

/** What is needed of a device to accept its windows. */
export interface KnownDevice {
  readonly id: Hex;
  readonly number: number;
  /** Wallet that registered it. */
  readonly owner: Hex;
  /** x ‖ y */
  readonly publicKey: Uint8Array;
  /** `undefined` when the registered key is no point of the curve. */
  readonly key: KeyObject | undefined;
  readonly claimedAt: number;
  readonly revokedFrom: number | undefined;
  /** Its key was proven to be copied. */
  readonly frozen: boolean;
}

/** Registered devices in memory: keys are imported once, which costs more than using them. */
export interface DeviceDirectory {
  readonly find: (deviceId: Hex) => KnownDevice | undefined;
  /** Reads the devices again, after the chain brought news. */
  readonly reload: (session: Session) => Promise<void>;
}

/** DER of SubjectPublicKeyInfo for an uncompressed point on P-256, up to the point (RFC 5480). */
const SPKI_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');

export function createDirectory(): DeviceDirectory {
  let known: ReadonlyMap<Hex, KnownDevice> = new Map();
  return {
    find: (deviceId) => known.get(deviceId),
    async reload(session) {
      const rows = await readDevices(session);
      known = new Map(
        rows.map((row) => [row.deviceId, toKnown(row, known.get(row.deviceId)?.key)]),
      );
    },
  };
}

function toKnown(row: DeviceRow, key: KeyObject | undefined): KnownDevice {
  return {
    id: row.deviceId,
    number: row.number,
    owner: row.owner,
    publicKey: row.publicKey,
    key: key ?? importKey(row.publicKey),
    claimedAt: row.claimedAt,
    revokedFrom: row.revokedFrom ?? undefined,
    frozen: row.frozenSequence !== null,
  };
}

function importKey(publicKey: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, publicKey]),
      format: 'der',
      type: 'spki',
    });
  } catch {
    return undefined;
  }
}
