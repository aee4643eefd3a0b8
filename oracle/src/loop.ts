import { setTimeout as sleep } from 'node:timers/promises';

/** Work that is done again and again until it is stopped. */
export interface Loop {
  /** Begins the next round at once. */
  readonly wake: () => void;
  /** Returns when the round under way has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs rounds one after the other, `pauseMs` apart or sooner when woken. A round answers whether there
 * is more to do at once. What it throws goes to `onError`, and the next round comes after the pause.
 */
export function startLoop(
  round: () => Promise<boolean>,
  pauseMs: number,
  onError: (error: unknown) => void,
): Loop {
  let stopped = false;
  let woken = false;
  let alarm = new AbortController();

  async function pause(): Promise<void> {
    if (!woken && !stopped) {
      await sleep(pauseMs, undefined, { signal: alarm.signal }).catch(() => undefined);
    }
    alarm = new AbortController();
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      const more = await round().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (!more) await pause();
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      alarm.abort();
    },
    async stop() {
      stopped = true;
      alarm.abort();
      await running;
    },
  };
}
