import {
  buildTree,
  concatBytes,
  joinLeaves,
  parseWindow,
  rootOf,
  type Finding,
  type Hex,
  type SealedWindow,
} from '@truetonne/protocol';
import type { Period } from '../../domain/calendar.ts';
import { planBatch, type BatchPlan, type PendingDevice } from '../../domain/plan.ts';
import { placeAdjustments } from '../../domain/statements/place.ts';
import { saveSealed, type NewBatchDevice } from '../../store/batches.ts';
import { isReadingAgain } from '../../store/chainCursor.ts';
import type { Session } from '../../store/database/database.ts';
import {
  lockJudgement,
  readFindingsIn,
  readHeads,
  saveFindings,
  type NewFinding,
} from '../../store/judgement.ts';
import { findLastSequenceUntil, readWindows, type SequenceRange } from '../../store/ranges.ts';
import { findProject, readDevices } from '../../store/registry.ts';
import { readMark } from '../../store/settings.ts';
import type { ProjectRow } from '../../store/tables/schema.ts';
import { findWindowIndex } from '../../store/windows.ts';
import { termsOf, type BoundDevice } from '../judge/devices.ts';
import type { JudgeContext } from '../judge/judge.ts';
import { readAdjustments, saveMetAdjustments } from './adjustments.ts';
import { packBatch, type BatchFiles } from './files.ts';

/**
 * Bounds of one batch. A closing costs at most 25,000 gas on Polygon and a transaction holds 16.7
 * million (EIP-7825). Readings are held parsed while the file is made, half a kilobyte each, and a
 * window holds as much as four; one that is larger goes on in the next batch of the period.
 */
const MAX_DEVICES = 400;
export const BATCH_ROOM = 1_000_000;
const WINDOW_WEIGHT = 4;
/** Windows read at a time. */
const PAGE = 500;

export interface Sealing extends JudgeContext {
  readonly files: BatchFiles;
  /** Readings that are held for one batch, more or less. */
  readonly batchRoom: number;
  readonly now: () => number;
}

/**
 * Seals the next batch of a project for a period: its windows, file and root are fixed and stored for
 * good before this returns. Returns whether there was one to seal. When the chain moved meanwhile,
 * nothing is stored, and the next round sees where it stands.
 */
export async function sealNext(
  sealing: Sealing,
  project: ProjectRow,
  devices: readonly BoundDevice[],
  period: Period,
): Promise<boolean> {
  let rest = devices;
  while (rest.length > 0) {
    const { pending, taken } = await readPending(sealing, rest, period);
    const plan = planBatch(pending, termsOf(project), period);
    if (plan !== undefined) {
      await seal(sealing, project, rest, plan);
      return true;
    }
    rest = rest.slice(taken);
  }
  return false;
}

/** Loads devices with their judged windows up to a period's end, as many as one batch may hold. */
async function readPending(
  { database, domain, batchRoom }: Sealing,
  devices: readonly BoundDevice[],
  period: Period,
): Promise<{ readonly pending: readonly PendingDevice[]; readonly taken: number }> {
  const mark = await readMark(database);
  const numbers = devices.slice(0, MAX_DEVICES).map(({ row }) => row.number);
  const heads = new Map(
    (await readHeads(database, numbers)).map((head) => [head.deviceNumber, head]),
  );
  const pending: PendingDevice[] = [];
  let room = batchRoom;
  let taken = 0;
  for (const device of devices.slice(0, MAX_DEVICES)) {
    if (room <= 0) break;
    taken++;
    const judged = heads.get(device.row.number)?.lastSequence ?? 0;
    const walked = { judged, mark, domain };
    const loaded = await readPendingDevice(database, device, walked, period.end, room);
    if (loaded.windows.length > 0) pending.push(loaded);
    room -= weightOf(loaded.windows);
  }
  return { pending, taken };
}

function weightOf(windows: readonly SealedWindow[]): number {
  return windows.reduce((sum, { readings }) => sum + readings.length + WINDOW_WEIGHT, 0);
}

/** The first windows of a range, page by page until they have no room. */
async function readAsRoomAllows(
  session: Session,
  range: SequenceRange,
  domain: Hex,
  room: number,
): Promise<readonly SealedWindow[]> {
  const found: SealedWindow[] = [];
  let [left, after] = [room, range.after];
  while (left > 0) {
    const rows = await readWindows(session, { ...range, after }, PAGE);
    const page = rows.map(({ bytes }) => parseWindow(bytes, domain));
    found.push(...page);
    left -= weightOf(page);
    if (rows.length < PAGE) break;
    after = rows.at(-1)?.sequence ?? after;
  }
  return found;
}

