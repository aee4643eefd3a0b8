import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { TonneError } from '@truetonne/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { problemOf } from '../api/problem.ts';
import { eventIdOf, eventsOf, windowIdOf } from './events.ts';
import type { LiveFeed, WatchFilter } from './feed.ts';

const PATH = '/v1/live';
const MAX_WATCHERS = 1_000;

/** At most so many events in a turn and between turns such a pause: 2,000 events/s for each watcher. */
const EVENTS_PER_TURN = 200;
const TURN_MS = 100;

/** How long a watcher may leave how many bytes unread. */
export interface Patience {
  readonly maxBuffered: number;
  readonly patienceMs: number;
}

const PATIENCE: Patience = { maxBuffered: 1 << 20, patienceMs: 30_000 };
const GOODBYE_MS = 5_000;

/** "Try again later" of RFC 6455's registry. */
const CLOSE_TOO_SLOW = 1013;
const CLOSE_GOING_AWAY = 1001;
const PING_MS = 30_000;

const parameters = z.object({
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
export function attachHub(server: Server, feed: LiveFeed, patience = PATIENCE): LiveHub {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const alive = new WeakSet<WebSocket>();
  const pinging = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.has(socket)) socket.terminate();
      alive.delete(socket);
      socket.ping();
    }
  }, PING_MS);

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    try {
      const wish = parseWish(request);
      if (sockets.clients.size >= MAX_WATCHERS) throw new TonneError('CONSUMER_TOO_SLOW');
      sockets.handleUpgrade(request, stream, head, (socket) => {
        alive.add(socket);
        socket.on('pong', () => alive.add(socket));
        socket.on('error', () => {
          socket.terminate();
        });
        const since = wish.since ?? eventIdOf(feed.newestId(), 255);
        void watch(socket, { feed, filter: wish.filter, since, patience });
      });
    } catch (error) {
      refuse(stream, error);
    }
  });

  return {
    close: async () => {
      clearInterval(pinging);
      for (const socket of sockets.clients) socket.close(CLOSE_GOING_AWAY);
      await Promise.race([new Promise((resolve) => sockets.close(resolve)), sleep(1_000)]);
      for (const socket of sockets.clients) socket.terminate();
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
    const field = issue?.path.join('.') ?? 'query';
    const expected = issue?.message ?? 'project, device, since';
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

interface Watch {
  readonly feed: LiveFeed;
  readonly filter: WatchFilter;
  /** Event id after which to begin. */
  readonly since: number;
  readonly patience: Patience;
}

/** Sends a watcher everything after `since` until it goes. */
async function watch(socket: WebSocket, { feed, filter, since, patience }: Watch): Promise<void> {
  const news = createSignal();
  const stopListening = feed.onNews(news.raise);
  socket.on('close', news.raise);
  let after = since;
  try {
    while (socket.readyState === socket.OPEN) {
      news.reset();
      const { windows, through } = await feed.readAfter(windowIdOf(after + 1) - 1, filter);
      for (const window of windows) {
        const device = feed.deviceOf(window.deviceNumber);
        const events = device === undefined ? [] : eventsOf(window, device, after);
        const messages = events.map((event) => JSON.stringify(event));
        if (!(await sendPaced(socket, messages, patience))) return;
      }
      after = Math.max(after, eventIdOf(through, 255));
      if (through >= feed.newestId()) await news.raised();
    }
  } catch {
    socket.close(1011);
  } finally {
    stopListening();
  }
}

const sentInTurn = new WeakMap<WebSocket, number>();

/** False when the watcher is gone or too slow. */
async function sendPaced(
  socket: WebSocket,
  messages: readonly string[],
  patience: Patience,
): Promise<boolean> {
  for (const message of messages) {
    if (!(await hasRoom(socket, patience))) return false;
    socket.send(message);
    const sent = (sentInTurn.get(socket) ?? 0) + 1;
    sentInTurn.set(socket, sent % EVENTS_PER_TURN);
    if (sent === EVENTS_PER_TURN) await sleep(TURN_MS);
  }
  return socket.readyState === socket.OPEN;
}

async function hasRoom(socket: WebSocket, { maxBuffered, patienceMs }: Patience): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (socket.bufferedAmount > maxBuffered) {
    if (socket.readyState !== socket.OPEN) return false;
    if (Date.now() > deadline) {
      socket.close(CLOSE_TOO_SLOW, 'CONSUMER_TOO_SLOW');
      // The code reaches a watcher that reads on; one that does not is cut off.
      setTimeout(() => {
        socket.terminate();
      }, GOODBYE_MS).unref();
      return false;
    }
    await sleep(TURN_MS);
  }
  return socket.readyState === socket.OPEN;
}

/** A flag that can be waited for. */
function createSignal() {
  let raise = (): void => undefined;
  let raised = Promise.resolve();
  const reset = (): void => {
    raised = new Promise((resolve) => {
      raise = resolve;
    });
  };
  reset();
  return { reset, raise: () => raise(), raised: () => raised };
}
