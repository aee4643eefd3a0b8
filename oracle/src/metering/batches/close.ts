import type { Hex } from '@truetonne/protocol';
import type { PeriodKind } from '../../domain/calendar.ts';
import { closingCandidates, type ClosingCandidate } from '../../domain/periods.ts';
import { retryDelay } from '../../domain/submission.ts';
import { readRefusals, readUnconfirmed } from '../../store/batches.ts';
import { readBehind } from '../../store/presences.ts';
import {
  findLastReceipt,
  forgetCloseRequest,
  readStandings,
  type DeviceStanding,
} from '../../store/progress.ts';
import { readProjects } from '../../store/registry.ts';
import type { ProjectRow } from '../../store/tables/schema.ts';
import type { BoundDevice } from '../judge/devices.ts';
import { judgeDevice } from '../judge/judge.ts';
import { sealNext, type Sealing } from './seal.ts';

export interface Closing extends Sealing {
  readonly graceSeconds: number;
  readonly periodOfProject: (projectId: number) => PeriodKind;
  /** Wallet that signs submissions: projects of other submitters are left to them. */
  readonly submitter: Hex;
}

/** Closes periods; remembers what it tried in vain, so that it tries again only when something changed. */
export interface PeriodCloser {
  /**
   * Seals at most one batch, of the first project in turn that has one, and answers whether there was
   * one: judging has its turn before the next. Requests are those read before the last judgement.
   *
   * @throws AggregateError of what kept projects from closing, after the others had their turn
   */
  readonly closePeriods: (
    devices: ReadonlyMap<number, BoundDevice>,
    requests: ReadonlyMap<number, number>,
  ) => Promise<boolean>;
}

export function createPeriodCloser(closing: Closing): PeriodCloser {
  const triedInVain = new Map<number, string>();
  let lastTurn = 0;
  async function closeProject(
    project: ProjectRow,
    devices: readonly BoundDevice[],
    closeUntil: number | undefined,
  ): Promise<boolean> {
    const standings = await readStandings(closing.database, project.id);
    if (hasStranger(standings, devices)) return false;
    const candidates = candidatesOf(closing, project, standings, closeUntil);
    const attempt = JSON.stringify([candidates, standings]);
    if (triedInVain.get(project.id) === attempt || (await isWaiting(closing, project)))
      return false;
    const result = await closeFirst(closing, project, devices, candidates);
    if (result !== 'nothing') return result === 'sealed';
    triedInVain.set(project.id, attempt);
    if (closeUntil !== undefined)
      await forgetCloseRequest(closing.database, project.id, closeUntil);
    return false;
  }
  return {
    async closePeriods(devices, requests) {
      const underWay = new Set(
        (await readUnconfirmed(closing.database)).map((row) => row.projectId),
      );
      const byProject = Map.groupBy(devices.values(), ({ projectId }) => projectId);
      const failures: unknown[] = [];
      let anySealed = false;
      for (const project of startingAfter(lastTurn, await readProjects(closing.database))) {
        if (project.submitter !== closing.submitter || underWay.has(project.id)) continue;
        lastTurn = project.id;
        const own = byProject.get(project.id) ?? [];
        // What keeps one project from closing is no reason for the others to wait.
        anySealed = await closeProject(project, own, requests.get(project.id)).catch(
          (error: unknown) => {
            failures.push(new Error(`project ${project.id} can't close`, { cause: error }));
            return false;
          },
        );
        if (anySealed) break;
      }
      if (failures.length > 0) throw new AggregateError(failures, 'some projects did not close');
      return anySealed;
    },
  };
}

/** Those after the one whose turn was last come first, so that none waits for ever behind the others. */
function startingAfter(last: number, projects: readonly ProjectRow[]): readonly ProjectRow[] {
  return [...projects.filter(({ id }) => id > last), ...projects.filter(({ id }) => id <= last)];
}

/** Whether windows wait of a device that was bound since the devices were read: the next round knows it. */
function hasStranger(
  standings: readonly DeviceStanding[],
  devices: readonly BoundDevice[],
): boolean {
  const known = new Set(devices.map(({ row }) => row.number));
  return standings.some(
    ({ deviceNumber, firstPending }) => firstPending !== undefined && !known.has(deviceNumber),
  );
}

function candidatesOf(
  closing: Closing,
  project: ProjectRow,
  standings: readonly DeviceStanding[],
  closeUntil: number | undefined,
): readonly ClosingCandidate[] {
  return closingCandidates({
    kind: closing.periodOfProject(project.id),
    utcOffsetMinutes: project.utcOffsetMinutes,
    now: closing.now(),
    graceSeconds: closing.graceSeconds,
    closeUntil,
    devices: standings.map(({ revoked, judgedUntil, firstPending, lastPending }) => ({
      expected: !revoked,
      judgedUntil,
      pending:
        firstPending === undefined
          ? undefined
          : { first: firstPending, last: Math.max(lastPending ?? firstPending, judgedUntil) },
    })),
  });
}

/** After a refusal the project pauses, longer each time. */
async function isWaiting({ database, now }: Closing, project: ProjectRow): Promise<boolean> {
  const { refusals, lastAt } = await readRefusals(database, project.id, project.batchCount + 1);
  return refusals > 0 && now() < lastAt + retryDelay(refusals);
}

/** Seals the first candidate that has anything to seal. `quiet`: one of them still has to be waited for. */
async function closeFirst(
  closing: Closing,
  project: ProjectRow,
  devices: readonly BoundDevice[],
  candidates: readonly ClosingCandidate[],
): Promise<'sealed' | 'waiting' | 'nothing'> {
  for (const { period, onlyIfQuiet } of candidates) {
    if (onlyIfQuiet && !(await isQuiet(closing, project.id, period.end))) return 'waiting';
    for (const device of await whatIsBehind(closing, devices))
      await judgeDevice(closing, device, period.end);
    if (await sealNext(closing, project, devices, period)) return 'sealed';
  }
  return 'nothing';
}

/** Judging has something to do for a device only where windows wait: seldom, at the end of a period. */
async function whatIsBehind(
  { database }: Closing,
  devices: readonly BoundDevice[],
): Promise<readonly BoundDevice[]> {
  const behind = await readBehind(
    database,
    devices.map(({ row }) => row.number),
  );
  return devices.filter(({ row }) => behind.has(row.number));
}

async function isQuiet(
  { database, now, graceSeconds }: Closing,
  projectId: number,
  until: number,
): Promise<boolean> {
  return (await findLastReceipt(database, projectId, until)) + graceSeconds <= now();
}
