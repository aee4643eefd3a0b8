/** A fleet in a database, as the chain would have registered it, and what it sends. */
import { concatBytes, encodeWindow } from '@truetonne/protocol';
import { openStore, type StoreConfig } from '../../oracle/src/store/database/open.ts';
import { saveProject, saveValidation } from '../../oracle/src/store/registry.ts';
import { devices as table } from '../../oracle/src/store/tables/schema.ts';
import { createTestDevice, type TestDevice } from '../../oracle/test/support/device.ts';
import { roles } from '../../oracle/test/support/chain.ts';
import { DOMAIN } from '../../oracle/test/support/noChain.ts';

/** Minutes east of Greenwich, and midnight there at the beginning of a month. */
const UTC_OFFSET_MINUTES = -420;
const CLAIMED_AT = Date.UTC(2023, 11, 1) / 1000 - 60 * UTC_OFFSET_MINUTES;
/** One window of one reading each quarter of an hour, as meters do. */
export const WINDOW_SECONDS = 900;
export const WINDOWS_PER_MONTH = (30 * 86_400) / WINDOW_SECONDS;

/** Devices of one plant. */
const DEVICES_PER_PROJECT = 1_000;
const ROWS_PER_INSERT = 1_000;
const WINDOWS_PER_REQUEST = 100;

export function createFleet(size: number): readonly TestDevice[] {
  const owner = roles.owner.address;
  return Array.from({ length: size }, () =>
    createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT, owner }),
  );
}

/** Windows of all devices by time, in requests of a hundred, as a gateway or a broker hands them on. */
export function* requestsOf(
  fleet: readonly TestDevice[],
  windowsEach: number,
): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  for (let round = 0; round < windowsEach; round++) {
    for (const device of fleet) {
      waiting.push(encodeWindow(device.seal({ seconds: WINDOW_SECONDS, exportWh: 300n })));
      if (waiting.length < WINDOWS_PER_REQUEST) continue;
      yield concatBytes(waiting);
      waiting = [];
    }
  }
  if (waiting.length > 0) yield concatBytes(waiting);
}

export async function registerFleet(
  fleet: readonly TestDevice[],
  store: StoreConfig,
): Promise<void> {
  const database = await openStore(store, () => undefined);
  const owner = roles.owner.address;
  const projects = Math.ceil(fleet.length / DEVICES_PER_PROJECT);
  for (let id = 1; id <= projects; id++) {
    await saveProject(
      database,
      {
        ...{ id, owner, name: `Plant ${id}`, country: 'US', methodologyId: 1 },
        ...{
          latitudeE6: 39_742_000,
          longitudeE6: -105_179_000,
          utcOffsetMinutes: UTC_OFFSET_MINUTES,
        },
        ...{ capacityW: 6_000n * BigInt(DEVICES_PER_PROJECT) },
        ...{ creditingFrom: CLAIMED_AT, creditingUntil: 2 * CLAIMED_AT },
      },
      0,
    );
    const [validator, submitter] = [roles.validator.address, roles.submitter.address];
    await saveValidation(database, id, { validator, submitter, factorUgPerWh: 352_000n });
  }
  const rows = fleet.map(({ deviceId, publicKey, claimHash }, index) => ({
    ...{ deviceId, owner, publicKey, claimHash, claimedAt: CLAIMED_AT },
    ...{ claimExportWh: 0n, claimImportWh: 0n, creditedSequence: 0, creditedClosedAt: CLAIMED_AT },
    ...{ creditedExportWh: 0n, creditedImportWh: 0n, capacityW: 6_000n },
    projectId: 1 + Math.floor(index / DEVICES_PER_PROJECT),
  }));
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
    await database.orm.insert(table).values(rows.slice(start, start + ROWS_PER_INSERT));
  await database.close();
}
