import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { TonneError } from '@truetonne/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { problemOf } from '../runtime/problem.ts';
import { eventIdOf } from './events.ts';
import type { LiveFeed, WatchFilter } from './feed.ts';
import { INVENTORY_PATH, type InventoryHub } from './inventoryHub.ts';
import { createOrganisationWatches, type OrganisationWatch } from './organisationWatch.ts';
import type { WatchContext } from './rights.ts';
import { keepViewers } from './viewers.ts';
import { PACE, watch, type Pace } from './watcher.ts';

const PATH = '/v1/live';
const MAX_WATCHERS = 1_000;

/** Strict: a filter that is not known would show everybody's readings. */
const parameters = z.strictObject({
  project: z.coerce.number().int().positive().optional(),
  device: z
    .string()
    .regex(/^0x[0-9a-f]{64}$/)
    .optional(),
  organisation: z.uuid().optional(),
  since: z.coerce.number().int().nonnegative().optional(),
});

export interface LiveHub {
  readonly close: () => Promise<void>;
}

interface HubParts {
  /** Of whoever watches an organisation; without it nobody can. */
  readonly members?: WatchContext;
  readonly inventory?: InventoryHub;
  readonly pace?: Pace;
}

/**
 * Serves `/v1/live`: an event per accepted reading. Each watcher reads the feed from its own place on,
 * so that it can come back after any time with `since` and has missed nothing, and a slow one delays
 * nobody.
 */
export function attachHub(
  server: Server,
  feed: LiveFeed,
  { members, inventory, pace = PACE }: HubParts = {},
): LiveHub {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const viewers = keepViewers(sockets);
  const busy = new Set<WebSocket>();
  const organisations = members && createOrganisationWatches(members);

  function enter(request: IncomingMessage, organisation: string): Promise<OrganisationWatch> {
    if (organisations !== undefined) return organisations.enter(request, organisation);
    throw new TonneError('ORGANISATION_UNKNOWN', { field: 'organisation', value: organisation });
  }

  async function accept(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const { filter, organisation, ...wish } = parseWish(request);
    const own = organisation === undefined ? undefined : await enter(request, organisation);
    if (sockets.clients.size >= MAX_WATCHERS) throw new TonneError('TOO_MANY_WATCHERS');
    sockets.handleUpgrade(request, stream, head, (socket) => {
      viewers.keep(socket);
      own?.follow(socket);
      const since = wish.since ?? eventIdOf(feed.newestId(), 255);
      const wanted = (): WatchFilter => ({ ...filter, wallets: own?.wallets() });
      void watch(socket, { feed, filter: wanted, since, pace, busy });
    });
  }

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const isInventory = request.url?.split('?')[0] === INVENTORY_PATH;
    const taken =
      inventory !== undefined && isInventory
        ? inventory.accept(request, stream, head)
        : accept(request, stream, head);
    taken.catch((error: unknown) => {
      refuse(stream, error);
    });
  });

  return {
    close: async () => {
      await Promise.all([inventory?.close(), organisations?.close(), viewers.close()]);
    },
  };
}

function parseWish(request: IncomingMessage): {
  readonly filter: Omit<WatchFilter, 'wallets'>;
  readonly organisation: string | undefined;
  readonly since: number | undefined;
} {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== PATH)
    throw new TonneError('NOT_FOUND', { field: 'path', value: url.pathname });
  const parsed = parameters.safeParse(Object.fromEntries(url.searchParams));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const field = unknown ?? issue?.path.join('.') ?? 'query';
    const isKnown = issue !== undefined && unknown === undefined;
    const expected = isKnown ? issue.message : 'project, device, organisation, since';
    throw new TonneError('PARAMETER_INVALID', {
      field,
      value: url.searchParams.get(field) ?? '',
      expected,
    });
  }
  const { project, device, organisation, since } = parsed.data;
  // Proof: the expression above takes nothing but hex.
  const deviceId = device as WatchFilter['deviceId'];
  return { filter: { projectId: project, deviceId }, organisation, since };
}

/** An upgrade is refused as plain HTTP. */
function refuse(stream: Duplex, error: unknown): void {
  const problem = problemOf(error);
  const body = JSON.stringify(problem);
  stream.end(
    `HTTP/1.1 ${problem.status} ${problem.code}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
