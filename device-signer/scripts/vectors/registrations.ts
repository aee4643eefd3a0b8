import {
  concatBytes,
  encodeRegistrationRecords,
  toHex,
  type ErrorCode,
  type Hex,
} from '@truetonne/protocol';
import type { DeviceKey } from '../../src/key.ts';
import { signClaim } from '../../src/seal.ts';
import { createTestKey, withOtherS } from './deterministicKey.ts';
import { patched, u32, u64, type Patch } from './forge.ts';
import { CLAIMED_AT, DOMAIN, OWNER, REGISTRY } from './place.ts';

/** Where the parts of a record begin (SPEC section 9). */
const AT = { claim: 0, key: 112, signature: 176, capacity: 240, next: 244 } as const;
const CLAIM_EXPORT_AT = 96;

interface RegistrationCase {
  readonly name: string;
  /** Device ids and capacities (W), where it is valid. */
  readonly devices?: readonly { readonly deviceId: Hex; readonly capacityW: number }[];
  readonly records: Hex;
  readonly expect: 'valid' | ErrorCode;
  readonly contract: 'accepts' | ErrorCode;
}

function recordOf(key: DeviceKey, capacityW: number, owner: Hex = OWNER) {
  const state = { claimedAt: CLAIMED_AT, exportWh: 1_000n, importWh: 10n };
  const { claimBytes, ...rest } = signClaim(key, { domain: DOMAIN, owner, ...state });
  return { bytes: claimBytes, capacityW, ...rest };
}

function makeCase(name: string, expect: RegistrationCase['expect'], records: Uint8Array) {
  return {
    name,
    records: toHex(records),
    expect,
    contract: expect === 'valid' ? ('accepts' as const) : expect,
  };
}

/** For `OWNER`; the plant has room for everything, and the devices are unknown to the chain. */
export function makeRegistrations(): readonly RegistrationCase[] {
  const keys = ['device 4', 'device 5', 'device 6'].map(createTestKey);
  const made = keys.map((key, index) => recordOf(key, 1_000 + index));
  const all = encodeRegistrationRecords(made);
  const [first, second] = keys;
  if (first === undefined || second === undefined) throw new RangeError('three keys');
  const one = encodeRegistrationRecords([recordOf(first, 1)]);
  const devices = made.map(({ claim, capacityW }) => ({ deviceId: claim.deviceId, capacityW }));
  const spoilt = (...patches: readonly Patch[]): Uint8Array => patched(all, patches);
  const secondAt = AT.next;
  const highS = withOtherS(all.subarray(AT.signature, AT.capacity));
  return [
    { ...makeCase('three devices', 'valid', all), devices },
    {
      ...makeCase('one of 1 W', 'valid', one),
      devices: [{ deviceId: first.deviceId, capacityW: 1 }],
    },
    makeCase('nothing', 'REGISTRATION_INVALID', new Uint8Array(0)),
    makeCase('a byte too few', 'REGISTRATION_INVALID', all.slice(0, -1)),
    makeCase('a byte too many', 'REGISTRATION_INVALID', concatBytes([all, new Uint8Array(1)])),
    makeCase('no capacity', 'VALUE_OUT_OF_RANGE', spoilt([secondAt + AT.capacity, u32(0)])),
    makeCase('one device twice', 'DEVICE_ALREADY_CLAIMED', concatBytes([all, one])),
    makeCase('the magic of a window', 'VERSION_UNKNOWN', spoilt([2, Uint8Array.of(0x57)])),
    makeCase(
      'export at the limit',
      'VALUE_OUT_OF_RANGE',
      spoilt([secondAt + CLAIM_EXPORT_AT, u64(1n << 56n)]),
    ),
    makeCase(
      'for another wallet',
      'NOT_DEVICE_OWNER',
      encodeRegistrationRecords([
        ...made.slice(0, 2),
        recordOf(createTestKey('device 7'), 5, REGISTRY),
      ]),
    ),
    makeCase(
      'with the key of another',
      'PUBLIC_KEY_MISMATCH',
      spoilt([secondAt + AT.key, first.publicKey]),
    ),
    makeCase('a high s', 'SIGNATURE_HIGH_S', spoilt([AT.signature, highS])),
    makeCase(
      'with the signature of another',
      'SIGNATURE_INVALID',
      spoilt([secondAt + AT.signature, all.subarray(AT.signature, AT.capacity)]),
    ),
  ];
}
