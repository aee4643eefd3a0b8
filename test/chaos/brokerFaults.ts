import { setTimeout as sleep } from 'node:timers/promises';
import type { RabbitCluster, RabbitNode } from '../../oracle/test/support/rabbitmq.ts';
import type { Random } from './random.ts';

/** Kills the nodes of a cluster, one at a time, and brings each back. */
export interface BrokerFaults {
  readonly kills: () => number;
  /** How often a node that was started hung and had to be started again. */
  readonly hungStarts: () => number;
  /** Returns when all nodes are there again. */
  readonly stop: () => Promise<void>;
}

/** Longest time that a node is away, and that all of them are there, milliseconds. */
const AWAY_MS = 4_000;
const WHOLE_MS = 4_000;
/** RabbitMQ 3.10 at times waits without end for the others as it starts; an operator starts it anew. */
const START_PATIENCE_MS = 40_000;
const MOST_STARTS = 4;

export function killBrokers({ nodes }: RabbitCluster, random: Random): BrokerFaults {
  let stopped = false;
  let kills = 0;
  let hungStarts = 0;
  const bringBack = async (node: RabbitNode) => {
    for (let tried = 1; ; tried++) {
      try {
        await node.start(START_PATIENCE_MS);
        return;
      } catch (error) {
        if (tried === MOST_STARTS) throw error;
        hungStarts++;
      }
    }
  };
  const running = (async () => {
    while (!stopped) {
      await sleep(random.below(WHOLE_MS));
      const node = nodes[random.below(nodes.length)];
      if (node === undefined) throw new Error('the cluster has no nodes');
      await node.kill();
      kills++;
      await sleep(random.below(AWAY_MS));
      await bringBack(node);
    }
  })();
  // Told by `stop`, when all else can be ended too.
  running.catch(() => undefined);
  return {
    kills: () => kills,
    hungStarts: () => hungStarts,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
