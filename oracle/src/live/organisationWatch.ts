import type { IncomingMessage } from 'node:http';
import type { Hex } from '@truetonne/protocol';
import type { WebSocket } from 'ws';
import { readKeepers } from '../accounts/organisations/store.ts';
import { startLoop } from '../runtime/loop.ts';
import type { Database } from '../store/database/database.ts';
import { withTenant } from '../store/database/tenant.ts';
import {
  authoriseWatcher,
  CLOSE_NOT_ALLOWED,
  isRefusal,
  renewRight,
  RIGHTS_SECONDS,
  type WatchContext,
  type WatchRight,
} from './rights.ts';

/** How often is looked whether a right was taken away, also by another process: once for all who watch. */
const PACE = { pauseMs: 250, leastMs: 250 };

/** Whose devices an organisation's watcher sees, as long as it may. */
export interface OrganisationWatch {
  readonly wallets: () => ReadonlySet<Hex>;
  /** Looks at right and members again and again; closes the connection of one who may watch no more. */
  readonly follow: (socket: WebSocket) => void;
}

export interface OrganisationWatches {
  /**
   * Lets a member watch the devices of the wallets that keep its organisation's books, which are those whose
   * readings the organisation may cite.
   *
   * @throws TonneError when it may not
   */
  readonly enter: (request: IncomingMessage, organisationId: string) => Promise<OrganisationWatch>;
  readonly close: () => Promise<void>;
}

interface Watcher {
  right: WatchRight;
  wallets: ReadonlySet<Hex>;
  reviewedAt: number;
}

export function createOrganisationWatches(context: WatchContext): OrganisationWatches {
  const watchers = new Map<WebSocket, Watcher>();
  const loop = startLoop(
    async () => {
      if (watchers.size > 0) await reviewAll(context, watchers);
      return false;
    },
    PACE,
    // A database that does not answer is asked again.
    () => undefined,
  );
  return {
    async enter(request, organisationId) {
      const right = await authoriseWatcher(context, request, organisationId, 'organisation:read');
      const wallets = await readWallets(context, right);
      const watcher: Watcher = { right, wallets, reviewedAt: context.now() };
      return {
        wallets: () => watcher.wallets,
        follow(socket) {
          watchers.set(socket, watcher);
          socket.on('close', () => watchers.delete(socket));
        },
      };
    },
    close: loop.stop,
  };
}

/** Of those in whose organisation a right ended since, and of those whose own may have ended by itself. */
async function reviewAll(
  context: WatchContext,
  watchers: ReadonlyMap<WebSocket, Watcher>,
): Promise<void> {
  const ended = await readEnds(context.database, watchers.values());
  for (const [socket, watcher] of watchers) {
    const { organisationId, rightsEnded } = watcher.right;
    if (socket.readyState !== socket.OPEN) continue;
    const isDue = watcher.reviewedAt + RIGHTS_SECONDS <= context.now();
    if (isDue || ended.get(organisationId) !== rightsEnded) await review(context, socket, watcher);
  }
}

async function review(context: WatchContext, socket: WebSocket, watcher: Watcher): Promise<void> {
  try {
    const right = await renewRight(context, watcher.right);
    watcher.wallets = await readWallets(context, right);
    watcher.right = right;
    watcher.reviewedAt = context.now();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    socket.close(CLOSE_NOT_ALLOWED, error.code);
  }
}

/** The last end of a right in each organisation that is watched. */
async function readEnds(
  database: Database,
  watchers: Iterable<Watcher>,
): Promise<ReadonlyMap<string, number>> {
  const organisations = [...new Set([...watchers].map(({ right }) => right.organisationId))];
  const rows = await database.run(
    `SELECT organisation_id, rights_ended FROM organisations
     WHERE organisation_id = ANY($1::uuid[])`,
    [organisations],
    'rights-ended',
  );
  return new Map(rows.map(([id, ended]) => [String(id), Number(ended)]));
}

async function readWallets(
  { database }: WatchContext,
  { organisationId }: WatchRight,
): Promise<ReadonlySet<Hex>> {
  return new Set(await withTenant(database, organisationId, readKeepers));
}
