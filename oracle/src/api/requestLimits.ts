import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { DayOfCalls } from '../entitlements/entitlements.ts';
import { Limited } from './limited.ts';

const SECONDS = 60;

/** Headers of draft-ietf-httpapi-ratelimit-headers, as they are known so far, and of RFC 9110. */
export type LimitHeaders = Readonly<Record<string, string>>;

export interface RequestLimits {
  /**
   * Counts a request of someone and answers the headers that say what is left of this minute.
   *
   * @throws Limited REQUESTS_LIMITED with the headers of a refusal
   */
  readonly take: (subject: string, perMinute: number) => Promise<LimitHeaders>;
}

/** Requests of the last minute, in this process's memory: each oracle of a cluster counts its own. */
export function createRequestLimits(): RequestLimits {
  const limiters = new Map<number, RateLimiterMemory>();
  const limiterOf = (points: number): RateLimiterMemory => {
    const known = limiters.get(points);
    if (known !== undefined) return known;
    const made = new RateLimiterMemory({ points, duration: SECONDS });
    limiters.set(points, made);
    return made;
  };
  return {
    async take(subject, perMinute) {
      try {
        return headersOf(await limiterOf(perMinute).consume(subject), perMinute);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const headers = headersOf(error, perMinute);
        const wait = headers['ratelimit-reset'] ?? String(SECONDS);
        const expected = `at most ${perMinute} requests in a minute`;
        const details = { field: 'request', value: `${perMinute + 1} or more`, expected };
        throw new Limited('REQUESTS_LIMITED', details, { ...headers, 'retry-after': wait });
      }
    },
  };
}

/** The headers with the day's calls: of the two limits the one that is reached first is shown. */
export function withDay(headers: LimitHeaders, day: DayOfCalls | undefined): LimitHeaders {
  if (day === undefined) return headers;
  const left = day.limit - day.used;
  const policy = `${headers['ratelimit-policy'] ?? ''}, ${day.limit};w=86400`;
  if (left >= Number(headers['ratelimit-remaining'])) {
    return { ...headers, 'ratelimit-policy': policy };
  }
  return {
    'ratelimit-limit': String(day.limit),
    'ratelimit-remaining': String(left),
    'ratelimit-reset': String(day.reset),
    'ratelimit-policy': policy,
  };
}

function headersOf(state: RateLimiterRes, perMinute: number): LimitHeaders {
  return {
    'ratelimit-limit': String(perMinute),
    'ratelimit-remaining': String(Math.max(0, state.remainingPoints)),
    'ratelimit-reset': String(Math.ceil(state.msBeforeNext / 1000)),
    'ratelimit-policy': `${perMinute};w=${SECONDS}`,
  };
}
