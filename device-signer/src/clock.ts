/** The clock of a simulated device, Unix seconds. */
export interface DeviceClock {
  readonly now: () => number;
  /** Real seconds until the clock shows `at`; 0 when it does. */
  readonly secondsUntil: (at: number) => number;
}

/**
 * A clock that begins at `startedAt`, runs `speed` times as fast as real time and never passes it: once
 * it has caught up it is the real clock.
 *
 * @param realNow the real clock, Unix seconds
 */
export function createDeviceClock(
  startedAt: number,
  speed: number,
  realNow: () => number,
): DeviceClock {
  const beganAt = realNow();
  const now = (): number => Math.min(realNow(), startedAt + (realNow() - beganAt) * speed);
  return {
    now,
    secondsUntil(at) {
      const real = at - realNow();
      return Math.max(0, real, (at - now()) / speed);
    },
  };
}
