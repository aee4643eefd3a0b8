import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { privateKeyToAccount } from 'viem/accounts';
import { z } from 'zod';
import { privateKeyOf } from '../../../scripts/lib/accounts.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { ask, createOrganisation, createWallet, signInAs } from '../support/people.ts';
import { configOf, eventually } from '../support/service.ts';
import { buyer, openShop, projectOwner, submitter, SCANTY, type Shop } from '../support/shop.ts';
import { describeOnBothStores } from '../support/stores.ts';

const entitlementSchema = z.object({ tier: z.string(), seats: z.number(), state: z.string() });
const usageSchema = z.object({
  apiCalls: z.object({ used: z.number(), limit: z.number(), nextPlan: z.string().nullable() }),
  organisations: z.array(
    z.object({
      ...{ payer: z.string(), seats: z.object({ used: z.number() }) },
      missing: z.array(z.object({ feature: z.string(), plan: z.string().nullable() })),
    }),
  ),
});

describeOnBothStores('entitlements', (store) => {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-entitlements-'));
  let shop: Shop;
  let oracle: Oracle;

  before(async () => {
    shop = await openShop(folder);
    await shop.starve();
    const { dataFolder, databaseUrl } = await store.place();
    oracle = await startOracle(configOf(shop.deployment, dataFolder, { databaseUrl }));
  });
  after(async () => {
    await oracle.stop();
    await shop.stop();
    rmSync(folder, { recursive: true });
  });

  const rightsOf = async (wallet: string) =>
    entitlementSchema.parse((await ask(oracle.url, `/v1/entitlements/${wallet}`)).body);

  it('are those of Free without paying, and change with the payment and the refund', async () => {
    const free = { tier: 'free', seats: SCANTY.seats, state: 'free' };
    assert.deepEqual(await rightsOf(buyer.address), free);
    await shop.subscribe(buyer, 2);
    const paid = await eventually(
      () => rightsOf(buyer.address),
      ({ tier }) => tier !== 'free',
    );
    assert.deepEqual(paid, { tier: 'professional', seats: 25, state: 'active' });
    await shop.cancelAndRefund(buyer);
    await eventually(
      () => rightsOf(buyer.address),
      ({ tier }) => tier === 'free',
    );
  });

  it('end when the paid time and its grace are over, though no block tells so', async () => {
    let now = Math.floor(Date.now() / 1000);
    const { dataFolder, databaseUrl } = await store.place();
    const config = configOf(shop.deployment, dataFolder, { databaseUrl, now: () => now });
    const later = await startOracle(config);
    try {
      await shop.subscribe(projectOwner, 1);
      const path = `/v1/entitlements/${projectOwner.address}`;
      const read = async () => entitlementSchema.parse((await ask(later.url, path)).body);
      assert.equal((await read()).tier, 'starter');
      now += 36 * 86_400;
      assert.deepEqual(await read(), { tier: 'free', seats: SCANTY.seats, state: 'ended' });
    } finally {
      await later.stop();
    }
  });

  it('give so many seats; one more names the plan that has it', async () => {
    const owner = await signInAs(oracle.url, privateKeyToAccount(privateKeyOf(buyer)));
    const id = await createOrganisation(owner);
    const invite = () => ({
      method: 'POST',
      body: { address: createWallet().address, role: 'editor' },
    });
    const path = `/v1/invitations?organisation=${id}`;
    await owner.get(path, z.object({}), invite());
    const { status, body } = await owner.ask(path, invite());
    assert.equal(status, 402);
    const problem = z.object({ code: z.string(), detail: z.string() }).parse(body);
    assert.equal(problem.code, 'ENTITLEMENT_SEATS');
    assert.match(problem.detail, /seats = 3.*at most 2 seats in Free; Starter gives 5/);
    await shop.subscribe(buyer, 1);
    await eventually(
      () => owner.ask(path, invite()),
      (answer) => answer.status === 201,
    );
  });

  it('give so many API calls a day, which are counted, shown and then refused', async () => {
    const owner = await signInAs(oracle.url);
    const id = await createOrganisation(owner);
    const call = () => owner.ask(`/v1/workspaces?organisation=${id}`);
    const refused = await eventually(call, ({ status }) => status === 429);
    const problem = z.object({ code: z.string(), detail: z.string() }).parse(refused.body);
    assert.equal(problem.code, 'ENTITLEMENT_API_CALLS');
    assert.match(problem.detail, /at most 12 API calls per day in Free; Starter gives 20000/);
    const { apiCalls, organisations } = await owner.get('/v1/usage', usageSchema);
    assert.equal(apiCalls.limit, 12);
    assert.ok(apiCalls.used > 12, `${apiCalls.used} calls`);
    assert.equal(apiCalls.nextPlan, 'Starter');
    const [organisation] = organisations;
    assert.deepEqual([organisation?.payer, organisation?.seats.used], [owner.address, 1]);
  });

  it('give features; without one the refusal names the plan, and what is there stays', async () => {
    const owner = await signInAs(oracle.url, privateKeyToAccount(privateKeyOf(submitter)));
    const query = `?organisation=${await createOrganisation(owner)}`;
    const add = () => ({ method: 'POST', body: { name: 'Bean Farm', country: 'US' } });
    const { status, body } = await owner.ask(`/v1/suppliers${query}`, add());
    assert.equal(status, 402);
    const problem = z.object({ code: z.string(), detail: z.string() }).parse(body);
    assert.equal(problem.code, 'ENTITLEMENT_FEATURE');
    assert.match(problem.detail, /feature = suppliers.*expected Professional; the plan is Free/);
    const missing = async () => {
      const [own] = (await owner.get('/v1/usage', usageSchema)).organisations;
      return own?.missing.find(({ feature }) => feature === 'suppliers')?.plan;
    };
    assert.equal(await missing(), 'Professional');
    const hook = { method: 'PUT', body: { webhookUrl: 'http://127.0.0.1:9/hook' } };
    assert.equal(await owner.refused('/v1/notification-settings', hook), 'ENTITLEMENT_FEATURE');
    // Told by a route that costs no call: there are twelve.
    const becomes = (wanted: string) =>
      eventually(
        () => rightsOf(submitter.address),
        ({ tier }) => tier === wanted,
      );
    await shop.subscribe(submitter, 2);
    await becomes('professional');
    assert.equal(await missing(), undefined);
    assert.equal((await owner.ask(`/v1/suppliers${query}`, add())).status, 201);
    await owner.get('/v1/notification-settings', z.object({}), hook);
    await shop.cancelAndRefund(submitter);
    await becomes('free');
    assert.equal(await owner.refused(`/v1/suppliers${query}`, add()), 'ENTITLEMENT_FEATURE');
    const list = z.object({ suppliers: z.array(z.object({ name: z.string() })) });
    const { suppliers } = await owner.get(`/v1/suppliers${query}`, list);
    assert.deepEqual(suppliers, [{ name: 'Bean Farm' }]);
  });

  it('are told in the headers of every answer', async () => {
    const owner = await signInAs(oracle.url);
    const id = await createOrganisation(owner);
    const { headers } = await eventually(
      () => owner.ask(`/v1/workspaces?organisation=${id}`),
      (answer) => answer.headers.get('ratelimit-limit') === '12',
    );
    assert.match(
      headers.get('ratelimit-policy') ?? '',
      /;w=60;comment="organisation", 12;w=86400$/,
    );
    assert.ok(Number(headers.get('ratelimit-remaining')) < 12);
    assert.ok(Number(headers.get('ratelimit-reset')) <= 86_400);
  });

  it('give so many requests a minute; a plan gives more as soon as it is paid', async () => {
    const { origins, secret } = configOf(shop.deployment, folder).signIn;
    const requestsPerMinute = { free: 4, starter: 50, professional: 60, enterprise: 70 };
    const config = configOf(shop.deployment, join(folder, 'rates'), {
      signIn: { origins, secret, requestsPerMinute },
    });
    const limited = await startOracle(config);
    try {
      const wallet = privateKeyToAccount(privateKeyOf(projectOwner));
      await shop.cancelAndRefund(projectOwner);
      const owner = await signInAs(limited.url, wallet);
      const id = await createOrganisation(owner);
      const call = () => owner.ask(`/v1/workspaces?organisation=${id}`);
      const refused = await eventually(call, ({ status }) => status === 429);
      const problem = z.object({ code: z.string(), detail: z.string() }).parse(refused.body);
      assert.equal(problem.code, 'REQUESTS_LIMITED');
      assert.match(problem.detail, /at most 4 requests in a minute/);
      assert.equal(refused.headers.get('ratelimit-limit'), '4');
      assert.equal(refused.headers.get('ratelimit-remaining'), '0');
      assert.ok(Number(refused.headers.get('retry-after')) <= 60);
      await shop.subscribe(projectOwner, 1);
      // Refused calls, too, bring news of the plan.
      const served = await eventually(call, ({ status }) => status === 200);
      const policy = served.headers.get('ratelimit-policy') ?? '';
      assert.match(policy, /^50;w=60, 250;w=60;comment="organisation"/);
    } finally {
      await limited.stop();
    }
  });
});
