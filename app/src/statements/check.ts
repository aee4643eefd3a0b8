/** Checks statements in the browser exactly as the contract will, before anything is sent. */
import {
  createWebCryptoVerifier,
  decodeClaim,
  TonneError,
  verifyMeterReplacement,
  verifyRegistration,
  verifyRotation,
  type Claim,
  type Hex,
  type MeterReplacement,
  type Rotation,
  type Signed,
} from '@truetonne/protocol';
import type { SignedRotation } from './files.ts';

/** What a statement must be signed for: the registry of this deployment. */
export interface Place {
  readonly domain: Hex;
}

/** A statement with what it says. */
export interface Checked<T> {
  readonly signed: Signed;
  readonly says: T;
}

const verify = createWebCryptoVerifier();

/** @throws TonneError as the contract's claimDevice for this owner */
export async function checkClaim(
  signed: Signed,
  { domain }: Place,
  owner: Hex,
): Promise<Checked<Claim>> {
  const claim = decodeClaim(signed.bytes);
  await verifyRegistration({ ...signed, claim }, { domain, owner }, verify);
  return { signed, says: claim };
}

export interface CheckedRotation {
  readonly rotation: Checked<Rotation>;
  readonly claim: Checked<Claim>;
}

/** @throws TonneError as the contract's rotateDevice for this device and its owner */
export async function checkRotation(
  file: SignedRotation,
  place: Place,
  device: { readonly id: Hex; readonly owner: Hex },
): Promise<CheckedRotation> {
  const says = await verifyRotation(file.rotation, place.domain, verify);
  assertOf(device.id, says.deviceId);
  const claim = await checkClaim(file.claim, place, device.owner);
  if (claim.says.deviceId !== says.successor) {
    const details = { field: 'deviceId', value: claim.says.deviceId, expected: says.successor };
    throw new TonneError('SUCCESSOR_MISMATCH', details);
  }
  return { rotation: { signed: file.rotation, says }, claim };
}

/** @throws TonneError as the contract's replaceMeter for this device */
export async function checkReplacement(
  signed: Signed,
  { domain }: Place,
  deviceId: Hex,
): Promise<Checked<MeterReplacement>> {
  const says = await verifyMeterReplacement(signed, domain, verify);
  assertOf(deviceId, says.deviceId);
  return { signed, says };
}

function assertOf(deviceId: Hex, found: Hex): void {
  if (found === deviceId) return;
  throw new TonneError('PUBLIC_KEY_MISMATCH', {
    field: 'deviceId',
    value: found,
    expected: deviceId,
  });
}
