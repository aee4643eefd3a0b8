import type { LiveReading } from './reading.ts';
import { parseLiveMessage } from './reading.ts';
import { backoff, initialLive, reduceLive, type LiveEvent, type LiveState } from './state.ts';

/** A source for `useSyncExternalStore`. It is connected while somebody listens. */
export interface LiveStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => LiveState;
}

/** Readings are shown in bursts of this length, so that a fast fleet can't make the page busy. */
const BURST_MS = 250;

export function liveUrl(oracleUrl: string, lastId: string | undefined): string {
  const url = new URL(`${oracleUrl}/v1/live`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (lastId !== undefined) url.searchParams.set('since', lastId);
  return url.href;
}

/** Streams readings from the oracle; takes up a lost connection where it broke off. */
export function createLiveStore(oracleUrl: string): LiveStore {
  const listeners = new Set<() => void>();
  let state = initialLive;
  let socket: WebSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let burst: ReturnType<typeof setTimeout> | undefined;
  let waiting: LiveReading[] = [];
  let attempt = 0;

  const dispatch = (event: LiveEvent): void => {
    state = reduceLive(state, event);
    for (const listener of listeners) listener();
  };
  const flush = (): void => {
    burst = undefined;
    const readings = waiting;
    waiting = [];
    dispatch({ type: 'readings', readings });
  };
  const receive = (data: unknown): void => {
    if (typeof data !== 'string') return;
    const reading = parseLiveMessage(data);
    if (reading === undefined) return;
    waiting.push(reading);
    burst ??= setTimeout(flush, BURST_MS);
  };
  const connect = (): void => {
    dispatch({ type: 'connecting' });
    const current = new WebSocket(liveUrl(oracleUrl, state.lastId));
    socket = current;
    current.onopen = () => {
      attempt = 0;
      dispatch({ type: 'opened' });
    };
    current.onmessage = ({ data }: MessageEvent<unknown>) => receive(data);
    current.onclose = () => {
      if (socket !== current) return;
      dispatch({ type: 'closed' });
      retry = setTimeout(connect, backoff(attempt));
      attempt += 1;
    };
  };
  const disconnect = (): void => {
    clearTimeout(retry);
    clearTimeout(burst);
    burst = undefined;
    const current = socket;
    socket = undefined;
    current?.close();
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) connect();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) disconnect();
      };
    },
    snapshot: () => state,
  };
}
