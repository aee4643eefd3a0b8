import { Problem } from '../api/index.ts';

/** Minutes that are waited for in a row, before it is said that nothing came. */
const MOST_WAITS = 3;
const FIRST_PAUSE_MS = 1_000;

function isLimited(error: unknown): error is Problem {
  return error instanceof Problem && error.code === 'REQUESTS_LIMITED';
}

/** What came too fast for the plan is asked again when it may be; anything else once. */
export const PATIENCE = {
  retry: (failures: number, error: unknown): boolean =>
    failures < (isLimited(error) ? MOST_WAITS : 1),
  retryDelay: (failures: number, error: unknown): number =>
    isLimited(error) && error.retryAfterSeconds !== undefined
      ? 1_000 * error.retryAfterSeconds
      : FIRST_PAUSE_MS * 2 ** failures,
};
