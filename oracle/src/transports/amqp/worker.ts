import { setTimeout as sleep } from 'node:timers/promises';
import type { Acceptance } from '../../metering/ingest/accept.ts';
import type { Log } from '../../runtime/log.ts';
import { runSession } from './session.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

export interface WorkerContext {
  readonly acceptance: Acceptance;
  readonly log: Log;
  /** One or more nodes of a cluster, joined by commas: amqp://user:password@host:port/vhost */
  readonly amqpUrl: string;
}

/** Takes devices' messages from RabbitMQ. */
export interface AmqpWorker {
  /** Whether queues were declared and outlast a crash, so that what a broker acknowledges is kept. */
  readonly isReady: () => boolean;
  readonly isUp: () => boolean;
  readonly unacknowledged: () => number;
  readonly stop: () => Promise<void>;
}

/** Connects, and connects again whenever the connection breaks, to the next node in turn. */
export function startWorker({ acceptance, log, amqpUrl }: WorkerContext): AmqpWorker {
  const urls = amqpUrl.split(',').map((url) => url.trim());
  const stopping = new AbortController();
  const { signal } = stopping;
  const atWork = new Set<Promise<void>>();
  let [up, lasting, failures] = [false, false, 0];
  const onUp = (): void => {
    [up, failures] = [true, 0];
    log.info('windows come from RabbitMQ');
  };
  const onLasting = (): void => {
    lasting = true;
  };

  async function run(): Promise<void> {
    for (let turn = 0; !signal.aborted; turn++) {
      const url = urls[turn % urls.length] ?? amqpUrl;
      try {
        await runSession({ acceptance, log, atWork, stopping: signal, onUp, onLasting }, url);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log.warn({ reason }, 'RabbitMQ does not answer');
      }
      up = false;
      const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++);
      const pause = most / 2 + (most / 2) * Math.random();
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    isReady: () => lasting,
    isUp: () => up,
    unacknowledged: () => atWork.size,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
