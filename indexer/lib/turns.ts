type Take = <T>(work: () => Promise<T>) => Promise<T>;

/** Reads run together, a write runs alone, and all in the order in which they came. */
export interface Turns {
  readonly read: Take;
  readonly write: Take;
}

/** A failed work fails for its caller alone; the next one has its turn all the same. */
export function createTurns(): Turns {
  let lastWrite: Promise<void> = Promise.resolve();
  /** Settles when the reads since that write have ended. */
  let reads: Promise<void> = Promise.resolve();
  return {
    read: (work) => {
      const turn = lastWrite.then(work);
      reads = ended(reads, turn);
      return turn;
    },
    write: (work) => {
      const turn = ended(lastWrite, reads).then(work);
      lastWrite = ended(turn);
      reads = Promise.resolve();
      return turn;
    },
  };
}

async function ended(...works: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(works);
}
