import type { Hex } from '@truetonne/protocol';
import type { Session } from '../../store/database/database.ts';
import { readDevices } from '../../store/registry.ts';
import type { DeviceRow } from '../../store/tables/schema.ts';

/** What is needed of a device to accept its windows. */
export interface KnownDevice {
  readonly id: Hex;
  readonly number: number;
  /** Wallet that registered it. */
  readonly owner: Hex;
  /** x ‖ y */
  readonly publicKey: Uint8Array;
  readonly claimedAt: number;
  readonly revokedFrom: number | undefined;
  /** Its key was proven to be copied. */
  readonly frozen: boolean;
}

/** Registered devices in memory. */
export interface DeviceDirectory {
  readonly find: (deviceId: Hex) => KnownDevice | undefined;
  /** Reads the devices again, after the chain brought news. */
  readonly reload: (session: Session) => Promise<void>;
}

export function createDirectory(): DeviceDirectory {
  let known: ReadonlyMap<Hex, KnownDevice> = new Map();
  return {
    find: (deviceId) => known.get(deviceId),
    async reload(session) {
      const rows = await readDevices(session);
      known = new Map(rows.map((row) => [row.deviceId, toKnown(row)]));
    },
  };
}

function toKnown(row: DeviceRow): KnownDevice {
  return {
    id: row.deviceId,
    number: row.number,
    owner: row.owner,
    publicKey: row.publicKey,
    claimedAt: row.claimedAt,
    revokedFrom: row.revokedFrom ?? undefined,
    frozen: row.frozenSequence !== null,
  };
}
