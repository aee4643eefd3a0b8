import { TIERS, TonneError, type Tier } from '@truetonne/protocol';

/** Requests a minute of each session and key, by the plan of its organisation. */
export type RequestRates = Readonly<Record<Tier, number>>;

/** What holds where the operator says nothing: 100 without a plan. */
export const USUAL_RATES = 'free=100,starter=300,professional=600,enterprise=1200';

/** How many of its sessions and keys an organisation can have at their full rate at the same time. */
const AT_ONCE: RequestRates = { free: 3, starter: 5, professional: 10, enterprise: 20 };

/** Requests a minute of one session or key, and of all of its organisation together. */
export interface TenantRates {
  readonly each: number;
  readonly together: number;
}

export function tenantRates(rates: RequestRates, tier: Tier): TenantRates {
  return { each: rates[tier], together: rates[tier] * AT_ONCE[tier] };
}

const MOST = 1_000_000_000;

export function sameForAll(perMinute: number): RequestRates {
  return { free: perMinute, starter: perMinute, professional: perMinute, enterprise: perMinute };
}

/**
 * Reads `free=100,starter=300,...`, every tier once, or one number for all of them.
 *
 * @throws TonneError CONFIGURATION_INVALID
 */
export function parseRequestRates(text: string): RequestRates {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return sameForAll(Number(text));
  const given = new Map(text.split(',').map((part) => splitOnce(part.trim())));
  const rateOf = (tier: Tier): number => {
    const rate = Number(given.get(tier) ?? NaN);
    if (Number.isInteger(rate) && rate > 0 && rate <= MOST) return rate;
    throw invalid(text);
  };
  if (given.size !== TIERS.length) throw invalid(text);
  return {
    free: rateOf('free'),
    starter: rateOf('starter'),
    professional: rateOf('professional'),
    enterprise: rateOf('enterprise'),
  };
}

function splitOnce(part: string): readonly [string, string] {
  const [name = '', value = ''] = part.split('=');
  return [name, value];
}

function invalid(value: string): TonneError {
  const expected = `a whole number above 0, or ${USUAL_RATES}`;
  return new TonneError('CONFIGURATION_INVALID', {
    ...{ field: 'ORACLE_REQUESTS_PER_MINUTE', value, expected },
  });
}
