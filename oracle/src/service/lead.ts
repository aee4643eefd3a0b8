import type { ChainStatus } from '../api/context.ts';
import type { Endpoints } from '../rpc/endpoints.ts';
import type { Log } from '../runtime/log.ts';
import { startLoop } from '../runtime/loop.ts';
import type { Database } from '../store/database/database.ts';
import { leadAlone, leadOnPostgres, type Leadership } from '../store/database/leadership.ts';
import { findSetting } from '../store/settings.ts';
import type { OracleConfig } from './config.ts';
import type { Work } from './work.ts';

/** How often an oracle that does not lead looks whether devices changed. */
const FOLLOW_PACE = { pauseMs: 1_000, leastMs: 100 };

export interface LeadContext {
  readonly config: OracleConfig;
  readonly database: Database;
  readonly log: Log;
  readonly endpoints: Endpoints;
  /** Begins judging, batching and submitting. */
  readonly startWork: () => Work;
  /** Reads devices and projects again. */
  readonly reload: () => Promise<void>;
}

/** The work of the one oracle that leads, wherever that is. */
export interface LedWork extends Work {
  readonly isLeader: () => boolean;
}

/**
 * Works while this oracle leads. Otherwise another oracle on the database does; this one takes windows
 * in, and follows what the leader learns of devices.
 */
export function lead(context: LeadContext): LedWork {
  const { config, database, log } = context;
  let work: Work | undefined;
  const follower = createFollower(context, () => work === undefined);
  const begin = (): void => {
    log.info('this oracle leads: it judges, batches and submits');
    work = context.startWork();
  };
  const end = async (): Promise<void> => {
    const ending = work;
    work = undefined;
    await ending?.stop();
  };
  const leadership = takePart(config, database, { begin, end }, log);
  return {
    isLeader: () => work !== undefined,
    wakeJudge: () => work?.wakeJudge(),
    chainStatus: () => work?.chainStatus() ?? follower.chainStatus(),
    stop: async () => {
      await follower.stop();
      await leadership?.stop();
    },
  };
}

function takePart(
  { transports, databaseUrl }: OracleConfig,
  database: Database,
  ends: Parameters<typeof leadAlone>[0],
  log: Log,
): Leadership | undefined {
  if (transports.role === 'ingest') return undefined;
  if (database.kind === 'pglite' || databaseUrl === undefined) return leadAlone(ends);
  return leadOnPostgres(databaseUrl, ends, (error) => {
    log.warn({ reason: error.message }, 'the connection that decides who leads broke');
  });
}

/** Follows the leader: devices as it knows them, the chain as this oracle sees it. */
function createFollower(
  { endpoints, database, reload, config }: LeadContext,
  follows: () => boolean,
): { readonly chainStatus: () => ChainStatus; readonly stop: () => Promise<void> } {
  let version: string | undefined;
  let status: ChainStatus = {
    ...{ up: false, error: 'not asked yet', block: undefined, syncedBlock: undefined },
  };
  const registry = startLoop(
    async () => {
      const found = await findSetting(database, 'registryVersion');
      if (follows() && found !== version) await reload();
      version = found;
      return false;
    },
    FOLLOW_PACE,
    () => undefined,
  );
  const chain = startLoop(
    async () => {
      if (!follows()) return false;
      const block = Number(await endpoints.use((client) => client.getBlockNumber()));
      status = { ...status, up: true, error: undefined, block };
      return false;
    },
    { pauseMs: Math.max(config.pollMs, 1_000), leastMs: 100 },
    (error) => {
      status = {
        ...status,
        up: false,
        error: error instanceof Error ? error.message : String(error),
      };
    },
  );
  return {
    chainStatus: () => status,
    stop: async () => {
      await Promise.all([registry.stop(), chain.stop()]);
    },
  };
}
