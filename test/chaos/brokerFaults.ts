import { setTimeout as sleep } from 'node:timers/promises';
import type { RabbitCluster } from '../../oracle/test/support/rabbitmq.ts';
import type { Random } from './random.ts';

/** Kills the nodes of a cluster, one at a time, and brings each back. */
export interface BrokerFaults {
  readonly kills: () => number;
  /** Returns when all nodes are there again. */
  readonly stop: () => Promise<void>;
}

/** Longest time that a node is away, and that all of them are there, milliseconds. */
const AWAY_MS = 4_000;
const WHOLE_MS = 4_000;

export function killBrokers({ nodes }: RabbitCluster, random: Random): BrokerFaults {
  let stopped = false;
  let kills = 0;
  const running = (async () => {
    while (!stopped) {
      await sleep(random.below(WHOLE_MS));
      const node = nodes[random.below(nodes.length)];
      await node?.kill();
      kills++;
      await sleep(random.below(AWAY_MS));
      await node?.start();
    }
  })();
  return {
    kills: () => kills,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
