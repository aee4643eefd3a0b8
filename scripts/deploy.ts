/** `npm run deploy -- --network local|amoy|polygon [--admin 0x...] [--yes]`; see docs/deploy.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { createPublicClient, getAddress, http, isHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { deployLive } from './deployment/live.ts';
import { deployLocal } from './deployment/local.ts';
import { assertVerifiesP256 } from './deployment/inspect.ts';
import { getSetting, LIVE_NETWORKS, type LiveNetwork } from './deployment/networks.ts';
import { assertAffordable, describeQuote, quoteDeployment } from './deployment/quote.ts';
import { addressBookPath, type AddressBook } from './lib/addressBook.ts';
import { buildContracts } from './lib/build.ts';

export { deployLocal };

const LOCAL_RPC_URL = 'http://127.0.0.1:8545';

/** What the command line says. */
interface Options {
  readonly network: string;
  readonly admin: string | undefined;
  readonly yes: boolean;
}

function parseOptions(): Options {
  const { values } = parseArgs({
    options: {
      network: { type: 'string', default: 'local' },
      admin: { type: 'string' },
      yes: { type: 'boolean', default: false },
    },
  });
  return { network: values.network, admin: values.admin, yes: values.yes };
}

async function main(options: Options): Promise<void> {
  await buildContracts();
  if (options.network === 'local') {
    await save(await deployLocal(process.env['TRUETONNE_RPC_URL'] ?? LOCAL_RPC_URL));
    return;
  }
  const network = LIVE_NETWORKS.find(({ name }) => name === options.network);
  if (network === undefined) {
    const known = ['local', ...LIVE_NETWORKS.map(({ name }) => name)].join(', ');
    throw new Error(`unknown network "${options.network}"; one of ${known}`);
  }
  await quoteAndDeploy(network, options);
}

async function quoteAndDeploy(network: LiveNetwork, options: Options): Promise<void> {
  const rpcUrl = getSetting(network.rpcUrlVariable);
  const key = getSetting(network.privateKeyVariable);
  if (!isHex(key)) throw new Error(`${network.privateKeyVariable} is not 0x and 64 hex digits`);
  const client = createPublicClient({ transport: http(rpcUrl) });
  const chainId = await client.getChainId();
  if (chainId !== network.chainId) {
    throw new Error(`${network.rpcUrlVariable} is of chain ${chainId}, not ${network.chainId}`);
  }
  await assertVerifiesP256(client);
  const deployer = privateKeyToAccount(key).address;
  const admin = options.admin === undefined ? deployer : getAddress(options.admin);
  const quote = await quoteDeployment(client, deployer, admin);
  for (const line of describeQuote(quote, 'POL')) console.log(line);
  assertAffordable(quote, 'POL');
  if (!options.yes) {
    console.log('nothing was sent; add --yes to deploy');
    return;
  }
  const deploymentId = process.env['TRUETONNE_DEPLOYMENT_ID'] ?? `chain-${chainId}`;
  await save(await deployLive(client, { network, admin, deploymentId, showProgress: true }));
}

async function save(book: AddressBook): Promise<void> {
  const path = addressBookPath(book.network);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(book, null, 2)}\n`);
  console.log(`registry  ${book.registry}\ncredit    ${book.credit}\nwritten   ${path}`);
}

if (import.meta.main) {
  await main(parseOptions()).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
