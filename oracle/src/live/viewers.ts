import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket, WebSocketServer } from 'ws';

const CLOSE_GOING_AWAY = 1001;
const PING_MS = 30_000;
/** What has not said goodbye by then is cut off, so that the service can end. */
const GOODBYE_MS = 1_000;

/** What is done for the viewers of a WebSocket server, whatever they look at. */
export interface Viewers {
  /** Keeps a viewer as long as it answers pings; one that breaks off is let go. */
  readonly keep: (socket: WebSocket) => void;
  /** Says goodbye to all, and waits for nobody who is gone. */
  readonly close: () => Promise<void>;
}

export function keepViewers(server: WebSocketServer): Viewers {
  const alive = new WeakSet<WebSocket>();
  const pinging = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.has(socket)) socket.terminate();
      alive.delete(socket);
      socket.ping();
    }
  }, PING_MS);
  return {
    keep(socket) {
      alive.add(socket);
      socket.on('pong', () => alive.add(socket));
      socket.on('error', () => {
        socket.terminate();
      });
    },
    async close() {
      clearInterval(pinging);
      for (const socket of server.clients) socket.close(CLOSE_GOING_AWAY);
      await Promise.race([new Promise((resolve) => server.close(resolve)), sleep(GOODBYE_MS)]);
      for (const socket of server.clients) socket.terminate();
    },
  };
}
