/** Runs works one after the other, in the order in which they came. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** A failed work fails for its caller alone; the next one has its turn all the same. */
export function createTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
