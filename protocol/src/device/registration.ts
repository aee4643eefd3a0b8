import { concatBytes, viewOf, type Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { PUBLIC_KEY_SIZE, SIGNATURE_SIZE, type SignatureVerifier } from '../identity/signature.ts';
import { CLAIM_SIZE, decodeClaim, type Claim } from '../window/claim.ts';
import { assertDomain, assertSignedBy, type Signed } from './signed.ts';

const KEY_AT = CLAIM_SIZE;
const SIGNATURE_AT = KEY_AT + PUBLIC_KEY_SIZE;
const CAPACITY_AT = SIGNATURE_AT + SIGNATURE_SIZE;
export const REGISTRATION_RECORD_SIZE = CAPACITY_AT + 4;

/** One device to claim and to bind: its signed claim and its rated export power, W (SPEC section 9). */
export interface Registration extends Signed {
  readonly claim: Claim;
  readonly capacityW: number;
}

/** Joins records of 244 bytes: a registration file, and the argument of `registerDevices`. */
export function encodeRegistrationRecords(
  records: readonly (Signed & Pick<Registration, 'capacityW'>)[],
): Uint8Array {
  return concatBytes(
    records.flatMap(({ bytes, publicKey, signature, capacityW }, index) => {
      assertCapacity(capacityW, index);
      const capacity = new Uint8Array(4);
      viewOf(capacity).setUint32(0, capacityW);
      return [bytes, publicKey, signature, capacity];
    }),
  );
}

/**
 * Reads a registration file. Throws what is wrong with the first record that is, named by its place:
 * REGISTRATION_INVALID for bytes that are no whole records; as `decodeClaim`; VALUE_OUT_OF_RANGE for no
 * capacity; DEVICE_ALREADY_CLAIMED for a device that stands there twice.
 */
export function parseRegistrationFile(bytes: Uint8Array): readonly Registration[] {
  const size = REGISTRATION_RECORD_SIZE;
  if (bytes.length === 0 || bytes.length % size !== 0) {
    const expected = `one or more records of ${String(size)} bytes`;
    const value = String(bytes.length);
    throw new TonneError('REGISTRATION_INVALID', { field: 'length', value, expected });
  }
  const seen = new Map<Hex, number>();
  return Array.from({ length: bytes.length / size }, (_, index) => {
    const record = atRecord(index, () =>
      parseRecord(bytes.subarray(index * size, (index + 1) * size), index),
    );
    const { deviceId } = record.claim;
    const earlier = seen.get(deviceId);
    if (earlier !== undefined) {
      const expected = `each device once; it is records[${String(earlier)}] too`;
      const field = `records[${String(index)}].deviceId`;
      throw new TonneError('DEVICE_ALREADY_CLAIMED', { field, value: deviceId, expected });
    }
    seen.set(deviceId, index);
    return record;
  });
}

/** The rest of SPEC section 2 for a claim: DOMAIN_MISMATCH, NOT_DEVICE_OWNER, key and signature. */
export async function verifyRegistration(
  record: Signed & Pick<Registration, 'claim'>,
  { domain, owner }: { readonly domain: Hex; readonly owner: Hex },
  verify: SignatureVerifier,
): Promise<void> {
  assertDomain(record.claim.domain, domain);
  if (record.claim.owner !== owner.toLowerCase()) {
    const details = { field: 'owner', value: record.claim.owner, expected: owner };
    throw new TonneError('NOT_DEVICE_OWNER', details);
  }
  await assertSignedBy(record.claim.deviceId, record, verify);
}

function parseRecord(record: Uint8Array, index: number): Registration {
  const bytes = record.subarray(0, KEY_AT);
  const capacityW = viewOf(record).getUint32(CAPACITY_AT);
  const claim = decodeClaim(bytes);
  assertCapacity(capacityW, index);
  return {
    claim,
    bytes,
    publicKey: record.subarray(KEY_AT, SIGNATURE_AT),
    signature: record.subarray(SIGNATURE_AT, CAPACITY_AT),
    capacityW,
  };
}

/** Whole watts, 1 to 2^32 - 1. */
function assertCapacity(capacityW: number, index: number): void {
  if (Number.isInteger(capacityW) && capacityW > 0 && capacityW < 2 ** 32) return;
  throw new TonneError('VALUE_OUT_OF_RANGE', {
    field: `records[${String(index)}].capacityW`,
    value: String(capacityW),
    expected: 'whole watts, at least 1',
  });
}

/** Names the record in the field of what goes wrong with it. */
function atRecord<T>(index: number, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TonneError) || error.details.field?.startsWith('records') === true) {
      throw error;
    }
    const field = `records[${String(index)}].${error.details.field ?? 'claim'}`;
    throw new TonneError(error.code, { ...error.details, field });
  }
}
