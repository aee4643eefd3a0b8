import { encodeRotation, toHex, type Hex } from '@truetonne/protocol';
import type { DeviceKey } from '../../src/key.ts';
import { signClaim } from '../../src/seal.ts';
import { createTestKey } from './deterministicKey.ts';
import { patched, u64 } from './forge.ts';
import { DOMAIN, KEY, OTHER_KEY, OWNER } from './place.ts';
import { SLOT } from './replacements.ts';
import { makeCase, makeFaults, type StatementCase } from './statementFaults.ts';

/** Where `rotatedAt` lies. */
const AT_ROTATED = 100;

/** After the last credited window of the old device. */
const ROTATED_AT = SLOT.closedAt + 3_600;

const LATEST = 2 ** 40 - 1;

interface RotationCase extends StatementCase {
  /** What the rotation says, where it is valid. */
  readonly rotation?: object;
  /** The successor's claim that comes with it, with its key and its signature. */
  readonly claim: Hex;
  readonly claimKey: Hex;
  readonly claimSignature: Hex;
}

function claimAt(claimedAt: number, key: DeviceKey = OTHER_KEY, owner: Hex = OWNER) {
  const signed = signClaim(key, { domain: DOMAIN, owner, claimedAt, exportWh: 3n, importWh: 2n });
  return {
    claim: toHex(signed.claimBytes),
    claimKey: toHex(signed.publicKey),
    claimSignature: toHex(signed.signature),
  };
}

function rotate(rotatedAt: number) {
  const rotation = { deviceId: KEY.deviceId, successor: OTHER_KEY.deviceId, rotatedAt };
  return { rotation, bytes: encodeRotation({ ...rotation, domain: DOMAIN }) };
}

function validCase(
  name: string,
  rotatedAt: number,
  claim = claimAt(rotatedAt),
  contract: StatementCase['contract'] = 'accepts',
): RotationCase {
  const { rotation, bytes } = rotate(rotatedAt);
  return { ...makeCase(name, 'valid', bytes, { contract }), rotation, ...claim };
}

/** The old device is `KEY`, bound, with its slot at `SLOT`; the successor is `OTHER_KEY`. */
export function makeRotations(): readonly RotationCase[] {
  const { bytes } = rotate(ROTATED_AT);
  const early = 'DEVICE_CLAIMED_TOO_EARLY';
  const third = createTestKey('device 3');
  const faults = [
    ...makeFaults(bytes, [AT_ROTATED, u64(ROTATED_AT - 1)]),
    makeCase(
      'time at the limit',
      'VALUE_OUT_OF_RANGE',
      patched(bytes, [[AT_ROTATED, u64(1n << 40n)]]),
    ),
    makeCase(
      'the largest u64 as time',
      'VALUE_OUT_OF_RANGE',
      patched(bytes, [[AT_ROTATED, u64((1n << 64n) - 1n)]]),
    ),
  ];
  return [
    validCase('a rotation', ROTATED_AT),
    validCase('the successor begins later', ROTATED_AT, claimAt(ROTATED_AT + 86_400)),
    validCase('before what is credited already', 0, claimAt(SLOT.closedAt)),
    validCase('the largest time', LATEST, claimAt(LATEST), 'REVOCATION_IN_FUTURE'),
    validCase('the successor begins before', ROTATED_AT, claimAt(ROTATED_AT - 1), early),
    validCase('into what is credited already', 0, claimAt(SLOT.closedAt - 1), early),
    validCase(
      'the claim of a third device',
      ROTATED_AT,
      claimAt(ROTATED_AT, third),
      'SUCCESSOR_MISMATCH',
    ),
    validCase(
      'a claim for another wallet',
      ROTATED_AT,
      claimAt(ROTATED_AT, OTHER_KEY, '0x00000000000000000000000000000000deadbeef'),
      'NOT_DEVICE_OWNER',
    ),
    ...faults.map((fault) => ({ ...fault, ...claimAt(ROTATED_AT) })),
  ];
}
