/** What is read once and kept until it is said to have changed. */
export interface Remembered<T> {
  readonly get: () => Promise<T>;
  readonly forget: () => void;
}

export function remember<T>(read: () => Promise<T>): Remembered<T> {
  let kept: Promise<T> | undefined;
  return {
    get() {
      // Kept before it is there: what is forgotten while it is being read may be of before the change.
      const reading = (kept ??= read());
      reading.catch(() => {
        if (kept === reading) kept = undefined;
      });
      return reading;
    },
    forget() {
      kept = undefined;
    },
  };
}
