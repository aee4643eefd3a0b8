import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import {
  createPublicClient,
  getAddress,
  http,
  isAddressEqual,
  isHex,
  zeroAddress,
  type Address,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { addressBookPath, type AddressBook } from '../lib/addressBook.ts';
import { LIVE_TOKENS } from '../sales/tokens.ts';
import type { Roles } from './artifact.ts';
import { assertVerifiesP256 } from './inspect.ts';
import { deployLive } from './live.ts';
import { deployLocal } from './local.ts';
import { getSetting, LIVE_NETWORKS, type Environment, type LiveNetwork } from './networks.ts';
import { assertAffordable, describeQuote, quoteDeployment } from './quote.ts';

const LOCAL_RPC_URL = 'http://127.0.0.1:8545';

/** What the command line of a deployment says. */
export interface DeployOptions {
  readonly network: string;
  /** By default the deployer. */
  readonly admin: string | undefined;
  /** By default the admin. */
  readonly operator: string | undefined;
  /** By default the operator. */
  readonly treasury: string | undefined;
  /** Has no default: whoever decides disputes should be nobody who gains by them. */
  readonly arbiter: string | undefined;
  /** Where the address book goes; by default where all parts look for it. */
  readonly out: string | undefined;
  /** Sends; without it only the cost is shown. The local chain needs no such word. */
  readonly yes: boolean;
}

/** Deploys to a network, or says why not. The contracts have to be compiled. */
export async function runDeploy(
  options: DeployOptions,
  environment: Environment,
  say: (line: string) => void,
): Promise<void> {
  const book =
    options.network === 'local'
      ? await deployLocal(environment['TRUETONNE_RPC_URL'] ?? LOCAL_RPC_URL)
      : await quoteAndDeploy(getLiveNetwork(options.network), options, environment, say);
  if (book === undefined) {
    say('nothing was sent; add --yes to deploy');
    return;
  }
  const path = options.out ?? addressBookPath(book.network);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(book, null, 2)}\n`);
  say(`registry  ${book.registry}`);
  say(`credit    ${book.credit}`);
  say(`sales     ${book.subscriptions?.contract ?? 'none'}`);
  say(`market    ${book.market?.contract ?? 'none'}`);
  say(`written   ${path}`);
}

function getLiveNetwork(name: string): LiveNetwork {
  const network = LIVE_NETWORKS.find((known) => known.name === name);
  if (network !== undefined) return network;
  const names = ['local', ...LIVE_NETWORKS.map((known) => known.name)].join(', ');
  throw new Error(`unknown network "${name}"; one of ${names}`);
}

async function quoteAndDeploy(
  network: LiveNetwork,
  options: DeployOptions,
  environment: Environment,
  say: (line: string) => void,
): Promise<AddressBook | undefined> {
  const rpcUrl = getSetting(environment, network.rpcUrlVariable);
  const key = getSetting(environment, network.privateKeyVariable);
  if (!isHex(key)) throw new Error(`${network.privateKeyVariable} is not 0x and 64 hex digits`);
  const client = createPublicClient({ transport: http(rpcUrl) });
  const chainId = await client.getChainId();
  if (chainId !== network.chainId) {
    throw new Error(`${network.rpcUrlVariable} is of chain ${chainId}, not ${network.chainId}`);
  }
  await assertVerifiesP256(client);
  const deployer = privateKeyToAccount(key).address;
  const roles = rolesOf(options, deployer);
  const quote = await quoteDeployment(client, deployer, roles);
  describeQuote(quote, 'POL').forEach(say);
  assertAffordable(quote, 'POL');
  if (!options.yes) return undefined;
  const deploymentId = environment['TRUETONNE_DEPLOYMENT_ID'] ?? `chain-${chainId}`;
  const tokens = {
    usdc: findToken(network.name, 'USDC'),
    usdt: findToken(network.name, 'USDT'),
  };
  const deployment = { network, deployer, roles, tokens, deploymentId, showProgress: true };
  return deployLive(client, deployment);
}

/** The zero address where the network has no such token. */
function findToken(network: LiveNetwork['name'], symbol: string): Address {
  return LIVE_TOKENS[network].find((entry) => entry.symbol === symbol)?.token ?? zeroAddress;
}

function rolesOf(options: DeployOptions, deployer: Address): Roles {
  const admin = options.admin === undefined ? deployer : getAddress(options.admin);
  const operator = options.operator === undefined ? admin : getAddress(options.operator);
  const treasury = options.treasury === undefined ? operator : getAddress(options.treasury);
  if (options.arbiter === undefined) {
    throw new Error('name who decides disputes of subscriptions: --arbiter 0x...');
  }
  const arbiter = getAddress(options.arbiter);
  if (isAddressEqual(arbiter, operator)) {
    throw new Error(
      '--arbiter is the operator, who could then take what is disputed: name another',
    );
  }
  return { admin, operator, treasury, arbiter };
}
