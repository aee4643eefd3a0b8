import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import hre from 'hardhat';
import {
  createPublicClient,
  createTestClient,
  erc20Abi,
  http,
  zeroAddress,
  type Address,
} from 'viem';

import { domainOf, plansAbi, registryAbi } from '../../protocol/src/index.ts';
import { DEVELOPMENT_ACCOUNTS, privateKeyOf } from '../../scripts/lib/accounts.ts';
import { readAddressBook } from '../../scripts/lib/addressBook.ts';
import { ROOT } from '../../scripts/lib/paths.ts';
import { runCommand } from '../../scripts/lib/runCommand.ts';
import { deployLocal } from '../../scripts/deploy.ts';
import { PLANS } from '../../scripts/sales/plans.ts';
import { LIVE_TOKENS } from '../../scripts/sales/tokens.ts';
import { runDeploy, type DeployOptions } from '../../scripts/deployment/command.ts';
import type { Environment } from '../../scripts/deployment/networks.ts';
import { startAnvil, type Anvil } from './support/anvil.ts';

const POLYGON = 137;
const ACCEPTED = 1;
const { admin: deployer, arbiter, buyer } = DEVELOPMENT_ACCOUNTS;

describe('deployment', function () {
  this.timeout(120_000);

  let anvil: Anvil;
  let folder: string;
  const deploymentId = `rehearsal-${process.pid}`;

  before(function () {
    // Code that counts what it covers is larger than a chain takes.
    if (hre.globalOptions.coverage) this.skip();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'truetonne-deploy-'));
  });
  afterEach(async () => {
    await anvil.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(join(ROOT, 'ignition/deployments', deploymentId), { recursive: true, force: true });
  });

  const clientOf = () => createPublicClient({ transport: http(anvil.rpcUrl) });

  const settings = () => ({
    POLYGON_RPC_URL: anvil.rpcUrl,
    POLYGON_PRIVATE_KEY: privateKeyOf(deployer),
    TRUETONNE_DEPLOYMENT_ID: deploymentId,
  });

  /** The command itself, in a process of its own. */
  function deploy(args: readonly string[]) {
    return runCommand(process.execPath, ['scripts/deploy.ts', ...args], { env: settings() });
  }

  /** The same without a process. */
  async function deployHere(
    network: string,
    changes: Environment = {},
    wishes: Partial<DeployOptions> = {},
  ) {
    const lines: string[] = [];
    const options = {
      network,
      admin: undefined,
      operator: undefined,
      treasury: undefined,
      arbiter: arbiter.address,
      out: join(folder, 'book.json'),
      yes: false,
      ...wishes,
    };
    await runDeploy(options, { ...settings(), ...changes }, (line) => lines.push(line));
    return lines.join('\n');
  }

  async function assertDeployed(registry: Address, chainId: number, admin: Address) {
    const contract = { address: registry, abi: registryAbi } as const;
    const client = clientOf();
    assert.equal(
      await client.readContract({ ...contract, functionName: 'domain' }),
      domainOf(chainId, registry),
    );
    assert.equal(await client.readContract({ ...contract, functionName: 'owner' }), admin);
  }

  it('puts the contracts on a local chain and says where', async () => {
    anvil = await startAnvil();
    const book = await deployLocal(anvil.rpcUrl);
    const { registry, credit, subscriptions, market, inventoryAnchor } = book;
    const { network, chainId, rpcUrl, deployedAtBlock } = book;
    const rest = { network, chainId, rpcUrl, deployedAtBlock };
    assert.ok(subscriptions);
    assert.ok(market);
    assert.ok(inventoryAnchor !== undefined);
    assert.notEqual(await clientOf().getCode({ address: inventoryAnchor }), undefined);
    assert.deepEqual(rest, {
      network: 'local',
      chainId: 31_337,
      rpcUrl: anvil.rpcUrl,
      deployedAtBlock: 1,
    });
    await assertDeployed(registry, 31_337, deployer.address);
    const contract = { address: registry, abi: registryAbi } as const;
    assert.equal(await clientOf().readContract({ ...contract, functionName: 'credit' }), credit);
  });

  it('sells every plan on a local chain, to wallets that hold each token', async () => {
    anvil = await startAnvil();
    const { subscriptions } = await deployLocal(anvil.rpcUrl);
    assert.ok(subscriptions);
    const client = clientOf();
    const contract = { address: subscriptions.plans, abi: plansAbi } as const;
    for (const [planId, { seats, monthlyUsd }] of PLANS.entries()) {
      const read = { ...contract, functionName: 'plan', args: [planId] } as const;
      const { terms, retired } = await client.readContract(read);
      assert.deepEqual([terms.seats, terms.monthlyUsd, retired], [seats, monthlyUsd, false]);
    }
    const symbols: string[] = [];
    for (const tokenId of [0, 1, 2]) {
      const read = { ...contract, functionName: 'token', args: [tokenId] } as const;
      const { draft, status } = await client.readContract(read);
      assert.equal(status, ACCEPTED);
      if (draft.token === zeroAddress) continue;
      const token = { address: draft.token, abi: erc20Abi } as const;
      symbols.push(await client.readContract({ ...token, functionName: 'symbol' }));
      const held = { ...token, functionName: 'balanceOf', args: [buyer.address] } as const;
      assert.equal(await client.readContract(held), 100_000_000_000n);
    }
    assert.deepEqual(symbols, ['USDC', 'USDT']);
    // One dollar of POL at the price of the development feed, 25 cents.
    const price = { ...contract, functionName: 'toTokenUp', args: [2, 1_000_000n] } as const;
    assert.equal(await client.readContract(price), 4n * 10n ** 18n);
  });

  it('is rehearsed on a chain with the id of Polygon', async () => {
    anvil = await startAnvil(['--chain-id', String(POLYGON)]);
    const client = clientOf();

    const quote = await deployHere('polygon');
    assert.match(quote, /gas +\d{8} at no more than [\d.]+ gwei/);
    assert.match(quote, /cost +0\.\d+ POL at most/);
    assert.match(quote, /nothing was sent; add --yes to deploy/);
    assert.equal(await client.getTransactionCount({ address: deployer.address }), 0);

    // The tokens of Polygon: any code will do, since the market only asks whether there is some.
    const chain = createTestClient({ mode: 'anvil', transport: http(anvil.rpcUrl) });
    for (const { token } of LIVE_TOKENS.polygon.filter(({ symbol }) => symbol !== 'POL')) {
      await chain.setCode({ address: token, bytecode: '0x00' });
    }
    const out = join(folder, 'polygon.json');
    const admin = ['--admin', buyer.address, '--arbiter', arbiter.address] as const;
    const sent = await deploy(['--network', 'polygon', '--out', out, ...admin, '--yes']);
    assert.equal(sent.exitCode, 0, sent.output);
    const book = readAddressBook(out);
    assert.equal(book.network, 'polygon');
    assert.equal(book.chainId, POLYGON);
    assert.equal(book.deployedAtBlock, 1);
    assert.ok(!(await readFile(out, 'utf8')).includes(anvil.rpcUrl), 'the RPC address is private');
    await assertDeployed(book.registry, POLYGON, buyer.address);
    assert.ok(book.market);
  });

  it('refuses the wrong chain, an empty purse and settings that are missing', async () => {
    anvil = await startAnvil(['--chain-id', String(POLYGON), '--balance', '0']);
    const amoy = { AMOY_RPC_URL: anvil.rpcUrl, AMOY_PRIVATE_KEY: privateKeyOf(deployer) };
    const refusals = [
      ['polygon', {}, /lacks 0\.\d+ POL: nothing was sent/],
      ['polygon', { POLYGON_RPC_URL: undefined }, /set POLYGON_RPC_URL in the environment/],
      ['polygon', { POLYGON_PRIVATE_KEY: '' }, /set POLYGON_PRIVATE_KEY in the environment/],
      ['polygon', { POLYGON_PRIVATE_KEY: 'secret' }, /^POLYGON_PRIVATE_KEY is not 0x and 64 hex/],
      ['amoy', amoy, /AMOY_RPC_URL is of chain 137, not 80002/],
      ['mars', {}, /unknown network "mars"; one of local, amoy, polygon/],
    ] as const;
    for (const [network, changes, message] of refusals) {
      await assert.rejects(deployHere(network, changes), { message });
    }
    const nobody = deployHere('polygon', {}, { arbiter: undefined });
    await assert.rejects(nobody, /name who decides disputes of subscriptions: --arbiter/);
    const oneself = deployHere('polygon', {}, { arbiter: deployer.address });
    await assert.rejects(oneself, /--arbiter is the operator/);
    const nonce = await clientOf().getTransactionCount({ address: deployer.address });
    assert.equal(nonce, 0);
  });

  it('refuses a chain without P256VERIFY', async () => {
    anvil = await startAnvil(['--chain-id', String(POLYGON), '--hardfork', 'cancun']);
    await assert.rejects(deployHere('polygon'), /has no P256VERIFY/);
    await assert.rejects(deployLocal(anvil.rpcUrl), /has no P256VERIFY/);
  });
});
