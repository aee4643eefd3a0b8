import { parseWindow, type Hex } from '@truetonne/protocol';
import { isReadingAgain } from '../../store/chainCursor.ts';
import type { Database, Session } from '../../store/database/database.ts';
import { saveFlags } from '../../store/flags.ts';
import { lockJudgement, saveFindings, saveHeads, saveMissed } from '../../store/judgement.ts';
import { savePresences } from '../../store/presences.ts';
import {
  findLastSequenceUntil,
  readArrivals,
  readNextWindows,
  type Arrival,
  type StoredBytes,
} from '../../store/ranges.ts';
import { addEnergy } from '../../store/rollups.ts';
import { readMark, saveSetting } from '../../store/settings.ts';
import {
  forgetWaiting,
  markWaiting,
  readHeldDevices,
  readOverdue,
  readPendingReplacements,
  saveWaiting,
  type PendingReplacement,
} from '../../store/waiting.ts';
import { readJudgeStates, type BoundDevice } from './devices.ts';
import { readPresences } from './presence.ts';
import type { RecentWindows } from './recent.ts';
import {
  walkOn,
  type ArrivedWindow,
  type JudgeState,
  type Walked,
  type WalkTerms,
} from './walk.ts';

/** Windows looked at in one transaction: small enough that the embedded database is free in between. */
const CHUNK = 1_000;

/** Windows of one device judged in one go. */
const PAGE = 500;

/** Pages judged in one transaction: a million windows that waited for one do not stop everybody else. */
const MAX_PAGES = 10;

export interface JudgeContext {
  readonly database: Database;
  readonly domain: Hex;
  readonly recent: RecentWindows;
  /** Unix seconds. */
  readonly now: () => number;
  /** How long a window waits for the one before it, or for the sign-off of a meter's replacement. */
  readonly waitSeconds: number;
  /** Devices whose row goes on beyond what was judged in one transaction: they go on next. */
  readonly unfinished: Set<number>;
}

type Devices = ReadonlyMap<number, BoundDevice>;

/**
 * Judges what arrived since the last time, in one transaction with the mark that says so. Returns
 * whether there may be more. Windows that continue a device's unbroken row are judged at once; those
 * beyond a gap wait; those whose place was judged as a gap before have missed their period.
 */
export async function judgeArrivals(context: JudgeContext, devices: Devices): Promise<boolean> {
  return context.database.transaction(async (session) => {
    if (!(await mayJudge(session))) return false;
    const arrivals = await readArrivals(session, await readMark(session), CHUNK);
    const mark = arrivals.at(-1)?.id;
    if (mark === undefined) return false;
    // Before judging takes windows out of memory that they are read from.
    await savePresences(session, await readPresences(session, context.recent, arrivals));
    await judgeNew(session, context, devices, arrivals, mark);
    await saveSetting(session, 'judgedThrough', String(mark));
    return arrivals.length === CHUNK;
  });
}

/**
 * Waits until nobody else judges; not so while the chain is read anew: what a device is and where its
 * crediting stands is not known then.
 */
async function mayJudge(session: Session): Promise<boolean> {
  await lockJudgement(session);
  return !(await isReadingAgain(session));
}

async function judgeNew(
  session: Session,
  context: JudgeContext,
  devices: Devices,
  arrivals: readonly Arrival[],
  mark: number,
): Promise<void> {
  const ofBound = arrivals.filter(({ deviceNumber }) => devices.has(deviceNumber));
  const byDevice = Map.groupBy(ofBound, ({ deviceNumber }) => deviceNumber);
  const bound = [...byDevice.keys()]
    .map((number) => devices.get(number))
    .filter((one) => one !== undefined);
  const states = await readJudgeStates(session, bound);
  const still = bound.filter(({ row }) => states.has(row.number));
  const before = (number: number): number => states.get(number)?.walk.lastSequence ?? 0;
  await saveMissed(
    session,
    ofBound.filter(({ deviceNumber, sequence }) => sequence <= before(deviceNumber)),
  );
  const continued = still.filter(({ row }) => {
    const next = before(row.number) + 1;
    return (byDevice.get(row.number) ?? []).some(({ sequence }) => sequence === next);
  });
  const held = await readPendingReplacements(session, context.now() - context.waitSeconds);
  const from = { context, mark, states, held, throughGapsTo: 0, pages: MAX_PAGES };
  const after = await judgeOn(session, continued, from);
  const judgedUpTo = (number: number): number => after.get(number) ?? before(number);
  await forgetWaiting(session, after);
  await saveWaiting(
    session,
    ofBound.filter(
      ({ deviceNumber, sequence }) =>
        states.has(deviceNumber) && sequence > judgedUpTo(deviceNumber),
    ),
  );
}

/**
 * Judges all that is stored of a device as far as it goes; what closes at or before `until` also
 * beyond gaps, because its period is being closed.
 */
export async function judgeDevice(
  context: JudgeContext,
  device: BoundDevice,
  until: number,
): Promise<void> {
  await context.database.transaction(async (session) => {
    if (!(await mayJudge(session))) return;
    const mark = await readMark(session);
    const states = await readJudgeStates(session, [device]);
    const after = states.get(device.row.number)?.walk.lastSequence ?? 0;
    const range = { deviceNumber: device.row.number, after, mark };
    const throughGapsTo = await findLastSequenceUntil(session, range, until);
    const from = { mark, states, throughGapsTo, pages: Infinity };
    const last = await judgeStored(session, context, device, from);
    // It may have been bound just now: what came before was not looked at.
    await markWaiting(session, device.row.number, last, mark);
  });
}

