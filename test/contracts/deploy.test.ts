import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import hre from 'hardhat';
import { createPublicClient, http, type Address } from 'viem';

import { domainOf, registryAbi } from '../../protocol/src/index.ts';
import { DEVELOPMENT_ACCOUNTS, privateKeyOf } from '../../scripts/lib/accounts.ts';
import { readAddressBook } from '../../scripts/lib/addressBook.ts';
import { ROOT } from '../../scripts/lib/paths.ts';
import { runCommand } from '../../scripts/lib/runCommand.ts';
import { deployLocal } from '../../scripts/deploy.ts';
import { runDeploy } from '../../scripts/deployment/command.ts';
import type { Environment } from '../../scripts/deployment/networks.ts';
import { startAnvil, type Anvil } from './support/anvil.ts';

const POLYGON = 137;
const { admin: deployer, buyer } = DEVELOPMENT_ACCOUNTS;

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
  async function deployHere(network: string, changes: Environment = {}) {
    const lines: string[] = [];
    const options = { network, admin: undefined, out: join(folder, 'book.json'), yes: false };
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
    const { registry, credit, ...rest } = book;
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

  it('is rehearsed on a chain with the id of Polygon', async () => {
    anvil = await startAnvil(['--chain-id', String(POLYGON)]);
    const client = clientOf();

    const quote = await deployHere('polygon');
    assert.match(quote, /gas +\d{7} at no more than [\d.]+ gwei/);
    assert.match(quote, /cost +0\.\d+ POL at most/);
    assert.match(quote, /nothing was sent; add --yes to deploy/);
    assert.equal(await client.getTransactionCount({ address: deployer.address }), 0);

    const out = join(folder, 'polygon.json');
    const admin = ['--admin', buyer.address] as const;
    const sent = await deploy(['--network', 'polygon', '--out', out, ...admin, '--yes']);
    assert.equal(sent.exitCode, 0, sent.output);
    const book = readAddressBook(out);
    assert.equal(book.network, 'polygon');
    assert.equal(book.chainId, POLYGON);
    assert.equal(book.deployedAtBlock, 1);
    assert.ok(!(await readFile(out, 'utf8')).includes(anvil.rpcUrl), 'the RPC address is private');
    await assertDeployed(book.registry, POLYGON, buyer.address);
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
    const nonce = await clientOf().getTransactionCount({ address: deployer.address });
    assert.equal(nonce, 0);
  });

  it('refuses a chain without P256VERIFY', async () => {
    anvil = await startAnvil(['--chain-id', String(POLYGON), '--hardfork', 'cancun']);
    await assert.rejects(deployHere('polygon'), /has no P256VERIFY/);
    await assert.rejects(deployLocal(anvil.rpcUrl), /has no P256VERIFY/);
  });
});
