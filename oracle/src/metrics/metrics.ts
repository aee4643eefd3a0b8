import type { ErrorCode } from '@truetonne/protocol';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How a window came in. */
export type Transport = 'http' | 'mqtt' | 'amqp' | 'csv';

/** Seconds from microseconds to seconds. */
const SHORT_TIMES = [1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 0.02, 0.1, 0.5, 2];
const COMMIT_TIMES = [1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];
/** Seconds from a moment to a month. */
const LAGS = [1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400, 604_800, 2_592_000];

const PREFIX = 'truetonne_';

/** What the service counts; docs/operations.md says what each one means. */
export interface Metrics {
  readonly registry: Registry;
  readonly accepted: (transport: Transport, windows: number, readings: number) => void;
  readonly duplicate: (transport: Transport, windows: number) => void;
  readonly refused: (transport: Transport, code: ErrorCode) => void;
  /** Seconds from the closing of a window to its arrival. */
  readonly observeLag: (seconds: number) => void;
  /** Seconds that the signatures of some windows took, per window. */
  readonly observeVerification: (seconds: number) => void;
  readonly observeCommit: (seconds: number, windows: number) => void;
  /** Sets what is looked up when somebody asks. */
  readonly set: (values: Readonly<Partial<Record<GaugeName, number>>>) => void;
  readonly setBatches: (counts: ReadonlyMap<string, number>) => void;
}

/** Numbers of now. */
const GAUGES = {
  windows_waiting: 'Windows that wait for their predecessor or for a signed meter replacement',
  windows_unjudged: 'Stored windows that were not looked at for judgement yet',
  queue_windows: 'Verified windows that wait for their commit',
  store_up: '1 while the database answers',
  chain_up: '1 while the chain answers',
  chain_head_lag_blocks: 'Blocks between the head of the chain and what is in the store',
  leader: '1 while this oracle judges, batches and submits',
  mqtt_connections: 'Devices connected to the embedded broker',
  broker_up: '1 while RabbitMQ is connected',
  broker_unacknowledged: 'Messages of RabbitMQ that are at work here',
} as const;

export type GaugeName = keyof typeof GAUGES;

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `${PREFIX}${name}_total`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `${PREFIX}${name}`, help, buckets, registers });
  const accepted = counter('windows_accepted', 'Windows stored', ['transport']);
  const readings = counter('readings_accepted', 'Readings in windows stored', ['transport']);
  const duplicate = counter('windows_duplicate', 'Windows that were here before', ['transport']);
  const refused = counter('windows_refused', 'Windows refused', ['transport', 'code']);
  const lag = histogram('ingest_lag_seconds', 'From closing to arrival', LAGS);
  const verification = histogram('verification_seconds', 'Per window', SHORT_TIMES);
  const commit = histogram('commit_seconds', 'Per commit of windows', COMMIT_TIMES);
  const committed = counter('windows_committed', 'Windows in commits, duplicates too', []);
  const batches = new Gauge({
    ...{ name: `${PREFIX}batches`, help: 'Batches by phase', labelNames: ['phase'], registers },
  });
  const gauges = new Map(
    Object.entries(GAUGES).map(([name, help]) => [
      name,
      new Gauge({ name: `${PREFIX}${name}`, help, registers }),
    ]),
  );
  return {
    registry,
    accepted(transport, windows, count) {
      accepted.inc({ transport }, windows);
      readings.inc({ transport }, count);
    },
    duplicate: (transport, windows) => duplicate.inc({ transport }, windows),
    refused: (transport, code) => refused.inc({ transport, code }),
    observeLag: (seconds) => lag.observe(Math.max(0, seconds)),
    observeVerification: (seconds) => verification.observe(seconds),
    observeCommit(seconds, windows) {
      commit.observe(seconds);
      committed.inc(windows);
    },
    set(values) {
      for (const [name, value] of Object.entries(values)) gauges.get(name)?.set(value);
    },
    setBatches(counts) {
      for (const [phase, count] of counts) batches.set({ phase }, count);
    },
  };
}