async function readPendingDevice(
  session: Session,
  { row, capacityW }: BoundDevice,
  walked: { readonly judged: number; readonly mark: number; readonly domain: Hex },
  until: number,
  room: number,
): Promise<PendingDevice> {
  const { number: deviceNumber, creditedSequence } = row;
  const range = { deviceNumber, after: creditedSequence, upTo: walked.judged, mark: walked.mark };
  const upTo = await findLastSequenceUntil(session, range, until);
  const windows =
    upTo === 0 ? [] : await readAsRoomAllows(session, { ...range, upTo }, walked.domain, room);
  const found = upTo === 0 ? [] : await readFindingsIn(session, { ...range, upTo });
  return {
    deviceId: row.deviceId,
    publicKey: row.publicKey,
    capacityW,
    revokedFrom: row.revokedFrom ?? undefined,
    opening: {
      sequence: creditedSequence,
      closedAt: row.creditedClosedAt,
      exportWh: row.creditedExportWh,
      importWh: row.creditedImportWh,
    },
    openingHash:
      row.openingHash ??
      (creditedSequence === 0
        ? row.claimHash
        : (await findWindowIndex(session, deviceNumber, creditedSequence))?.headerHash),
    windows,
    deductions: Map.groupBy(found, ({ sequence }) => sequence),
  };
}

async function seal(
  { database, files, domain, now }: Sealing,
  project: ProjectRow,
  devices: readonly BoundDevice[],
  judged: BatchPlan,
): Promise<void> {
  const { plan, met, placed } = placeAdjustments(
    judged,
    await readAdjustments(database, project, judged),
  );
  const number = project.batchCount + 1;
  const root = rootOf(
    await buildTree(joinLeaves(plan.windows.map(({ headerHash }) => headerHash))),
  );
  const file = await packBatch({ ...plan, domain, projectId: project.id, number });
  await files.save(file);
  const numbers = new Map(devices.map(({ row }) => [row.deviceId, row.number]));
  const { crossing, vintage, periodStart, periodEnd, exportedWh, importedWh, deductedWh } = plan;
  const batch = {
    ...{ crossing, vintage, periodStart, periodEnd, exportedWh, importedWh, deductedWh },
    projectId: project.id,
    number,
    root,
    fileDigest: file.fileDigest,
    cid: file.cid,
    fileSize: file.bytes.length,
    windowCount: plan.windows.length,
    readingCount: plan.windows.reduce((sum, { readings }) => sum + readings.length, 0),
    sealedAt: now(),
  };
  await database.transaction(async (session) => {
    await lockJudgement(session);
    if (!(await isCurrent(session, project, plan))) return;
    const batchKey = await saveSealed(session, batch, recordsOf(plan, numbers));
    await saveMetAdjustments(session, batchKey, met);
    await saveFindings(session, findingsOf(plan, placed, numbers, batchKey));
  });
}

/** What statements left out, as readings show it. */
function findingsOf(
  { windows }: BatchPlan,
  placed: readonly Finding[],
  numbers: ReadonlyMap<Hex, number>,
  batchKey: number,
): readonly NewFinding[] {
  return placed.flatMap(({ windowIndex, readingIndex, reason, deductedWh }) => {
    const window = windows[windowIndex];
    const deviceNumber = window && numbers.get(window.header.deviceId);
    if (window === undefined || deviceNumber === undefined) return [];
    const { sequence, closedAt } = window.header;
    const at = window.readings[readingIndex]?.at ?? closedAt;
    return [{ deviceNumber, sequence, readingIndex, at, reason, deductedWh, batchKey }];
  });
}

/** True when project and devices still stand where the plan began. */
async function isCurrent(session: Session, project: ProjectRow, plan: BatchPlan): Promise<boolean> {
  if (await isReadingAgain(session)) return false;
  if ((await findProject(session, project.id))?.batchCount !== project.batchCount) return false;
  const rows = await readDevices(session, { projectId: project.id });
  const opening = new Map(
    rows
      .filter(({ frozenSequence }) => frozenSequence === null)
      .map((row) => [row.deviceId, `${row.creditedSequence}.${row.creditedClosedAt}`]),
  );
  return plan.devices.every(
    (device) =>
      opening.get(device.deviceId) === `${device.opening.sequence}.${device.opening.closedAt}`,
  );
}

function recordsOf(plan: BatchPlan, numbers: ReadonlyMap<Hex, number>): readonly NewBatchDevice[] {
  return plan.devices.flatMap(
    ({ deviceId, publicKey, opening, closing, exportedWh, importedWh }) => {
      const deviceNumber = numbers.get(deviceId);
      if (deviceNumber === undefined) return [];
      const { sequence, closedAt, exportWh, importWh } = closing.header;
      const record = concatBytes([publicKey, closing.signature, closing.headerBytes]);
      return [
        {
          deviceNumber,
          openingSequence: opening.sequence,
          closing: { sequence, closedAt, exportWh, importWh },
          exportedWh,
          importedWh,
          record,
        },
      ];
    },
  );
}
