import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  TonneError,
  verifyCredentialRequest,
  type Hex,
  type SignatureVerifier,
} from '@truetonne/protocol';
import type { DeviceDirectory, KnownDevice } from '../metering/ingest/directory.ts';
import { importKey, isSignature } from '../metering/ingest/signature.ts';
import type { Database } from '../store/database/database.ts';
import { findCredential, saveCredential } from './credentialStore.ts';
import { topicsOf } from './topics.ts';

/** How far the device's clock may be from ours, seconds. */
const CLOCK_TOLERANCE = 300;

const PASSWORD_SIZE = 32;

export interface CredentialContext {
  readonly database: Database;
  readonly directory: DeviceDirectory;
  readonly domain: Hex;
  readonly now: () => number;
  /** How long a password is good. */
  readonly credentialSeconds: number;
}

/** What a device needs to talk to the broker. */
export interface BrokerAccess {
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly publish: string;
  readonly subscribe: string;
}

/**
 * Gives a device that proves its key a new broker password (SPEC section 10); the one before ends.
 *
 * @throws TonneError DEVICE_UNKNOWN, DEVICE_REVOKED, DEVICE_FROZEN, CREDENTIAL_REQUEST_STALE, and those
 *   of a statement in SPEC section 9
 */
export async function issueCredential(
  context: CredentialContext,
  deviceId: Hex,
  request: Uint8Array,
  signature: Uint8Array,
): Promise<BrokerAccess> {
  const { database, domain, credentialSeconds } = context;
  const now = context.now();
  const device = context.directory.find(deviceId);
  if (device === undefined) {
    throw new TonneError('DEVICE_UNKNOWN', { field: 'deviceId', value: deviceId });
  }
  const signed = { bytes: request, publicKey: device.publicKey, signature };
  const { requestedAt } = await verifyCredentialRequest(signed, domain, verify);
  assertInForce(device, now);
  if (Math.abs(requestedAt - now) > CLOCK_TOLERANCE) throw stale(requestedAt, `about ${now}`);
  const password = randomBytes(PASSWORD_SIZE).toString('base64url');
  const expiresAt = now + credentialSeconds;
  const credential = { deviceNumber: device.number, passwordHash: hashOf(password) };
  if (!(await saveCredential(database, { ...credential, requestedAt, expiresAt }))) {
    throw stale(requestedAt, 'later than in the request before');
  }
  const { name, windows, answers } = topicsOf(deviceId);
  return {
    ...{ clientId: name, username: name, password, expiresAt },
    ...{ publish: windows, subscribe: answers },
  };
}

/**
 * Says whether a device may connect with a password.
 *
 * @throws TonneError CREDENTIAL_INVALID, DEVICE_REVOKED, DEVICE_FROZEN, STORE_UNAVAILABLE
 */
export async function assertCredential(
  { database, directory, now }: Omit<CredentialContext, 'credentialSeconds'>,
  deviceId: Hex | undefined,
  password: string,
): Promise<KnownDevice> {
  const device = deviceId === undefined ? undefined : directory.find(deviceId);
  const credential = device && (await findCredential(database, device.number));
  const valid =
    credential !== undefined &&
    credential.expiresAt > now() &&
    timingSafeEqual(credential.passwordHash, hashOf(password));
  if (device === undefined || !valid) {
    throw new TonneError('CREDENTIAL_INVALID', { field: 'password', value: deviceId ?? 'nobody' });
  }
  assertInForce(device, now());
  return device;
}

/** A broker serves no device that was revoked or frozen. */
export function assertInForce(device: KnownDevice, now: number): void {
  const { id, frozen, revokedFrom } = device;
  if (frozen) throw new TonneError('DEVICE_FROZEN', { field: 'deviceId', value: id });
  if (revokedFrom === undefined || revokedFrom > now) return;
  throw new TonneError('DEVICE_REVOKED', {
    field: 'deviceId',
    value: id,
    expected: `before ${revokedFrom}`,
  });
}

const verify: SignatureVerifier = (publicKey, message, signature) => {
  const key = importKey(publicKey);
  return Promise.resolve(key !== undefined && isSignature(key, message, signature));
};

/** A plain hash will do: nobody can guess 32 random bytes, however quickly they try. */
function hashOf(password: string): Buffer {
  return hash('sha256', password, 'buffer');
}

function stale(requestedAt: number, expected: string): TonneError {
  const details = { field: 'requestedAt', value: String(requestedAt), expected };
  return new TonneError('CREDENTIAL_REQUEST_STALE', details);
}
