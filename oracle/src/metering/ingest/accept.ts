import { parseWindow, TonneError, type Hex, type SealedWindow } from '@truetonne/protocol';
import type { Metrics, Transport } from '../../metrics/metrics.ts';
import type { Database } from '../../store/database/database.ts';
import { saveEquivocation, type NewWindow, type StoredWindow } from '../../store/windows.ts';
import type { Admission } from './admission.ts';
import type { SentWindow } from './decodeBody.ts';
import type { DeviceDirectory, KnownDevice } from './directory.ts';
import type { IngestLimits } from './limits.ts';
import type { Verifier } from './verifier.ts';
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
  | RefusedWindow;

export interface RefusedWindow {
  readonly status: 'refused';
  readonly where: string;
  readonly error: TonneError;
  /** `null` when the bytes are no window. */
  readonly sequence: number | null;
  /** Seconds after which there is room for it; with RATE_LIMITED only. */
  readonly retryAfter?: number;
}

export interface Acceptance {
  readonly database: Database;
  readonly directory: DeviceDirectory;
  /** `undefined` where nothing is sold: everyone may have any number of devices. */
  readonly admission?: Admission | undefined;
  readonly limits: IngestLimits;
  readonly metrics: Metrics;
  readonly verifier: Verifier;
  readonly writer: WindowWriter;
  readonly domain: Hex;
  readonly now: () => number;
}

/** Where windows came from. */
export interface Origin {
  readonly transport: Transport;
  /** The device whose topic they came on: others are refused. */
  readonly deviceId?: Hex;
}

/** A window on its way through the checks. */
interface Candidate extends NewWindow {
  readonly device: KnownDevice;
}

interface Refusal {
  readonly error: TonneError;
  readonly sequence: number | null;
  readonly retryAfter?: number;
}

type Checked = Candidate | Refusal;

/**
 * Checks windows and stores the good ones. When it returns, those called accepted are durable; those
 * refused left no trace. The order and the company in which windows come do not matter.
 */
export async function acceptWindows(
  acceptance: Acceptance,
  sent: readonly SentWindow[],
  origin: Origin,
): Promise<readonly WindowResult[]> {
  const checked: Checked[] = [];
  for (let start = 0; start < sent.length; start += CHUNK) {
    const chunk = sent
      .slice(start, start + CHUNK)
      .map(({ bytes }) => parse(acceptance, bytes, origin));
    const verified = await verifyAll(acceptance, await limitAll(acceptance, chunk));
    checked.push(...(await admitAll(acceptance, verified)));
  }
  const good = checked.filter(isCandidate);
  const stored = good.length === 0 ? [] : await acceptance.writer.write(good);
  const storedOf = new Map(good.map((window, index) => [window, stored[index]]));
  const results: WindowResult[] = [];
  for (const [index, one] of checked.entries()) {
    const where = sent[index]?.where ?? '';
    const settled = isCandidate(one) ? await settle(acceptance, one, storedOf.get(one)) : one;
    results.push('error' in settled ? { status: 'refused', where, ...settled } : settled);
  }
  count(acceptance, results, checked, origin);
  return results;
}

function isCandidate(one: Checked): one is Candidate {
  return !('error' in one);
}

/** Everything that can be said of a window by itself but its signature, in the order of SPEC section 4. */
function parse(
  { directory, domain, now }: Acceptance,
  bytes: Uint8Array | TonneError,
  origin: Origin,
): Checked {
  if (bytes instanceof TonneError) return { error: bytes, sequence: null };
  let sequence: number | null = null;
  try {
    const window = parseWindow(bytes, domain);
    const { header } = window;
    sequence = header.sequence;
    assertTopic(header.deviceId, origin);
    const device = directory.find(header.deviceId);
    if (device === undefined) {
      throw new TonneError('DEVICE_UNKNOWN', { field: 'deviceId', value: header.deviceId });
    }
    const receivedAt = now();
    assertInForce(window, device);
    assertTimes(window, device, receivedAt);
    return { deviceNumber: device.number, window, bytes, receivedAt, device };
  } catch (error) {
    if (error instanceof TonneError) return { error, sequence };
    throw error;
  }
}

function assertTopic(found: Hex, { deviceId }: Origin): void {
  if (deviceId === undefined || deviceId === found) return;
  const details = { field: 'deviceId', value: found, expected: deviceId };
  throw new TonneError('TOPIC_OF_OTHER_DEVICE', details);
}

