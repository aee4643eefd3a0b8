import { concat, numberToHex, type Hex } from 'viem';

import {
  encodeMeterReplacement,
  encodeRotation,
  toHex,
  type MeterReplacement,
  type Rotation,
} from '../../../protocol/src/index.ts';
import { claimOf, createDevice, headerOf, sha256Of, type TestDevice } from './device.ts';
import { claimedBy, DAY, YEAR_2026, type Wallet, type World } from './world.ts';

/** When the tests' devices are rotated and their meters replaced: noon of the second day. */
export const CHANGED_AT = YEAR_2026 + DAY + DAY / 2;

/** The arguments of `rotateDevice`, all valid; the arguments are what the test is about. */
export function rotationOf(
  world: World,
  device: TestDevice,
  fields: Partial<Rotation> & { claimedAt?: number; next?: TestDevice; owner?: Wallet } = {},
) {
  const { claimedAt = fields.rotatedAt ?? CHANGED_AT, next = createDevice(), owner } = fields;
  const { domain = world.domain, deviceId = device.id, successor = next.id } = fields;
  const rotatedAt = fields.rotatedAt ?? CHANGED_AT;
  const rotation = toHex(encodeRotation({ domain, deviceId, successor, rotatedAt }));
  const wallet = (owner ?? world.actors.owner).account.address;
  const claim = claimOf({ domain: world.domain, deviceId: next.id, owner: wallet, claimedAt });
  return {
    next,
    rotation,
    claim,
    args: [
      rotation,
      device.publicKey,
      device.sign(rotation),
      claim,
      next.publicKey,
      next.sign(claim),
    ] as const,
  };
}

/** The arguments of `replaceMeter` for a device that nothing was credited of. */
export function replacementOf(
  world: World,
  device: TestDevice,
  fields: Partial<MeterReplacement> = {},
) {
  const statement = toHex(
    encodeMeterReplacement({
      domain: world.domain,
      deviceId: device.id,
      sequence: 0,
      replacedAt: CHANGED_AT,
      exportWh: 0n,
      importWh: 0n,
      previousHash: sha256Of('0x'),
      ...fields,
    }),
  );
  return {
    statement,
    args: [statement, device.publicKey, device.sign(statement)] as const,
  };
}

type HeaderFields = Partial<Parameters<typeof headerOf>[0]>;

/** The arguments of `freezeDevice`: by default two valid windows of one sequence number. */
export function equivocationOf(
  world: World,
  device: TestDevice,
  a: HeaderFields = {},
  b: HeaderFields = {},
) {
  const make = (fields: HeaderFields) =>
    headerOf({ domain: world.domain, deviceId: device.id, sequence: 9, ...fields });
  const [headerA, headerB] = [make(a), make({ exportWh: 1n, ...b })];
  return {
    headerA,
    headerB,
    args: [device.publicKey, headerA, device.sign(headerA), headerB, device.sign(headerB)] as const,
  };
}

/** One record of `registerDevices`: claim 112, public key 64, signature 64, capacityW 4. */
export function recordOf(
  world: World,
  device: TestDevice,
  capacityW: number,
  state: Parameters<typeof claimedBy>[2] = {},
): Hex {
  return concat([...claimedBy(world, device, state), numberToHex(capacityW, { size: 4 })]);
}
