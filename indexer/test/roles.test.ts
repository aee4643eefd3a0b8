/** Who is what: roles, accreditations, offices and pauses, against the contracts' views (law 10). */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { plansAbi, registryAbi, verificationAbi } from '@truetonne/protocol';
import type { Abi, Address } from 'viem';
import { GAS } from './support/anvil.ts';
import { startIndexer, type Indexer } from './support/indexer.ts';
import { Market } from './support/market.ts';

const [VALIDATOR, VERIFIER] = [2, 3];
const FOREVER = 2 ** 40 - 1;
const lower = (address: string): string => address.toLowerCase();

describe('the tables of roles', () => {
  let market: Market;
  let indexer: Indexer;
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-indexer-'));

  before(async () => {
    market = await Market.open();
    indexer = await startIndexer(market.deployment, folder);
  });
  after(async () => {
    await indexer.stop('SIGTERM');
    await market.anvil.stop();
    rmSync(folder, { recursive: true });
  });

  async function send(
    account: Address,
    address: Address,
    abi: Abi,
    functionName: string,
    args: readonly unknown[],
  ): Promise<number> {
    const { client } = market.anvil;
    const call = { account, address, abi, functionName, args };
    const { request } = await client.simulateContract(call);
    const hash = await client.writeContract({ ...request, gas: GAS });
    const { status, blockNumber } = await client.waitForTransactionReceipt({ hash });
    assert.equal(status, 'success', functionName);
    return Number((await client.getBlock({ blockNumber })).timestamp);
  }

  const registry = (account: Address, name: string, args: readonly unknown[]) =>
    send(account, market.deployment.registry, registryAbi, name, args);

  async function ask(query: string): Promise<unknown> {
    const { number, hash } = await market.anvil.client.getBlock();
    await indexer.until({ number: Number(number), hash });
    return indexer.query(query);
  }

  it('have every wallet’s role and each of its accreditations', async () => {
    const [admin, validator, verifier] = [market.wallet(0), market.wallet(5), market.wallet(6)];
    const from = await registry(admin, 'accredit', [validator, FOREVER]);
    const endedAt = await registry(admin, 'accredit', [validator, from - 1]);
    const { verification } = market.deployment;
    await send(admin, verification, verificationAbi, 'accredit', [verifier, VERIFIER, FOREVER]);
    const of = `{ role accreditations(orderBy: "id") { items { role accreditedUntil at } } }`;
    const answer = await ask(`{
      validator: walletRole(address: "${lower(validator)}") ${of}
      walletRoles(where: { role: verifier }) { items { address } }
      accreditations(where: { role: verifier }) { items { address walletRole { role } } }
    }`);
    assert.deepEqual(answer, {
      validator: {
        role: 'validator',
        accreditations: {
          items: [
            { role: 'validator', accreditedUntil: FOREVER, at: from },
            { role: 'validator', accreditedUntil: from - 1, at: endedAt },
          ],
        },
      },
      walletRoles: { items: [{ address: lower(verifier) }] },
      accreditations: {
        items: [{ address: lower(verifier), walletRole: { role: 'verifier' } }],
      },
    });
    const view = { abi: registryAbi, address: market.deployment.registry } as const;
    const args = [validator] as const;
    const role = await market.anvil.client.readContract({ ...view, functionName: 'roleOf', args });
    assert.equal(role, VALIDATOR);
  });

  it('have each pause and its end', async () => {
    const admin = market.wallet(0);
    const now = Number((await market.anvil.client.getBlock()).timestamp);
    const pausedAt = await registry(admin, 'pause', [now + 86_400]);
    const endedAt = await registry(admin, 'pause', [now]);
    assert.deepEqual(await ask('{ pauses(orderBy: "id") { items { until at } } }'), {
      pauses: {
        items: [
          { until: now + 86_400, at: pausedAt },
          { until: now, at: endedAt },
        ],
      },
    });
  });

  it('have who holds each office and who did', async () => {
    const { client } = market.anvil;
    const [admin, next, treasury] = [market.wallet(0), market.wallet(7), market.wallet(8)];
    const plans = market.deployment.subscriptions?.plans;
    assert.ok(plans !== undefined);
    await send(admin, plans, plansAbi, 'setTreasury', [treasury]);
    await send(admin, plans, plansAbi, 'setArbiter', [next]);
    await registry(admin, 'transferOwnership', [next]);
    await registry(next, 'acceptOwnership', []);
    const answer = await ask(`{
      offices(orderBy: "name") { items { name holder changes { totalCount } } }
      officeChanges(where: { name: admin }, orderBy: "id") { items { holder office { holder } } }
    }`);
    const sale = { abi: plansAbi, address: plans } as const;
    const held = {
      admin: await client.readContract({
        abi: registryAbi,
        address: market.deployment.registry,
        functionName: 'owner',
      }),
      operator: await client.readContract({ ...sale, functionName: 'owner' }),
      treasury: await client.readContract({ ...sale, functionName: 'treasury' }),
      arbiter: await client.readContract({ ...sale, functionName: 'arbiter' }),
    };
    const office = { holder: lower(next) };
    assert.deepEqual(answer, {
      offices: {
        items: [
          { name: 'admin', holder: lower(held.admin), changes: { totalCount: 2 } },
          { name: 'operator', holder: lower(held.operator), changes: { totalCount: 1 } },
          { name: 'treasury', holder: lower(held.treasury), changes: { totalCount: 2 } },
          { name: 'arbiter', holder: lower(held.arbiter), changes: { totalCount: 2 } },
        ],
      },
      officeChanges: {
        items: [
          { holder: lower(admin), office },
          { holder: lower(next), office },
        ],
      },
    });
  });
});