function assertInForce({ header }: SealedWindow, device: KnownDevice): void {
  if (device.frozen) {
    throw new TonneError('DEVICE_FROZEN', { field: 'deviceId', value: header.deviceId });
  }
  if (device.revokedFrom !== undefined && header.closedAt >= device.revokedFrom) {
    const expected = `before ${device.revokedFrom}`;
    const details = { field: 'closedAt', value: String(header.closedAt), expected };
    throw new TonneError('DEVICE_REVOKED', details);
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
}

/** Keeps devices to their limits, before anything costly is done for them. */
async function limitAll({ limits }: Acceptance, chunk: readonly Checked[]): Promise<Checked[]> {
  const groups = Map.groupBy(chunk.filter(isCandidate), ({ device }) => device);
  const kept = [...chunk];
  for (const [device, windows] of groups) {
    const { granted, retryAfter } = await limits.take(device.id, device.owner, windows.length);
    for (const window of windows.slice(granted)) {
      const { sequence } = window.window.header;
      const expected = `again after ${retryAfter} s`;
      const error = new TonneError('RATE_LIMITED', {
        field: 'deviceId',
        value: device.id,
        expected,
      });
      kept[kept.indexOf(window)] = { error, sequence, retryAfter };
    }
  }
  return kept;
}

/** What is not signed by its device does not count against that device's limits. */
async function verifyAll(
  { limits, metrics, verifier }: Acceptance,
  chunk: readonly Checked[],
): Promise<readonly Checked[]> {
  const candidates = chunk.filter(isCandidate);
  if (candidates.length === 0) return chunk;
  const started = performance.now();
  const checks = candidates.map(
    ({ device: { publicKey }, window: { signature, headerBytes } }) => ({
      ...{ publicKey, signature, headerBytes },
    }),
  );
  const passed = await verifier.verify(checks);
  metrics.observeVerification((performance.now() - started) / 1000 / candidates.length);
  const forged = new Set(candidates.filter((_, index) => passed[index] !== true));
  for (const { device } of forged) await limits.giveBack(device.id, device.owner, 1);
  return chunk.map((one) => (isCandidate(one) && forged.has(one) ? toForged(one) : one));
}

/** What is proven to be from a device that the plan of its owner has no room for is not stored. */
async function admitAll(
  { admission }: Acceptance,
  chunk: readonly Checked[],
): Promise<readonly Checked[]> {
  if (admission === undefined) return chunk;
  const refusals = new Map<KnownDevice, TonneError>();
  for (const device of new Set(chunk.filter(isCandidate).map((one) => one.device))) {
    const error = await admission.refusalOf(device);
    if (error !== undefined) refusals.set(device, error);
  }
  return chunk.map((one) => {
    const error = isCandidate(one) ? refusals.get(one.device) : undefined;
    if (!isCandidate(one) || error === undefined) return one;
    return { error, sequence: one.window.header.sequence };
  });
}

function toForged({ window: { header, signature } }: Candidate): Refusal {
  const value = `0x${Buffer.from(signature).toString('hex')}`;
  const error = new TonneError('SIGNATURE_INVALID', { field: 'signature', value });
  return { error, sequence: header.sequence };
}

/** Two different windows with one sequence number: the evidence is kept before anyone is told. */
async function settle(
  { database }: Acceptance,
  sent: Candidate,
  stored: StoredWindow | undefined,
): Promise<Exclude<WindowResult, RefusedWindow> | Refusal> {
  const { header, headerHash } = sent.window;
  const { deviceId, sequence } = header;
  if (stored?.status !== 'conflict') {
    const status = stored?.status === 'accepted' ? 'accepted' : 'duplicate';
    return { status, deviceId, sequence, headerHash };
  }
  await saveEquivocation(database, sent);
  const error = new TonneError('EQUIVOCATION', {
    field: 'sequence',
    value: `${sequence} with header ${headerHash}`,
    expected: `header ${stored.storedHash}, which is stored`,
  });
  return { error, sequence };
}

function count(
  { metrics }: Acceptance,
  results: readonly WindowResult[],
  checked: readonly Checked[],
  { transport }: Origin,
): void {
  let [accepted, readings, duplicate] = [0, 0, 0];
  for (const [index, result] of results.entries()) {
    const one = checked[index];
    if (result.status === 'refused') metrics.refused(transport, result.error.code);
    else if (result.status === 'duplicate') duplicate++;
    else if (one !== undefined && isCandidate(one)) {
      accepted++;
      readings += one.window.readings.length;
      metrics.observeLag(one.receivedAt - one.window.header.closedAt);
    }
  }
  metrics.accepted(transport, accepted, readings);
  metrics.duplicate(transport, duplicate);
}
