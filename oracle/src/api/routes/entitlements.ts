import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { FEATURES, SUBSCRIPTION_STATES, TIERS, type Hex } from '@truetonne/protocol';
import { findPlanFor, nameOfPlanWith, nameOfTier } from '../../accounts/entitlements/limits.ts';
import type { Rights } from '../../accounts/entitlements/rights.ts';
import { countDevices, countSeats } from '../../accounts/entitlements/usageStore.ts';
import { readMemberships } from '../../accounts/organisations/store.ts';
import { addAccountRoute } from '../accountRoute.ts';
import type { ApiContext } from '../context.ts';
import { getRoute, nothing, type ApiEnv } from '../route.ts';
import { walletSchema } from '../schemas/organisation.ts';
import { noBody } from '../tenantRoute.ts';

const tag = 'subscriptions';

const usageSchema = z.object({
  used: z.number(),
  limit: z.number().nullable().openapi({ description: 'null: nothing is sold here, no limit' }),
  nextPlan: z.string().nullable().openapi({
    description: 'The least plan that gives more; null when none does',
    example: 'Professional',
  }),
});

const entitlementSchema = z.object({
  wallet: walletSchema,
  sold: z
    .boolean()
    .openapi({ description: 'false: nothing is sold here, everyone has every right' }),
  state: z.enum(SUBSCRIPTION_STATES),
  planId: z.number(),
  tier: z.enum(TIERS),
  plan: z.string(),
  features: z.array(z.enum(FEATURES)),
  until: z.number().openapi({ description: 'Paid until, Unix seconds; 0 without subscription' }),
  endsAt: z.number().openapi({ description: 'The rights end then if nothing happens' }),
  seats: z.number().nullable(),
  apiCallsPerDay: z.number().nullable(),
  devices: usageSchema,
});

const entitlementRoute = getRoute({
  path: '/v1/entitlements/{wallet}',
  tag,
  summary: 'What a wallet may use now, read from the chain, and its devices',
  params: z.object({ wallet: walletSchema }),
  query: nothing,
  answer: entitlementSchema,
});

export function addEntitlementRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(entitlementRoute, async (context) => {
    const { wallet } = context.req.valid('param');
    context.header('cache-control', 'no-store');
    return context.json(await viewOf(api, wallet), 200);
  });
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/usage', tag, params: nothing, body: noBody },
      summary: 'What of its rights the signed-in wallet uses, and each of its organisations',
      answer: z.object({
        entitlement: entitlementSchema,
        apiCalls: usageSchema.extend({ resetAt: z.number() }),
        organisations: z.array(
          z.object({
            organisationId: z.uuid(),
            name: z.string(),
            payer: walletSchema.nullable(),
            seats: usageSchema,
            missing: z
              .array(z.object({ feature: z.enum(FEATURES), plan: z.string().nullable() }))
              .openapi({
                description:
                  'Features that its plan does not give, each with the least plan that does; null: none does',
              }),
          }),
        ),
      }),
    },
    async ({ signedIn: { account }, now }) => ({
      body: {
        entitlement: await viewOf(api, account.address),
        apiCalls: await callsOf(api, account.address, now),
        organisations: await organisationsOf(api, account.id, now),
      },
    }),
  );
}

async function viewOf(api: ApiContext, wallet: Hex): Promise<z.infer<typeof entitlementSchema>> {
  const rights = await api.entitlements.rightsOf(wallet);
  const devices = await countDevices(api.database, wallet);
  const usage = await usageOf(api, 'devices', devices, rights);
  if (rights === undefined) {
    const all = { features: [...FEATURES], until: 0, endsAt: 0, seats: null, apiCallsPerDay: null };
    const plan = { sold: false, state: 'free', planId: 0, tier: 'free', plan: 'Free' } as const;
    return { wallet, ...plan, ...all, devices: usage };
  }
  const { features, ...rest } = rights;
  const plan = nameOfTier(rights.tier);
  return { wallet, sold: true, ...rest, plan, features: [...features], devices: usage };
}

async function callsOf(api: ApiContext, wallet: Hex, now: number) {
  const rights = await api.entitlements.rightsOf(wallet);
  const calls = await api.entitlements.callsToday(wallet);
  const usage = await usageOf(api, 'apiCallsPerDay', calls, rights);
  return { ...usage, resetAt: (Math.floor(now / 86_400) + 1) * 86_400 };
}

async function organisationsOf(api: ApiContext, accountId: number, now: number) {
  const memberships = await readMemberships(api.database, accountId);
  return Promise.all(
    memberships.map(async ({ organisation: { organisationId, name } }) => {
      const payer = await api.entitlements.payerOf(api.database, organisationId);
      const used = await countSeats(api.database, organisationId, now);
      const seats = await usageOf(api, 'seats', used, payer?.rights);
      const missing = await missingOf(api, payer?.rights);
      return { organisationId, name, payer: payer?.wallet ?? null, seats, missing };
    }),
  );
}

/** Told before it is asked for, so that nobody fills in a form that is refused. */
async function missingOf(api: ApiContext, rights: Rights | undefined) {
  if (rights === undefined) return [];
  const plans = await api.entitlements.plans();
  return FEATURES.filter((feature) => !rights.features.includes(feature)).map((feature) => ({
    ...{ feature, plan: nameOfPlanWith(feature, plans) ?? null },
  }));
}

async function usageOf(
  api: ApiContext,
  limited: Parameters<typeof findPlanFor>[1],
  used: number,
  rights: Rights | undefined,
): Promise<z.infer<typeof usageSchema>> {
  if (rights === undefined) return { used, limit: null, nextPlan: null };
  const limit = rights[limited];
  const next = findPlanFor(await api.entitlements.plans(), limited, limit + 1);
  return { used, limit, nextPlan: next === undefined ? null : nameOfTier(next.tier) };
}
