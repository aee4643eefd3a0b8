import { parseWindow, TonneError, type Hex, type SealedWindow } from '@truetonne/protocol';
import type { Database } from '../store/database.ts';
import { saveEquivocation, type NewWindow, type StoredWindow } from '../store/windows.ts';
import type { SentWindow } from './decodeBody.ts';
import type { DeviceDirectory, KnownDevice } from './directory.ts';
import { verifySignature } from './signature.ts';
import type { WindowWriter } from './writer.ts';

/** How far a device's clock may be ahead, seconds. */
const CLOCK_TOLERANCE = 300;

/** Windows checked between two turns of the event loop, so that a large request stops nobody else. */
const CHUNK = 128;

/** What became of a window of a request. */
export type WindowResult =
  | {
      readonly status: 'accepted' | 'duplicate';
      readonly deviceId: Hex;
      readonly sequence: number;
      readonly headerHash: Hex;
    }
  | { readonly status: 'refused'; readonly where: string; readonly error: TonneError };

export interface Acceptance {
  readonly database: Database;
  readonly directory: DeviceDirectory;
  readonly writer: WindowWriter;
  readonly domain: Hex;
  readonly now: () => number;
}

/**
 * Checks windows and stores the good ones. When it returns, those called accepted are durable; those
 * refused left no trace. The order and the company in which windows come do not matter.
 */
export async function acceptWindows(
  acceptance: Acceptance,
  sent: readonly SentWindow[],
): Promise<readonly WindowResult[]> {
  const checked: (NewWindow | TonneError)[] = [];
  for (let start = 0; start < sent.length; start += CHUNK) {
    const chunk = sent.slice(start, start + CHUNK);
    checked.push(...(await Promise.all(chunk.map(({ bytes }) => check(acceptance, bytes)))));
  }
  const good = checked.filter((one): one is NewWindow => !(one instanceof TonneError));
  const stored = good.length === 0 ? [] : await acceptance.writer.write(good);
  const resultOf = new Map(good.map((window, index) => [window, stored[index]]));
  const results: WindowResult[] = [];
  for (const [index, one] of checked.entries()) {
    const where = sent[index]?.where ?? '';
    const error =
      one instanceof TonneError ? one : await findConflict(acceptance, one, resultOf.get(one));
    if (error !== undefined) results.push({ status: 'refused', where, error });
    else if (!(one instanceof TonneError)) results.push(toResult(one.window, resultOf.get(one)));
  }
  return results;
}

function toResult(
  { header, headerHash }: SealedWindow,
  stored: StoredWindow | undefined,
): WindowResult {
  const status = stored?.status === 'accepted' ? 'accepted' : 'duplicate';
  return { status, deviceId: header.deviceId, sequence: header.sequence, headerHash };
}

/** Everything that can be said of a window by itself, in the order of SPEC section 4. */
async function check(
  { directory, domain, now }: Acceptance,
  bytes: Uint8Array | TonneError,
): Promise<NewWindow | TonneError> {
  if (bytes instanceof TonneError) return bytes;
  try {
    const window = parseWindow(bytes, domain);
    const { deviceId } = window.header;
    const device = directory.find(deviceId);
    if (device === undefined) {
      return new TonneError('DEVICE_UNKNOWN', { field: 'deviceId', value: deviceId });
    }
    const receivedAt = now();
    assertTimes(window, device, receivedAt);
    await assertSignature(window, device);
    return { deviceNumber: device.number, window, bytes, receivedAt };
  } catch (error) {
    if (error instanceof TonneError) return error;
    throw error;
  }
}

function assertTimes({ header }: SealedWindow, device: KnownDevice, now: number): void {
  const { openedAt, closedAt } = header;
  if (closedAt > now + CLOCK_TOLERANCE) {
    const expected = `at most ${now + CLOCK_TOLERANCE}`;
    throw new TonneError('TIME_FUTURE', { field: 'closedAt', value: String(closedAt), expected });
  }
  if (openedAt < device.claimedAt) {
    const expected = `at least ${device.claimedAt}, when the device was claimed`;
    throw new TonneError('TIME_TOO_OLD', { field: 'openedAt', value: String(openedAt), expected });
  }
  if (device.revokedFrom !== undefined && closedAt >= device.revokedFrom) {
    const expected = `before ${device.revokedFrom}`;
    throw new TonneError('DEVICE_REVOKED', {
      field: 'closedAt',
      value: String(closedAt),
      expected,
    });
  }
}

async function assertSignature(window: SealedWindow, { key }: KnownDevice): Promise<void> {
  const valid =
    key !== undefined && (await verifySignature(key, window.headerBytes, window.signature));
  if (valid) return;
  const value = `0x${Buffer.from(window.signature).toString('hex')}`;
  throw new TonneError('SIGNATURE_INVALID', { field: 'signature', value });
}

/** Two different windows with one sequence number: the evidence is kept before anyone is told. */
async function findConflict(
  { database }: Acceptance,
  sent: NewWindow,
  stored: StoredWindow | undefined,
): Promise<TonneError | undefined> {
  if (stored?.status !== 'conflict') return undefined;
  await saveEquivocation(database, sent);
  const { header, headerHash } = sent.window;
  return new TonneError('EQUIVOCATION', {
    field: 'sequence',
    value: `${header.sequence} with header ${headerHash}`,
    expected: `header ${stored.storedHash}, which is stored`,
  });
}
