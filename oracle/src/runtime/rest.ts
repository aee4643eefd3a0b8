/** Keeps work whose cost grows with the fleet to a share of the time. */
export interface Rest {
  readonly isOver: () => boolean;
  /**
   * Does the work and answers what it does, whether it goes on; if it does not, rests in proportion to
   * how long it took.
   */
  readonly after: (work: () => Promise<boolean>) => Promise<boolean>;
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
        return goesOn;
      } finally {
        const ended = clock();
        over = goesOn ? ended : ended + Math.min(mostMs, times * (ended - started));
      }
    },
  };
}
