import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { eventIdOf, eventsOf, windowIdOf } from './events.ts';
import type { LiveFeed, WatchFilter } from './feed.ts';

/** How fast a watcher is sent to, and how long it may leave how many bytes unread. */
export interface Pace {
  readonly eventsPerTurn: number;
  readonly turnMs: number;
  readonly maxBuffered: number;
  readonly patienceMs: number;
}

/** 2,000 events a second for each watcher while few are behind; 30 s without reading. */
export const PACE: Pace = {
  eventsPerTurn: 200,
  turnMs: 100,
  maxBuffered: 1 << 20,
  patienceMs: 30_000,
};

/** "Try again later" and "internal error" of RFC 6455's registry. */
const CLOSE_TOO_SLOW = 1013;
const CLOSE_INTERNAL = 1011;
const GOODBYE_MS = 5_000;

/** Watchers sent to at a time beyond whom turns become longer: thousands would leave no time for windows. */
const FULL_PACE_WATCHERS = 10;

/** The last reading that a window can have. */
const LAST_INDEX = 255;

export interface Watch {
  readonly feed: LiveFeed;
  /** What it wants to see: an organisation's wallets change while it watches. */
  readonly filter: () => WatchFilter;
  /** Event id after which to begin. */
  readonly since: number;
  readonly pace: Pace;
  /** Those of all watchers who are being sent to, and read. */
  readonly busy: Set<WebSocket>;
}

/** Sends a watcher everything after `since` until it goes. */
export async function watch(
  socket: WebSocket,
  { feed, filter, since, pace, busy }: Watch,
): Promise<void> {
  const news = createSignal();
  const stopListening = feed.onNews(news.raise);
  socket.on('close', news.raise);
  const send = createPacedSender(socket, pace, busy);
  let after = since;
  try {
    while (socket.readyState === socket.OPEN) {
      news.reset();
      const { windows, through } = await feed.readAfter(windowIdOf(after + 1) - 1, filter());
      for (const window of windows) {
        const device = feed.deviceOf(window.deviceNumber);
        const events = device === undefined ? [] : eventsOf(window, device, after);
        for (const event of events) if (!(await send(JSON.stringify(event)))) return;
      }
      after = Math.max(after, eventIdOf(through, LAST_INDEX));
      if (through < feed.newestId()) continue;
      busy.delete(socket);
      await news.raised();
    }
  } catch {
    socket.close(CLOSE_INTERNAL);
  } finally {
    busy.delete(socket);
    stopListening();
  }
}

/** Answers false when the watcher is gone or too slow. */
function createPacedSender(
  socket: WebSocket,
  pace: Pace,
  busy: Set<WebSocket>,
): (message: string) => Promise<boolean> {
  let sentInTurn = 0;
  return async (message) => {
    if (socket.bufferedAmount > pace.maxBuffered) busy.delete(socket);
    if (!(await hasRoom(socket, pace))) return false;
    busy.add(socket);
    socket.send(message);
    sentInTurn++;
    if (sentInTurn === pace.eventsPerTurn) {
      sentInTurn = 0;
      await sleep(pace.turnMs * Math.max(1, busy.size / FULL_PACE_WATCHERS));
    }
    return socket.readyState === socket.OPEN;
  };
}

async function hasRoom(socket: WebSocket, pace: Pace): Promise<boolean> {
  const deadline = Date.now() + pace.patienceMs;
  while (socket.bufferedAmount > pace.maxBuffered) {
    if (socket.readyState !== socket.OPEN) return false;
    if (Date.now() > deadline) {
      socket.close(CLOSE_TOO_SLOW, 'CONSUMER_TOO_SLOW');
      // The code reaches a watcher that reads on; one that does not is cut off.
      setTimeout(() => {
        socket.terminate();
      }, GOODBYE_MS).unref();
      return false;
    }
    await sleep(pace.turnMs);
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
  return {
    reset,
    raise: () => {
      raise();
    },
    raised: () => raised,
  };
}
