import type { IncomingMessage } from 'node:http';
import type { Hex } from '@truetonne/protocol';
import type { WebSocket } from 'ws';
import { readKeepers } from '../accounts/organisations/store.ts';
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

/** How often is looked whether it is time for a review. */
const LOOK_MS = 1_000;

/** Whose devices an organisation's watcher sees, as long as it may. */
export interface OrganisationWatch {
  readonly wallets: () => ReadonlySet<Hex>;
  /** Looks at right and members again and again; closes the connection of one who may watch no more. */
  readonly follow: (socket: WebSocket) => void;
}

/**
 * Lets a member watch the devices of the wallets that keep its organisation's books, which are those whose
 * readings the organisation may cite.
 *
 * @throws TonneError when it may not
 */
export async function watchOrganisation(
  context: WatchContext,
  request: IncomingMessage,
  organisationId: string,
): Promise<OrganisationWatch> {
  const right = await authoriseWatcher(context, request, organisationId, 'organisation:read');
  let wallets = await readWallets(context, organisationId);
  let reviewedAt = context.now();
  const review = async (socket: WebSocket): Promise<void> => {
    if (reviewedAt + RIGHTS_SECONDS > context.now()) return;
    reviewedAt = context.now();
    try {
      await renewRight(context, right);
      wallets = await readWallets(context, organisationId);
    } catch (error) {
      // A database that does not answer is asked again.
      if (isRefusal(error)) socket.close(CLOSE_NOT_ALLOWED, error.code);
    }
  };
  return {
    wallets: () => wallets,
    follow(socket) {
      const reviewing = setInterval(() => void review(socket), LOOK_MS);
      socket.on('close', () => {
        clearInterval(reviewing);
      });
    },
  };
}

async function readWallets(
  { database }: WatchContext,
  organisationId: WatchRight['organisationId'],
): Promise<ReadonlySet<Hex>> {
  return new Set(await withTenant(database, organisationId, readKeepers));
}
