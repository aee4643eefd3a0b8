import { setTimeout as sleep } from 'node:timers/promises';
import { audit, type Audit } from './audit.ts';
import { startHarness, type Harness } from './harness.ts';
import type { Life } from './oracleProcess.ts';
import { POINTS, type Point } from './points.ts';
import { createDeck, createRandom, type Random } from './random.ts';

export const FAULTS = ['oracle', 'postgres', 'chain', 'rabbitmq'] as const;
export type Fault = (typeof FAULTS)[number];

export interface ChaosOptions {
  readonly kills: number;
  /** Ends the killing after so many minutes, however many there were. */
  readonly minutes: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly say: (text: string) => void;
}

export interface ChaosReport extends Audit {
  readonly seed: number;
  readonly seconds: number;
  readonly kills: number;
  /** Kills by the point at which they struck; `clock`: the point was not reached in time. */
  readonly points: Readonly<Record<string, number>>;
  readonly postgresRestarts: number;
  /** Kills of a RabbitMQ server. */
  readonly brokerKills: number;
  readonly brokerHungStarts: number;
  readonly chainTroubles: Readonly<Record<string, number>>;
}

/** A life ends by the clock when its point is not reached so long after it was ready, milliseconds. */
const LONGEST_LIFE_MS = 4_000;
/** ... and when it does not become ready. */
const LONGEST_START_MS = 30_000;
/** Every so many lives the chain makes trouble, or the database is restarted. */
const CHAIN_EVERY = 2;
const POSTGRES_EVERY = 7;
const REPORT_EVERY = 25;
const MOST_STARTS = 5;

/** Kills an oracle again and again while devices send, then lets all come to rest and checks. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, faults, say } = options;
  let kills = 0;
  const random = createRandom(seed);
  const started = Date.now();
  const tally = { points: count(), chainTroubles: count(), postgresRestarts: 0 };
  // Devices have their own: what happens to oracles does not depend on who sends when.
  const harness = await startHarness(createRandom(seed + 1), faults.includes('rabbitmq'));
  try {
    const nextPoint = createDeck(POINTS, random);
    while (kills < options.kills && elapsed(started) < 60 * options.minutes) {
      await liveAndDie(harness, random, { number: kills, point: nextPoint(), faults }, tally);
      kills++;
      if (kills % REPORT_EVERY === 0) say(`${kills} kills, ${elapsed(started)} s`);
    }
    say('letting it come to rest');
    await harness.brokers?.stop();
    const brokerKills = harness.brokers?.kills() ?? 0;
    const brokerHungStarts = harness.brokers?.hungStarts() ?? 0;
    const found = await restAndAudit(harness);
    const { points, chainTroubles, postgresRestarts } = tally;
    return {
      ...{ seed, seconds: elapsed(started), kills },
      ...{
        ...found,
        postgresRestarts,
        brokerKills,
        brokerHungStarts,
        points: points.all,
        chainTroubles: chainTroubles.all,
      },
    };
  } finally {
    await harness.stop();
  }
}

interface Tally {
  readonly points: Counter;
  readonly chainTroubles: Counter;
  postgresRestarts: number;
}

interface Counter {
  readonly all: Record<string, number>;
  readonly add: (name: string) => void;
}

function count(): Counter {
  const all: Record<string, number> = {};
  return { all, add: (name) => (all[name] = (all[name] ?? 0) + 1) };
}

/** What is planned for one life. */
interface LifePlan {
  readonly number: number;
  readonly point: Point;
  readonly faults: readonly Fault[];
}

async function liveAndDie(
  harness: Harness,
  random: Random,
  { point, ...plan }: LifePlan,
  tally: Tally,
): Promise<void> {
  const life = harness.live();
  let reached = false;
  const strike = (): void => {
    reached = true;
    life.kill();
  };
  setTrap(harness, point, strike, random);
  let clock = setTimeout(life.kill, LONGEST_START_MS);
  const hurt = harness.untilReady(life).then(async (ready) => {
    if (!ready) return;
    clearTimeout(clock);
    clock = setTimeout(life.kill, LONGEST_LIFE_MS);
    await makeTrouble(harness, life, random, plan, tally);
  });
  await life.ended;
  clearTimeout(clock);
  disarm(harness);
  await hurt;
  harness.chain.calm();
  tally.points.add(reached ? point.name : 'clock');
}

function setTrap(harness: Harness, point: Point, strike: () => void, random: Random): void {
  switch (point.kind) {
    case 'time':
      setTimeout(strike, random.below(point.withinMs));
      return;
    case 'acknowledged':
      harness.fleet.onAcknowledged = strike;
      return;
    case 'sql':
      harness.proxy.arm({ point: point.point, reached: strike });
      return;
    case 'rpc':
      harness.chain.arm({ point: point.point, reached: strike });
  }
}

function disarm({ fleet, proxy, chain }: Harness): void {
  fleet.onAcknowledged = () => undefined;
  proxy.arm(undefined);
  chain.arm(undefined);
}

/** What happens in a life besides its end: energy is batched, the database restarts, the chain lies. */
async function makeTrouble(
  harness: Harness,
  life: Life,
  random: Random,
  { number, faults }: Pick<LifePlan, 'number' | 'faults'>,
  tally: Tally,
): Promise<void> {
  await harness.close(harness.projects[random.below(harness.projects.length)] ?? 1);
  if (faults.includes('postgres') && number % POSTGRES_EVERY === POSTGRES_EVERY - 1) {
    await harness.postgres.restart();
    tally.postgresRestarts++;
  }
  if (!faults.includes('chain') || number % CHAIN_EVERY !== 0) return;
  await sleep(random.below(300));
  if (life.isAlive()) tally.chainTroubles.add(await harness.chain.trouble());
}

/** No faults any more: what was acknowledged has to arrive. */
async function restAndAudit(harness: Harness): Promise<Audit> {
  const life = await startCalmly(harness);
  try {
    await harness.fleet.stop();
    await harness.rest(life);
    return await audit(harness.onChain, harness.client, harness.fleet.devices);
  } finally {
    life.kill();
    await life.ended;
  }
}

/** An oracle whose database is slow to answer ends by itself; what watches over it starts it again. */
async function startCalmly(harness: Harness): Promise<Life> {
  let output = '';
  for (let tries = 0; tries < MOST_STARTS; tries++) {
    const life = harness.live();
    if (await harness.untilReady(life)) return life;
    output = life.output();
  }
  throw new Error(`no start: ${output}`);
}

function elapsed(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
