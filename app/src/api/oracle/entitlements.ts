/** What a wallet uses of its rights, as the oracle counts it. */
import { FEATURES } from '@truetonne/protocol';
import { integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { askOracle } from './client.ts';
import { askOwn } from './own.ts';

const usage = object({ used: integer, limit: optional(integer), nextPlan: optional(text) });
/** How much is used of how much; without a limit nothing is sold. `nextPlan` is the least that gives more. */
export type Usage = ReturnType<typeof usage>;

const entitlement = object({ plan: text, devices: usage });
export type MeteredEntitlement = ReturnType<typeof entitlement>;

export function fetchEntitlement(oracleUrl: string, wallet: string): Promise<MeteredEntitlement> {
  return askOracle(oracleUrl, `/v1/entitlements/${wallet.toLowerCase()}`, entitlement);
}

const ownUsage = object({
  apiCalls: usage,
  organisations: listOf(
    object({
      ...{ organisationId: text, name: text, seats: usage },
      missing: listOf(object({ feature: oneOf(...FEATURES), plan: optional(text) })),
    }),
  ),
});
/** What the signed-in wallet uses today, and each of its organisations. */
export type OwnUsage = ReturnType<typeof ownUsage>;

export function fetchOwnUsage(oracleUrl: string): Promise<OwnUsage> {
  return askOwn(oracleUrl, '/v1/usage', ownUsage);
}
