import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { decodeClaim, decodeHeader, findBytes, toHex, TonneError } from '@truetonne/protocol';
import { findFile, writeDurably } from './durable.ts';
import type { DeviceKey } from './key.ts';
import { headOfClaim, type ChainHead, type SignedClaim } from './seal.ts';

const STATE_FILE = 'device.json';

/** What is stored besides key and outbox: the signed claim and the last settled header, as hex. */
export interface StoredState {
  readonly claim: SignedClaim;
  readonly settledHeader: Uint8Array | undefined;
}

export function headOfState({ claim, settledHeader }: StoredState): ChainHead {
  if (settledHeader === undefined) return headOfClaim(claim);
  const { sequence, closedAt, exportWh, importWh } = decodeHeader(settledHeader);
  const hash = toHex(createHash('sha256').update(settledHeader).digest());
  return { sequence, closedAt, exportWh, importWh, hash };
}

export function storeState(folder: string, { claim, settledHeader }: StoredState): void {
  const stored = {
    claim: toHex(claim.claimBytes),
    signature: toHex(claim.signature),
    settledHeader: settledHeader === undefined ? null : toHex(settledHeader),
  };
  writeDurably(join(folder, STATE_FILE), `${JSON.stringify(stored, null, 2)}\n`);
}

/** The state of a folder, or `undefined` before the claim. Throws CONFIGURATION_INVALID when spoilt. */
export function findState(folder: string, key: DeviceKey): StoredState | undefined {
  const path = join(folder, STATE_FILE);
  const file = findFile(path);
  if (file === undefined) return undefined;
  const stored = parseState(new TextDecoder().decode(file), path);
  const claimBytes = bytesOf(stored, 'claim', path);
  const header = stored.get('settledHeader');
  const claim = decodeClaim(claimBytes);
  if (claim.deviceId !== key.deviceId) {
    const { deviceId } = key;
    throw new TonneError('CONFIGURATION_INVALID', {
      field: `${path}, claim`,
      value: claim.deviceId,
      expected: deviceId,
    });
  }
  const signature = bytesOf(stored, 'signature', path);
  return {
    claim: { claim, claimBytes, signature, publicKey: key.publicKey },
    settledHeader: header === null ? undefined : bytesOf(stored, 'settledHeader', path),
  };
}

function parseState(text: string, path: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(Object.entries(value ?? {}));
  } catch (error) {
    throw new TonneError('CONFIGURATION_INVALID', { field: path, value: String(error) });
  }
}

function bytesOf(stored: ReadonlyMap<string, unknown>, name: string, path: string): Uint8Array {
  const text = stored.get(name);
  const bytes = typeof text === 'string' ? findBytes(text) : undefined;
  if (bytes !== undefined) return bytes;
  const field = `${path}, ${name}`;
  throw new TonneError('CONFIGURATION_INVALID', { field, value: String(text), expected: 'hex' });
}
