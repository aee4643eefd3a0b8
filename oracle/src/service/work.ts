import type { Hex } from '@truetonne/protocol';
import type { ChainStatus } from '../api/context.ts';
import { forgetAnswers } from '../api/idempotency.ts';
import { createChainRounds } from '../chain/round.ts';
import type { PeriodKind } from '../domain/calendar.ts';
import { reviewFleet } from '../metering/alerts/alerts.ts';
import { createPeriodCloser } from '../metering/batches/close.ts';
import type { BatchFiles } from '../metering/batches/files.ts';
import { BATCH_ROOM } from '../metering/batches/seal.ts';
import { createCatchUp } from '../metering/judge/catchUp.ts';
import { compareCheckMeters } from '../metering/judge/checkMeters.ts';
import { readBoundDevices } from '../metering/judge/devices.ts';
import { judgeArrivals, judgeOverdue } from '../metering/judge/judge.ts';
import type { RecentWindows } from '../metering/judge/recent.ts';
import type { RuleBook } from '../metering/judge/ruleBook.ts';
import type { Endpoints } from '../rpc/endpoints.ts';
import type { Log } from '../runtime/log.ts';
import { startLoop } from '../runtime/loop.ts';
import { remember } from '../runtime/remember.ts';
import { createRest } from '../runtime/rest.ts';
import { readUnconfirmed } from '../store/batches.ts';
import { isReadingAgain } from '../store/chainCursor.ts';
import type { Database } from '../store/database/database.ts';
import { readCloseRequests } from '../store/progress.ts';
import type { OracleConfig } from './config.ts';

/** Periods are looked at every second; windows that come are judged together, four times a second. */
const JUDGE_PACE = { pauseMs: 1_000, leastMs: 250 };

/** Alerts of the fleet are opened and closed, and check meters compared, every few seconds. */
const FLEET_PACE = { pauseMs: 5_000, leastMs: 1_000 };

/** Reminders are made and sent every few seconds. */
const REMINDER_PACE = { pauseMs: 2_000, leastMs: 250 };

/** Organisations are looked for after a start; then there is nothing more to look for. */
const UPGRADE_PACE = { pauseMs: 5_000, leastMs: 50 };

/** Answers to idempotency keys are kept for a day: a minute more or less is nothing. */
const FORGET_PACE = { pauseMs: 60_000, leastMs: 50 };

/** Looking at the periods of all projects takes a tenth of the time at most; a request is met at once. */
const CLOSING_REST = { times: 9, mostMs: 60_000 };

/** Chunks of windows judged before other work has its turn. */
const MAX_CHUNKS = 50;

export interface WorkContext {
  readonly config: OracleConfig;
  readonly database: Database;
  readonly endpoints: Endpoints;
  readonly files: BatchFiles;
  readonly domain: Hex;
  readonly recent: RecentWindows;
  readonly rules: RuleBook;
  readonly waitSeconds: number;
  readonly now: () => number;
  readonly log: Log;
  readonly periodOfProject: (projectId: number) => PeriodKind;
  /** After events of the registry changed devices or projects. */
  readonly onRegistryChange: () => Promise<void>;
  /** Computes an organisation anew after an upgrade; answers whether there is another one. */
  readonly upgrade: (stopping: AbortSignal) => Promise<boolean>;
  /** Reminds of paid time that ends; answers whether there is more to do at once. */
  readonly remind: () => Promise<boolean>;
}

/** The work behind the API: reading the chain, judging, closing periods, submitting batches. */
export interface Work {
  readonly wakeJudge: () => void;
  readonly chainStatus: () => ChainStatus;
  readonly stop: () => Promise<void>;
}

