/** Devices and the windows that they send, made before the clock starts. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  concatBytes,
  domainOf,
  encodeWindow,
  planContracts,
  type SealedWindow,
} from '@truetonne/protocol';
import { createVerifier } from '../../oracle/src/metering/ingest/verifier.ts';
import { openStore } from '../../oracle/src/store/database/open.ts';
import { saveBinding, saveDevice, saveProject } from '../../oracle/src/store/registry.ts';
import { createTestDevice, type TestDevice } from '../../oracle/test/support/device.ts';

/** Unix seconds. */
export const CLAIMED_AT = 1_700_000_000;
const REFERENCE_MS = 1_500;
const REGISTRY = `0x${'ab'.repeat(20)}` as const;

export const DOMAIN = domainOf(31_337, REGISTRY);

export interface Load {
  readonly devices: readonly TestDevice[];
  readonly windows: readonly SealedWindow[];
  /** Path of the address book. */
  readonly deployment: string;
}

/** Where an oracle keeps what it has. */
export interface Store {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
}

/** Time runs in all devices at once, as in a fleet. */
export function prepareLoad(
  folder: string,
  { devices: count, windows: each, readings }: Record<'devices' | 'windows' | 'readings', number>,
): Load {
  const devices = Array.from({ length: count }, () =>
    createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT }),
  );
  const step = { seconds: 60 * readings, exportWh: 50n * BigInt(readings), count: readings };
  const windows = Array.from({ length: each }, () =>
    devices.map((device) => device.seal(step)),
  ).flat();
  const deployment = join(folder, 'deployment.json');
  // Nobody asks the chain here.
  const nobody = { deployer: REGISTRY, firstNonce: 0, admin: REGISTRY, noticeS: 0 };
  const addresses = { ...planContracts(nobody).at, registry: REGISTRY };
  const book = { network: 'local', chainId: 31_337, rpcUrl: 'http://127.0.0.1:9', ...addresses };
  writeFileSync(deployment, JSON.stringify({ ...book, deployedAtBlock: 0 }));
  return { devices, windows, deployment };
}

/** Devices as the chain would have registered them; no chain takes part in the measurement. */
export async function register(devices: readonly TestDevice[], store: Store): Promise<void> {
  const database = await openStore(store, () => undefined);
  const owner = `0x${'01'.repeat(20)}` as const;
  await saveProject(
    database,
    {
      ...{ id: 1, owner, name: 'Bench', country: 'US', latitudeE6: 0, longitudeE6: 0 },
      ...{ utcOffsetMinutes: 0, capacityW: 1_000_000n, methodologyId: 1 },
      ...{ creditingFrom: CLAIMED_AT, creditingUntil: 2 * CLAIMED_AT },
    },
    0,
  );
  for (const { deviceId, publicKey, claimHash } of devices) {
    const registers = { exportWh: 0n, importWh: 0n };
    await saveDevice(
      database,
      {
        ...{ deviceId, owner, publicKey, claimHash, claimedAt: CLAIMED_AT },
        ...registers,
      },
      0,
    );
    await saveBinding(database, deviceId, { projectId: 1, capacityW: 6_000n, boundAt: CLAIMED_AT });
  }
  await database.close();
}

/** Bodies of requests, each with some windows, joined. */
export function bodiesOf(windows: readonly SealedWindow[], size: number): readonly Uint8Array[] {
  const bodies: Uint8Array[] = [];
  for (let start = 0; start < windows.length; start += size) {
    bodies.push(concatBytes(windows.slice(start, start + size).map(encodeWindow)));
  }
  return bodies;
}

/** Verifications a second with nothing else to do, by the oracle's own threads on all cores. */
export async function measureVerification({ devices, windows }: Load): Promise<number> {
  const keys = new Map(devices.map(({ deviceId, publicKey }) => [deviceId, publicKey]));
  const checks = windows.slice(0, 2_000).map(({ header, headerBytes, signature }) => {
    const publicKey = keys.get(header.deviceId);
    if (publicKey === undefined) throw new Error('no key');
    return { publicKey, headerBytes, signature };
  });
  const verifier = createVerifier();
  await verifier.verify(checks);
  const started = performance.now();
  let verified = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < started + REFERENCE_MS) {
      const passed = await verifier.verify(checks.slice(0, 200));
      if (!passed.every(Boolean)) throw new Error('a signature is wrong');
      verified += passed.length;
    }
  };
  await Promise.all(Array.from({ length: 4 * availableParallelism() }, worker));
  const seconds = (performance.now() - started) / 1000;
  await verifier.stop();
  return verified / seconds;
}
