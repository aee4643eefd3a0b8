import { integer, object } from '../api/parse.ts';
import { backoff } from './state.ts';

/** An organisation's totals of a span of months. */
export interface WatchedInventory {
  readonly organisation: string;
  /** Months such as "2024-01", both within. */
  readonly from: string;
  readonly until: string;
  /** One workspace alone; all of them when undefined. */
  readonly workspaceId: string | undefined;
}

interface Listener {
  /** The inventory has come to this version. */
  readonly onVersion: (version: number) => void;
  readonly onConnected: (connected: boolean) => void;
}

/** The oracle says so to who may not see the inventory, or may no more. */
const CLOSE_NOT_ALLOWED = 4403;

const news = object({ version: integer });

export function inventoryUrl(oracleUrl: string, watched: WatchedInventory): string {
  const url = new URL(`${oracleUrl}/v1/live/inventory`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  for (const [name, value] of Object.entries({ ...watched })) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}

/** Tells of each change of the totals; a connection that ends is made anew. Answers how to stop. */
export function watchInventory(url: string, { onVersion, onConnected }: Listener): () => void {
  let socket: WebSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  const connect = (): void => {
    const current = new WebSocket(url);
    socket = current;
    current.onopen = () => {
      attempt = 0;
      onConnected(true);
    };
    current.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') onVersion(news(JSON.parse(data), 'live inventory').version);
    };
    current.onclose = ({ code }) => {
      if (socket !== current) return;
      onConnected(false);
      if (code === CLOSE_NOT_ALLOWED) return;
      retry = setTimeout(connect, backoff(attempt));
      attempt += 1;
    };
  };
  connect();
  return () => {
    clearTimeout(retry);
    const current = socket;
    socket = undefined;
    current?.close();
  };
}