/**
 * Judges windows that waited to their deadline, or for a sign-off that came or is waited for no more,
 * and goes on where judging stopped for others to have their turn. Returns whether there is more.
 */
export async function judgeOverdue(context: JudgeContext, devices: Devices): Promise<boolean> {
  const overdue = await readOverdue(context.database, context.now() - context.waitSeconds);
  const held = await readHeldDevices(context.database);
  for (const number of new Set([...overdue.keys(), ...held, ...context.unfinished])) {
    context.unfinished.delete(number);
    const device = devices.get(number);
    if (device === undefined) continue;
    await context.database.transaction(async (session) => {
      if (!(await mayJudge(session))) return;
      const mark = await readMark(session);
      const states = await readJudgeStates(session, [device]);
      const throughGapsTo = overdue.get(number) ?? 0;
      const from = { mark, states, throughGapsTo, pages: MAX_PAGES };
      await judgeStored(session, context, device, from);
    });
  }
  return context.unfinished.size > 0;
}

async function judgeStored(
  session: Session,
  context: JudgeContext,
  device: BoundDevice,
  from: Omit<JudgeFrom, 'context' | 'held'>,
): Promise<number> {
  const { number } = device.row;
  const held = await readPendingReplacements(session, context.now() - context.waitSeconds);
  const after = await judgeOn(session, [device], { context, held, ...from });
  const last = after.get(number) ?? from.states.get(number)?.walk.lastSequence ?? 0;
  await forgetWaiting(session, new Map([[number, last]]));
  return last;
}

interface JudgeFrom {
  readonly context: JudgeContext;
  /** Windows stored after this id are left for the next time. */
  readonly mark: number;
  readonly states: ReadonlyMap<number, JudgeState>;
  readonly held: ReadonlyMap<number, PendingReplacement>;
  readonly throughGapsTo: number;
  /** Most pages of a device. */
  readonly pages: number;
}

/**
 * Judges devices side by side, page by page, with a handful of statements for all of them. Answers how
 * far those came that moved on.
 */
async function judgeOn(
  session: Session,
  devices: readonly BoundDevice[],
  from: JudgeFrom,
): Promise<ReadonlyMap<number, number>> {
  const { recent, domain } = from.context;
  const states = new Map(from.states);
  const moved = new Map<number, number>();
  const judgePages = async (
    pageOf: (device: BoundDevice, state: JudgeState) => Iterable<ArrivedWindow>,
    of: readonly BoundDevice[],
  ): Promise<readonly Walked[]> => {
    const walked = of.flatMap((device) => {
      const state = states.get(device.row.number);
      if (state === undefined) return [];
      return [walkOn(state, pageOf(device, state), termsOfWalk(device, from))];
    });
    const steps = walked.filter(({ step }) => step.windows > 0);
    await saveWalked(session, steps, of);
    for (const { step } of steps) {
      const { checksUntil = 0 } = states.get(step.deviceNumber) ?? {};
      states.set(step.deviceNumber, { walk: step.state, memory: step.memory, checksUntil });
      moved.set(step.deviceNumber, step.state.lastSequence);
    }
    return steps;
  };

  await judgePages(
    ({ row }, { walk }) => recent.takeRow(row.number, walk.lastSequence, from.mark),
    devices,
  );
  let rest = devices.filter(({ row }) => states.has(row.number));
  for (let page = 0; rest.length > 0 && page < from.pages; page++) {
    const after = new Map(
      rest.map(({ row }) => [row.number, states.get(row.number)?.walk.lastSequence ?? 0]),
    );
    const pages = await readNextWindows(session, after, from.mark, PAGE);
    const steps = await judgePages(
      ({ row }) => parseAll(pages.get(row.number) ?? [], domain),
      rest,
    );
    const full = new Set(
      steps.filter(({ step }) => step.windows === PAGE).map(({ step }) => step.deviceNumber),
    );
    rest = rest.filter(({ row }) => full.has(row.number));
  }
  for (const { row } of rest) from.context.unfinished.add(row.number);
  return moved;
}

/** Parses only as far as someone reads on. */
function* parseAll(page: readonly StoredBytes[], domain: Hex): Generator<ArrivedWindow> {
  for (const { bytes, receivedAt } of page)
    yield { window: parseWindow(bytes, domain), receivedAt };
}

function termsOfWalk(
  { row, projectId, capacityW, terms, site, rules }: BoundDevice,
  { throughGapsTo, held }: JudgeFrom,
): WalkTerms {
  const { number } = row;
  const holdAfter = held.get(number)?.sequence;
  return {
    ...{ deviceNumber: number, projectId, capacityW, project: terms, site, rules },
    ...{ throughGapsTo, holdAfter },
  };
}

async function saveWalked(
  session: Session,
  walked: readonly Walked[],
  devices: readonly BoundDevice[],
): Promise<void> {
  const owners = new Map(
    devices.map(({ row, projectId, terms }) => [
      row.number,
      { projectId, utcOffsetMinutes: terms.utcOffsetMinutes },
    ]),
  );
  await saveHeads(
    session,
    walked.map(({ step }) => step),
  );
  await saveFindings(
    session,
    walked.flatMap(({ findings }) => findings),
  );
  await saveFlags(
    session,
    walked.flatMap(({ flags }) => flags),
  );
  await addEnergy(
    session,
    walked.flatMap(({ hours }) => hours),
    // Proof: only devices that were judged have hours.
    (number) => owners.get(number) ?? { projectId: 0, utcOffsetMinutes: 0 },
  );
}
