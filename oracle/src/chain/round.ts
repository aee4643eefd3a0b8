import type { Hex } from '@truetonne/protocol';
import type { LocalAccount, PublicClient } from 'viem';
import type { Deployment } from '../rpc/deployment.ts';
import type { Endpoints } from '../rpc/endpoints.ts';
import type { Log } from '../runtime/log.ts';
import { isReadingAgain } from '../store/chainCursor.ts';
import type { Database } from '../store/database/database.ts';
import { submitOnce } from './submitter.ts';
import { readAgain, syncOnce, type Finality, type SyncRound } from './sync.ts';

/** A transaction that is in no block is handed to the chain again after so many seconds. */
const RESEND_AFTER = 15;

interface RoundConfig {
  readonly confirmations: Finality;
  readonly account: LocalAccount;
  readonly deployment: Deployment;
  /** A transaction that is in no block is replaced after so many seconds. */
  readonly replaceAfterSeconds: number;
}

export interface ChainRounds {
  readonly config: RoundConfig;
  readonly database: Database;
  readonly endpoints: Endpoints;
  readonly domain: Hex;
  readonly now: () => number;
  readonly log: Log;
  /** After events of the registry changed devices or projects. */
  readonly onRegistryChange: () => Promise<void>;
  /** After all of them were read anew, because blocks were taken back. */
  readonly onAnew: () => void;
}

/** Makes looks at the chain: new events into the store, then every batch a step on. */
export function createChainRounds(context: ChainRounds): () => Promise<SyncRound> {
  const kept: Kept = { seen: new Map(), untold: false };
  return () => context.endpoints.use((client) => lookOnce(context, client, kept));
}

/** From round to round. */
interface Kept {
  readonly seen: Map<string, bigint>;
  /** Events are in the store of which `onRegistryChange` has not heard, or could not take them in. */
  untold: boolean;
}

async function lookOnce(
  context: ChainRounds,
  client: PublicClient,
  kept: Kept,
): Promise<SyncRound> {
  const { config, database, domain, endpoints, now, log } = context;
  const { confirmations, account, deployment, replaceAfterSeconds: replaceAfter } = config;
  const { registry, deployedAtBlock, chainId } = deployment;
  const shared = { database, client, endpoints, registry, domain, now };
  const sync = { ...shared, deployedAtBlock, confirmations, seen: kept.seen };
  const round = await syncOnce(sync);
  if (round.isAnew) context.onAnew();
  if (round.events > 0 || round.isAnew) kept.untold = true;
  // What is known of devices stays as it was until the new chain has told all of it.
  const isWhole = !(await isReadingAgain(database));
  if (isWhole && kept.untold) {
    await context.onRegistryChange();
    kept.untold = false;
  }
  if (round.more || !isWhole) return round;
  let steps = 0;
  await submitOnce({
    ...{ ...shared, account, chainId },
    pace: { resendAfter: Math.min(RESEND_AFTER, replaceAfter), replaceAfter },
    blocks: { head: round.head, settled: round.synced },
    onStep: ({ projectId: project, number }, { phase }) => {
      steps++;
      log.info({ project, number, phase }, 'batch moved on');
    },
    onRefusedByNode: ({ projectId: project, number }, reason) => {
      log.warn({ project, number, reason }, 'no node takes the transaction; it is offered again');
    },
    onMissingEvent: (block) => readAgain(sync, block),
  });
  return { ...round, more: steps > 0 };
}
