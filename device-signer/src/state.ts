import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  decodeClaim,
  decodeHeader,
  findBytes,
  toHex,
  TonneError,
  type SealedWindow,
} from '@truetonne/protocol';
import { findFile, writeDurably } from './durable.ts';
import type { DeviceKey } from './key.ts';
import { headOfClaim, headOfWindow, type ChainHead, type SignedClaim } from './seal.ts';
import { headOfReplacement, type SignedStatement } from './statements.ts';

const STATE_FILE = 'device.json';

/** What is stored besides key and outbox; bytes as hex. */
export interface StoredState {
  readonly claim: SignedClaim;
  readonly settledHeader: Uint8Array | undefined;
  /** The newest replacement of the meter. */
  readonly replacement: SignedStatement | undefined;
  /** The word of this key that another one takes its place. */
  readonly rotation: SignedStatement | undefined;
}

/** The last settled window, or the claim. */
export function settledHeadOf({ claim, settledHeader }: StoredState): ChainHead {
  if (settledHeader === undefined) return headOfClaim(claim);
  const { sequence, closedAt, exportWh, importWh } = decodeHeader(settledHeader);
  const hash = toHex(createHash('sha256').update(settledHeader).digest());
  return { sequence, closedAt, exportWh, importWh, hash };
}

/**
 * What the next window follows: the newest window, or the replacement of the meter when no window lies
 * behind it.
 */
export function headOfState(state: StoredState, newest: SealedWindow | undefined): ChainHead {
  const last = newest === undefined ? settledHeadOf(state) : headOfWindow(newest);
  const { replacement } = state;
  if (replacement === undefined) return last;
  const head = headOfReplacement(replacement);
  return head.sequence >= last.sequence ? head : last;
}

export function storeState(
  folder: string,
  { claim, settledHeader, replacement, rotation }: StoredState,
): void {
  const stored = {
    claim: toHex(claim.claimBytes),
    signature: toHex(claim.signature),
    settledHeader: settledHeader === undefined ? null : toHex(settledHeader),
    replacement: replacement === undefined ? null : statementToHex(replacement),
    rotation: rotation === undefined ? null : statementToHex(rotation),
  };
  writeDurably(join(folder, STATE_FILE), `${JSON.stringify(stored, null, 2)}\n`);
}

/** The state of a folder, or `undefined` before the claim. Throws CONFIGURATION_INVALID when spoilt. */
export function findState(folder: string, key: DeviceKey): StoredState | undefined {
  const path = join(folder, STATE_FILE);
  const file = findFile(path);
  if (file === undefined) return undefined;
  try {
    return parseState(new TextDecoder().decode(file), key);
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('CONFIGURATION_INVALID', { field: path, value });
  }
}

function parseState(text: string, key: DeviceKey): StoredState {
  const parsed: unknown = JSON.parse(text);
  const stored = new Map<string, unknown>(Object.entries(parsed ?? {}));
  const claimBytes = bytesOf(stored, 'claim');
  const claim = decodeClaim(claimBytes);
  if (claim.deviceId !== key.deviceId) {
    throw new RangeError(`the claim is of device ${claim.deviceId}, the key of ${key.deviceId}`);
  }
  const signature = bytesOf(stored, 'signature');
  const hasSettled = stored.get('settledHeader') !== null;
  return {
    claim: { claim, claimBytes, signature, publicKey: key.publicKey },
    settledHeader: hasSettled ? bytesOf(stored, 'settledHeader') : undefined,
    replacement: findStatement(stored.get('replacement')),
    rotation: findStatement(stored.get('rotation')),
  };
}

function statementToHex({ statement, signature }: SignedStatement): object {
  return { statement: toHex(statement), signature: toHex(signature) };
}

/** State from before statements were known has none. */
function findStatement(stored: unknown): SignedStatement | undefined {
  if (stored === undefined || stored === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(stored));
  return { statement: bytesOf(fields, 'statement'), signature: bytesOf(fields, 'signature') };
}

function bytesOf(stored: ReadonlyMap<string, unknown>, name: string): Uint8Array {
  const text = stored.get(name);
  const bytes = typeof text === 'string' ? findBytes(text) : undefined;
  if (bytes === undefined) throw new RangeError(`${name} is not hex`);
  return bytes;
}
