import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { TonneError } from '@truetonne/protocol';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { problemOf } from '../api/problem.ts';
import { eventIdOf } from './events.ts';
import type { LiveFeed, WatchFilter } from './feed.ts';
import { INVENTORY_PATH, type InventoryHub } from './inventoryHub.ts';
import { keepViewers } from './viewers.ts';
import { PACE, watch } from './watcher.ts';

const PATH = '/v1/live';
const MAX_WATCHERS = 1_000;

/** Strict: a filter that is not known would show everybody's readings. */
const parameters = z.strictObject({
  project: z.coerce.number().int().positive().optional(),
  device: z
    .string()
    .regex(/^0x[0-9a-f]{64}$/)
    .optional(),
  since: z.coerce.number().int().nonnegative().optional(),
});

export interface LiveHub {
  readonly close: () => Promise<void>;
}

/**
 * Serves `/v1/live`: an event per accepted reading. Each watcher reads the feed from its own place on,
 * so that it can come back after any time with `since` and has missed nothing, and a slow one delays
 * nobody.
 */
export function attachHub(
  server: Server,
  feed: LiveFeed,
  inventory?: InventoryHub,
  pace = PACE,
): LiveHub {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const viewers = keepViewers(sockets);

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    if (inventory !== undefined && request.url?.split('?')[0] === INVENTORY_PATH) {
      inventory.accept(request, stream, head).catch((error: unknown) => {
        refuse(stream, error);
      });
      return;
    }
    try {
      const wish = parseWish(request);
      if (sockets.clients.size >= MAX_WATCHERS) throw new TonneError('TOO_MANY_WATCHERS');
      sockets.handleUpgrade(request, stream, head, (socket) => {
        viewers.keep(socket);
        const since = wish.since ?? eventIdOf(feed.newestId(), 255);
        void watch(socket, { feed, filter: wish.filter, since, pace });
      });
    } catch (error) {
      refuse(stream, error);
    }
  });

  return {
    close: async () => {
      await Promise.all([inventory?.close(), viewers.close()]);
    },
  };
}

function parseWish(request: IncomingMessage): {
  readonly filter: WatchFilter;
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
    const expected = isKnown ? issue.message : 'project, device, since';
    throw new TonneError('PARAMETER_INVALID', {
      field,
      value: url.searchParams.get(field) ?? '',
      expected,
    });
  }
  const { project, device, since } = parsed.data;
  // Proof: the expression above takes nothing but hex.
  return { filter: { projectId: project, deviceId: device as WatchFilter['deviceId'] }, since };
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
