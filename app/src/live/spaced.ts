interface Spaced {
  /** Does the work now, or as soon as it is time; what is asked for meanwhile is one. */
  readonly run: () => void;
  readonly stop: () => void;
}

/** Work that is done at once and then no more often than every `leastMs`; the last wish is never lost. */
export function spaced(work: () => void, leastMs: number): Spaced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const begin = (): void => {
    asked = false;
    timer = setTimeout(end, leastMs);
    work();
  };
  const end = (): void => {
    timer = undefined;
    if (asked) begin();
  };
  return {
    run: () => {
      if (timer === undefined) begin();
      else asked = true;
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      asked = false;
    },
  };
}
