import { jobsLimited, type JobOwner, type JobQuota } from './quota.ts';

/** Counts the files that are being received, of which the store knows nothing yet. */
export interface Receiving {
  /**
   * Begins to receive one; what it answers says that it is over.
   *
   * @throws Limited JOBS_LIMITED with Retry-After
   */
  readonly begin: (owner: JobOwner) => () => void;
}

/** In this process: each receives its own. As many at a time as jobs may wait or run. */
export function createReceiving(quota: JobQuota): Receiving {
  const open = new Map<string, number>();
  const change = (key: string, by: number): void => {
    const count = (open.get(key) ?? 0) + by;
    if (count === 0) open.delete(key);
    else open.set(key, count);
  };
  return {
    begin({ name, source }) {
      const keys = [{ by: 'owner' as const, key: `owner ${name}` }];
      const all =
        source === null ? keys : [...keys, { by: 'source' as const, key: `source ${source}` }];
      for (const { by, key } of all) {
        const count = open.get(key) ?? 0;
        if (count >= quota[by].jobs) throw jobsLimited(by, count, quota);
      }
      for (const { key } of all) change(key, 1);
      return () => {
        for (const { key } of all) change(key, -1);
      };
    },
  };
}