export function startWork(context: WorkContext): Work {
  const { log, config } = context;
  let status: ChainStatus = {
    up: false,
    error: 'not asked yet',
    block: undefined,
    syncedBlock: undefined,
  };
  const judge = createJudge(context);
  const chainRound = createChainRounds({
    ...context,
    // At once, whatever becomes of the rest of the round.
    onRegistryChange: async () => {
      judge.forgetDevices();
      judging.wake();
      await context.onRegistryChange();
    },
    onAnew: judge.startAnew,
  });
  const judging = startLoop(
    async () => {
      const more = await judge.round();
      // A batch that was just sealed should not wait for the chain's next round.
      if ((await readUnconfirmed(context.database)).length > 0) chain.wake();
      return more;
    },
    JUDGE_PACE,
    (error) => log.error(error, 'judging failed; it is tried again'),
  );
  const chain = startLoop(
    async () => {
      const round = await chainRound();
      if (!status.up) log.info({ block: round.head }, 'the chain answers');
      status = { up: true, error: undefined, block: round.head, syncedBlock: round.synced };
      return round.more;
    },
    { pauseMs: config.pollMs, leastMs: Math.min(config.pollMs, 100) },
    (error) => {
      const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      if (status.up || status.error !== message)
        log.warn({ reason: message }, 'the chain does not answer');
      status = { ...status, up: false, error: message };
    },
  );
  const fleet = startFleetReview(context);
  const chores = startChores(context);
  const upgrading = startUpgrading(context);
  return {
    wakeJudge: judging.wake,
    chainStatus: () => status,
    stop: async () => {
      const parts = [judging, chain, fleet, chores, upgrading];
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}

function startFleetReview(context: WorkContext): Pick<Work, 'stop'> {
  return startLoop(
    async () => {
      await reviewFleet(context.database, context.now());
      return compareCheckMeters(context);
    },
    FLEET_PACE,
    (error) => context.log.error(error, 'reviewing the fleet failed; it is tried again'),
  );
}

/** What has to do with time alone: reminders, and answers that are kept no longer. */
function startChores({ database, now, remind, log }: WorkContext): Pick<Work, 'stop'> {
  const reminding = startLoop(remind, REMINDER_PACE, (error) =>
    log.warn({ err: error }, 'reminding failed; it is tried again'),
  );
  const forgetting = startLoop(
    () => forgetAnswers(database, now()),
    FORGET_PACE,
    (error) => log.warn({ err: error }, 'old answers were not deleted; it is tried again'),
  );
  return {
    stop: async () => {
      await Promise.all([reminding.stop(), forgetting.stop()]);
    },
  };
}

function startUpgrading({ upgrade, log }: WorkContext): Pick<Work, 'stop'> {
  const stopping = new AbortController();
  const loop = startLoop(
    () => upgrade(stopping.signal),
    UPGRADE_PACE,
    (error) => log.error(error, 'computing inventories anew failed; it is tried again'),
  );
  return {
    stop: async () => {
      stopping.abort();
      await loop.stop();
    },
  };
}

interface Judge {
  /** Answers whether there is more to judge. */
  readonly round: () => Promise<boolean>;
  /** Devices changed: they are read again. */
  readonly forgetDevices: () => void;
  /** Any of them may have windows to judge, as after a start. */
  readonly startAnew: () => void;
}

/** Judges what came, then closes what is over. Devices that were just bound are caught up with first. */
function createJudge(context: WorkContext): Judge {
  const { database, domain, config, recent, waitSeconds, rules } = context;
  const { now } = context;
  const judging = { database, domain, recent, waitSeconds, now, unfinished: new Set<number>() };
  const closer = createPeriodCloser({
    ...judging,
    files: context.files,
    batchRoom: BATCH_ROOM,
    graceSeconds: config.graceSeconds,
    periodOfProject: context.periodOfProject,
    submitter: lower(config.account.address),
  });
  let catchUp = createCatchUp(judging);
  const devices = remember(() => readBoundDevices(database, rules));
  const rest = createRest(CLOSING_REST);

  async function round(): Promise<boolean> {
    // Read before judging: what was acknowledged before a request came is judged before it is met.
    const requests = await readCloseRequests(database);
    const bound = await devices.get();
    await catchUp(bound);
    for (let chunks = 0; await judgeArrivals(judging, bound); chunks++) {
      if (chunks === MAX_CHUNKS) return true;
    }
    if (await judgeOverdue(judging, bound)) return true;
    // While the chain is read anew, the store doesn't know yet where crediting stands.
    const due = requests.size > 0 || rest.isOver();
    if (!due || (await isReadingAgain(database))) return false;
    return rest.after(() => closer.closePeriods(bound, requests));
  }
  return {
    round,
    forgetDevices: devices.forget,
    startAnew: () => {
      catchUp = createCatchUp(judging);
    },
  };
}

/** Addresses are stored and compared in lower case. */
function lower(address: Hex): Hex {
  // Proof: lower case changes no digit's value.
  return address.toLowerCase() as Hex;
}
