import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { DayOfCalls } from '../accounts/entitlements/entitlements.ts';
import type { TenantRates } from '../accounts/entitlements/requestRates.ts';
import { Limited } from '../runtime/limited.ts';

const SECONDS = 60;

/** Headers of draft-ietf-httpapi-ratelimit-headers, as they are known so far, and of RFC 9110. */
export type LimitHeaders = Readonly<Record<string, string>>;

export interface RequestLimits {
  /**
   * Counts a request of someone, whom `of` names in a refusal, and answers the headers that say what is
   * left of this minute.
   *
   * @throws Limited REQUESTS_LIMITED with the headers of a refusal
   */
  readonly take: (subject: string, perMinute: number, of?: string) => Promise<LimitHeaders>;
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
    async take(subject, perMinute, of = '') {
      try {
        return headersOf(await limiterOf(perMinute).consume(subject), perMinute);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const headers = headersOf(error, perMinute);
        const wait = headers['ratelimit-reset'] ?? String(SECONDS);
        const expected = `at most ${perMinute} requests in a minute${of}`;
        const details = { field: 'request', value: `${perMinute + 1} or more`, expected };
        throw new Limited('REQUESTS_LIMITED', details, { ...headers, 'retry-after': wait });
      }
    },
  };
}

/**
 * Counts a request of a session or key, and of all of its organisation together: one that is refused to a
 * session or key takes nothing from the others.
 *
 * @throws Limited REQUESTS_LIMITED with the headers of the limit that was reached
 */
export async function takeOfTenant(
  limits: RequestLimits,
  organisationId: string,
  credentialId: string,
  { each, together }: TenantRates,
): Promise<LimitHeaders> {
  const own = await limits.take(`${organisationId}:${credentialId}`, each);
  const all = await limits.take(organisationId, together, ' of the whole organisation');
  const named = `${all['ratelimit-policy'] ?? ''};comment="organisation"`;
  return tighter(own, { ...all, 'ratelimit-policy': named });
}

/** The headers with the day's calls. */
export function withDay(headers: LimitHeaders, day: DayOfCalls | undefined): LimitHeaders {
  if (day === undefined) return headers;
  return tighter(headers, {
    'ratelimit-limit': String(day.limit),
    'ratelimit-remaining': String(day.limit - day.used),
    'ratelimit-reset': String(day.reset),
    'ratelimit-policy': `${day.limit};w=86400`,
  });
}

/** Of two limits the one that is reached first is shown, and both are named. */
function tighter(first: LimitHeaders, second: LimitHeaders): LimitHeaders {
  const leftOf = (headers: LimitHeaders): number => Number(headers['ratelimit-remaining']);
  const shown = leftOf(second) < leftOf(first) ? second : first;
  const policies = [first, second].map((headers) => headers['ratelimit-policy'] ?? '');
  return { ...shown, 'ratelimit-policy': policies.join(', ') };
}

function headersOf(state: RateLimiterRes, perMinute: number): LimitHeaders {
  return {
    'ratelimit-limit': String(perMinute),
    'ratelimit-remaining': String(Math.max(0, state.remainingPoints)),
    'ratelimit-reset': String(Math.ceil(state.msBeforeNext / 1000)),
    'ratelimit-policy': `${perMinute};w=${SECONDS}`,
  };
}
