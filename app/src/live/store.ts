import { parseLiveMessage, type History, type LiveReading } from './reading.ts';
import { backoff, initialLive, reduceLive, type LiveEvent, type LiveState } from './state.ts';

/** A source for `useSyncExternalStore`. It is connected while somebody listens. */
export interface LiveStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => LiveState;
}

/** Readings are shown in bursts of this length, so that a fast fleet can't make the page busy. */
const BURST_MS = 250;

/** Whose readings: everybody's, or those of one organisation's devices. */
export interface LiveSource {
  readonly oracleUrl: string;
  readonly organisation: string | undefined;
}

/** The oracle says so to who may not watch the organisation any more. */
const CLOSE_NOT_ALLOWED = 4403;

export function liveUrl({ oracleUrl, organisation }: LiveSource, lastId?: string): string {
  const url = new URL(`${oracleUrl}/v1/live`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (organisation !== undefined) url.searchParams.set('organisation', organisation);
  if (lastId !== undefined) url.searchParams.set('since', lastId);
  return url.href;
}

interface Bursts {
  readonly receive: (data: unknown) => void;
  readonly stop: () => void;
}

/** Hands readings on in bursts. What waits when it is stopped waits for the next burst. */
function collectBursts(emit: (readings: readonly LiveReading[]) => void): Bursts {
  let waiting: LiveReading[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    const readings = waiting;
    waiting = [];
    emit(readings);
  };
  return {
    receive: (data) => {
      const reading = typeof data === 'string' ? parseLiveMessage(data) : undefined;
      if (reading === undefined) return;
      waiting.push(reading);
      timer ??= setTimeout(flush, BURST_MS);
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** Streams readings from the oracle; takes up a lost connection where it broke off. */
export function createLiveStore(
  source: LiveSource,
  fetchHistory: (source: LiveSource) => Promise<History>,
): LiveStore {
  const listeners = new Set<() => void>();
  let state = initialLive;
  let socket: WebSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let remembers = false;

  const dispatch = (event: LiveEvent): void => {
    state = reduceLive(state, event);
    for (const listener of listeners) listener();
  };
  const bursts = collectBursts((readings) => dispatch({ type: 'readings', readings }));
  const remember = (): void => {
    remembers = true;
    fetchHistory(source).then(
      (history) => dispatch({ type: 'history', ...history }),
      () => {
        // The chart begins empty then; the next connection tries again.
        remembers = false;
      },
    );
  };
  const connect = (): void => {
    dispatch({ type: 'connecting' });
    const current = new WebSocket(liveUrl(source, state.lastId));
    socket = current;
    current.onopen = () => {
      attempt = 0;
      dispatch({ type: 'opened' });
      if (!remembers) remember();
    };
    current.onmessage = ({ data }: MessageEvent<unknown>) => bursts.receive(data);
    current.onclose = ({ code }) => {
      if (socket !== current) return;
      const refused = code === CLOSE_NOT_ALLOWED;
      dispatch({ type: refused ? 'refused' : 'closed' });
      if (!refused) retry = setTimeout(connect, backoff(attempt++));
    };
  };
  const disconnect = (): void => {
    clearTimeout(retry);
    bursts.stop();
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
