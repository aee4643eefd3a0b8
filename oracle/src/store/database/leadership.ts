import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Any number; it marks "judges, batches and submits" among the advisory locks. */
const LEAD_LOCK = 0x7474_6f72;

const PAUSE_MS = 1_000;
const HEARTBEAT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * How long an oracle that takes over waits first. A leader whose connection broke without its knowing
 * finds out within a heartbeat and its timeout, and ends its work in this time.
 */
const HANDOVER_MS = 6_000;

/** What an oracle does when it becomes the one that judges, and when it is no longer. */
export interface Lead {
  readonly begin: () => void;
  /** Returns when the work has ended. */
  readonly end: () => Promise<void>;
}

export interface Leadership {
  /** Ends the work, then lets another oracle have it. */
  readonly stop: () => Promise<void>;
}

/** For a database that one process works with: it leads from beginning to end. */
export function leadAlone({ begin, end }: Lead): Leadership {
  begin();
  return { stop: end };
}

/**
 * Among the oracles on a PostgreSQL database, one at a time leads: the one that holds an advisory
 * lock. The lock lives as long as its connection, so it is free again when the process dies.
 */
export function leadOnPostgres(
  url: string,
  { begin, end }: Lead,
  onTrouble: (error: Error) => void,
): Leadership {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number): Promise<unknown> =>
    sleep(ms, undefined, { signal }).catch(() => undefined);

  /** From connecting until the connection breaks or the oracle stops. */
  async function campaign(client: pg.Client): Promise<void> {
    const broken = new Promise<void>((resolve) => void client.once('end', () => resolve()));
    await client.connect();
    let others = false;
    while (!signal.aborted && !(await tryLock(client))) {
      others = true;
      await pause(PAUSE_MS);
    }
    if (others) await pause(HANDOVER_MS);
    if (signal.aborted) return;
    // It may have broken while this oracle waited for the one before.
    await client.query('SELECT 1');
    begin();
    try {
      await Promise.race([broken, beat(client, signal)]);
    } finally {
      await end();
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const client = new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        query_timeout: HEARTBEAT_MS,
        application_name: 'truetonne-leader',
      });
      client.on('error', onTrouble);
      await campaign(client).catch((error: unknown) => {
        onTrouble(error instanceof Error ? error : new Error(String(error)));
      });
      await client.end().catch(() => undefined);
      await pause(PAUSE_MS);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS taken',
    [LEAD_LOCK],
  );
  return rows[0]?.taken === true;
}

/** Asks the server again and again; throws when it does not answer in time. */
async function beat(client: pg.Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await client.query('SELECT 1');
  }
}
