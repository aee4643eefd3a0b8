/** Keeps work whose cost grows with the fleet to a share of the time. */
export interface Rest {
  readonly isOver: () => boolean;
  /** Does the work, then rests in proportion to how long it took, unless it answers that it goes on. */
  readonly after: (work: () => Promise<boolean>) => Promise<void>;
}

/**
 * Rests `times` as long as the work took, `mostMs` at most: what takes 5 ms is done as often as anybody
 * asks, what takes 2 s leaves others their turn.
 */
export function createRest(
  { times, mostMs }: { readonly times: number; readonly mostMs: number },
  clock: () => number = () => performance.now(),
): Rest {
  let over = -Infinity;
  return {
    isOver: () => clock() >= over,
    async after(work) {
      const started = clock();
      let goesOn = false;
      try {
        goesOn = await work();
      } finally {
        const ended = clock();
        over = goesOn ? ended : ended + Math.min(mostMs, times * (ended - started));
      }
    },
  };
}
