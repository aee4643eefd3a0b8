import { batchIdOf, TonneError, type Hex } from '@truetonne/protocol';
import type { TenantSession } from '../../store/database/tenant.ts';
import { readWindowsAround } from '../../store/history.ts';
import { readingsOf } from '../../store/readings.ts';
import {
  citationOf,
  toCitation,
  type Citation,
  type CitedDevice,
  type CitedRegister,
  type CitedSpan,
} from './citation.ts';
import {
  readChain,
  readCitations,
  readHoldingBatches,
  readOwnDevices,
  type OwnDevice,
} from './store.ts';

/** How far before a border of the span its register may have been read. */
const BORDER_SECONDS = 3600;

/**
 * Computes what devices imported in a span from their signed registers. Every window between the two
 * registers has to be stored and follow on from the one before, and none may be void.
 *
 * @throws TonneError READINGS_NOT_OWN, READINGS_MISSING, READINGS_VOID
 */
export async function resolveCitation(session: TenantSession, span: CitedSpan): Promise<Citation> {
  if (span.from >= span.until) {
    const expected = `before ${span.until}`;
    throw missing('readings.from', String(span.from), expected);
  }
  const own = new Map((await readOwnDevices(session)).map((one) => [one.deviceId, one]));
  const devices: CitedDevice[] = [];
  for (const deviceId of new Set(span.deviceIds)) {
    const device = own.get(deviceId);
    if (device === undefined) {
      const expected = 'a device that belongs to the wallet of an owner, admin or editor';
      throw new TonneError('READINGS_NOT_OWN', { field: 'deviceIds', value: deviceId, expected });
    }
    devices.push(await resolveDevice(session, device, span));
  }
  return toCitation(span, devices);
}

/** Throws what is wrong with a citation today: readings are gone, void, or say something else. */
export async function assertSound(session: TenantSession, citation: Citation): Promise<void> {
  const { from, until } = citation;
  const deviceIds = citation.devices.map(({ deviceId }) => deviceId);
  const today = await resolveCitation(session, { deviceIds, from, until });
  if (today.importWh === citation.importWh) return;
  const expected = `${citation.importWh} Wh, as they said when they were cited`;
  throw new TonneError('READINGS_DIFFER', { field: 'readings', value: today.importWh, expected });
}

/** No energy is counted twice. To be asked while the inventory is held. Throws READINGS_CITED. */
export async function assertNotCited(
  session: TenantSession,
  citation: Citation,
  exceptId?: number,
): Promise<void> {
  for (const { id, citation: text } of await readCitations(session, exceptId)) {
    const other = citationOf({ citation: text });
    const shared = other?.devices.find((theirs) =>
      citation.devices.some((ours) => ours.deviceId === theirs.deviceId && isShared(ours, theirs)),
    );
    if (shared === undefined) continue;
    throw new TonneError('READINGS_CITED', {
      ...{ field: 'readings', value: shared.deviceId },
      expected: `readings that activity ${id} does not cite`,
    });
  }
}

function isShared(a: CitedDevice, b: CitedDevice): boolean {
  return a.opening.at < b.closing.at && b.opening.at < a.closing.at;
}

async function resolveDevice(
  session: TenantSession,
  device: OwnDevice,
  { from, until }: CitedSpan,
): Promise<CitedDevice> {
  const { number, deviceId } = device;
  const { register: opening, endsWindow } = await findRegister(session, device, from);
  const { register: closing } = await findRegister(session, device, until);
  assertInForce(device, closing);
  // A claim is no window; the first window follows on from it.
  const start = Math.max(1, opening.sequence);
  const { stored, brokenAt } = await readChain(session, number, start, closing.sequence);
  const needed = closing.sequence - start + 1;
  if (stored !== needed) {
    const value = `${stored} windows of ${deviceId}`;
    throw missing('readings', value, `${needed}, from ${start} to ${closing.sequence}`);
  }
  if (brokenAt !== undefined) {
    const value = `window ${brokenAt} of ${deviceId}`;
    throw missing(
      'readings',
      value,
      'one that follows on from the one before; cite both sides apart',
    );
  }
  // What a window measured after the opening register is cited too.
  const first = endsWindow ? opening.sequence + 1 : opening.sequence;
  const held = await readHoldingBatches(session, number, first, closing.sequence);
  for (const batch of held) assertStands(batch);
  return {
    ...{ deviceId, opening, closing, windows: needed },
    importWh: String(BigInt(closing.importWh) - BigInt(opening.importWh)),
    batches: held.map((batch) => ({
      batchId: String(batchIdOf(batch.projectId, batch.number)),
      root: batch.root,
    })),
  };
}

interface FoundRegister {
  readonly register: CitedRegister;
  /** Whether it is the last one of its window. */
  readonly endsWindow: boolean;
}

/** The last register that a device signed at or before a time. */
async function findRegister(
  session: TenantSession,
  { number, deviceId, claimedAt, claimHash, claimImportWh }: OwnDevice,
  at: number,
): Promise<FoundRegister> {
  const around = await readWindowsAround(session, number, at);
  const read = around.flatMap(({ sequence, headerHash: leaf, bytes }) =>
    readingsOf(bytes).map(({ at: readAt, importWh }, index, { length }) => ({
      register: {
        ...{ readingId: `${deviceId}.${sequence}.${index}`, sequence, leaf },
        ...{ at: readAt, importWh: String(importWh) },
      },
      endsWindow: index === length - 1,
    })),
  );
  const claim = { readingId: null, sequence: 0, leaf: claimHash, at: claimedAt };
  const claimed = { register: { ...claim, importWh: claimImportWh }, endsWindow: true };
  const all: FoundRegister[] = [claimed, ...read];
  const found = all.findLast(({ register }) => register.at <= at);
  if (found !== undefined && found.register.at >= at - BORDER_SECONDS) return found;
  const next = all.find(({ register }) => register.at > at);
  const near = [found, next].flatMap((one) =>
    one === undefined ? [] : [timeText(one.register.at)],
  );
  throw missing(
    'readings',
    `none of ${deviceId} in the hour before ${timeText(at)}`,
    near.length === 0 ? 'a time in which it measured' : `a time such as ${near.join(' or ')}`,
  );
}

function assertInForce({ deviceId, frozen, revokedFrom }: OwnDevice, closing: CitedRegister): void {
  if (frozen)
    throw isVoid(deviceId, 'its key was copied, so nothing that it signed can be relied on');
  if (revokedFrom !== null && closing.at >= revokedFrom) {
    throw isVoid(deviceId, `it was revoked from ${timeText(revokedFrom)} on`);
  }
}

function assertStands({
  projectId,
  number,
  settled,
}: {
  readonly projectId: number;
  readonly number: number;
  readonly settled: string | null;
}): void {
  if (settled !== 'rejected' && settled !== 'voided') return;
  throw isVoid(`batch ${batchIdOf(projectId, number)}`, `it was ${settled}`);
}

function isVoid(value: string, why: string): TonneError {
  const expected = `readings that stand; ${why}`;
  return new TonneError('READINGS_VOID', { field: 'readings', value, expected });
}

function missing(field: string, value: string, expected: string): TonneError {
  return new TonneError('READINGS_MISSING', { field, value, expected });
}

function timeText(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000', '');
}

/** Proof: the parameter's schema takes nothing but 0x and 64 hex digits. */
export const toDeviceIds = (ids: readonly string[]): readonly Hex[] =>
  ids.map((id) => id.toLowerCase() as Hex);
