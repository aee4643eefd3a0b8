import { setTimeout as sleep } from 'node:timers/promises';

/** Work that is done again and again until it is stopped. */
export interface Loop {
  /** Begins the next round soon. */
  readonly wake: () => void;
  /** Returns when the round under way has ended. */
  readonly stop: () => Promise<void>;
}

export interface Pace {
  /** Pause between rounds when nothing happens. */
  readonly pauseMs: number;
  /** Pause between rounds when woken: news that come together are handled together. */
  readonly leastMs: number;
}

/**
 * Runs rounds one after the other, until stopped. A round answers whether there is more to do at once.
 * What it throws goes to `onError`, and the next round comes after the pause.
 */
export function startLoop(
  round: () => Promise<boolean>,
  { pauseMs, leastMs }: Pace,
  onError: (error: unknown) => void,
): Loop {
  let stopped = false;
  let woken = false;
  let alarm = new AbortController();
  const stopping = new AbortController();

  async function pause(): Promise<void> {
    const signal = AbortSignal.any([alarm.signal, stopping.signal]);
    if (!woken) await sleep(pauseMs - leastMs, undefined, { signal }).catch(() => undefined);
    alarm = new AbortController();
    await sleep(leastMs, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      const more = await round().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (!more && !isStopped()) await pause();
    }
  }

  /** Asked by a function, because it changes while a round is awaited. */
  const isStopped = (): boolean => stopped;

  // Not before the caller has the loop in hand: a round may wake it.
  const running = Promise.resolve().then(run);
  return {
    wake() {
      woken = true;
      alarm.abort();
    },
    async stop() {
      stopped = true;
      stopping.abort();
      await running;
    },
  };
}
