import { decodeClaim, type Hex } from '@truetonne/protocol';
import type { ProjectTerms } from '../../src/domain/judge.ts';
import type { Session } from '../../src/store/database/database.ts';
import {
  findDevice,
  saveBinding,
  saveDevice,
  saveProject,
  saveValidation,
} from '../../src/store/registry.ts';
import { roles } from './chain.ts';
import type { TestDevice } from './device.ts';

const TERMS: ProjectTerms = {
  utcOffsetMinutes: -420,
  creditingFrom: 1_400_000_000,
  creditingUntil: 2_000_000_000,
};

/** Puts a validated project into a store, as if the chain had told of it. */
export async function seedProject(
  session: Session,
  id: number,
  terms: Partial<ProjectTerms> = {},
): Promise<void> {
  await saveProject(
    session,
    {
      ...{ id, owner: roles.owner.address, name: `Project ${id}`, country: 'US' },
      ...{
        latitudeE6: 39_742_000,
        longitudeE6: -105_179_000,
        capacityW: 100_000n,
        methodologyId: 1,
      },
      ...TERMS,
      ...terms,
    },
    0,
  );
  await saveValidation(session, id, {
    validator: roles.validator.address,
    submitter: roles.submitter.address,
    factorUgPerWh: 352_000n,
  });
}

/** Puts a device into a store, bound unless `projectId` is undefined; answers its number. */
export async function seedDevice(
  session: Session,
  device: TestDevice,
  claimedAt: number,
  projectId: number | undefined,
  owner: Hex = roles.owner.address,
): Promise<number> {
  const { deviceId, publicKey, claimHash } = device;
  const { exportWh, importWh } = decodeClaim(device.claim);
  const registers = { exportWh, importWh };
  await saveDevice(session, { deviceId, owner, publicKey, claimHash, claimedAt, ...registers }, 0);
  if (projectId !== undefined)
    await saveBinding(session, deviceId, { projectId, capacityW: 6_000n, boundAt: claimedAt });
  const row = await findDevice(session, deviceId);
  if (row === undefined) throw new Error('the device was not stored');
  return row.number;
}
