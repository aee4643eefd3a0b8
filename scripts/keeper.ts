/**
 * `npm run keeper -- [--network local] [--every SECONDS] [--tell]`: renews what is due and earns the
 * bounties. Anyone may run it; docs/operations.md.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { isHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { getSetting, LIVE_NETWORKS } from './deployment/networks.ts';
import { DEVELOPMENT_ACCOUNTS } from './lib/accounts.ts';
import { addressBookPath, readAddressBook } from './lib/addressBook.ts';
import { createWallet } from './lib/wallet.ts';
import { createDueReader } from './sales/due.ts';
import { renewDue, type Round } from './sales/keeper.ts';

const { values } = parseArgs({
  options: {
    network: { type: 'string', default: 'local' },
    every: { type: 'string' },
    tell: { type: 'boolean', default: false },
  },
});

function accountOf(network: string) {
  if (network === 'local') return DEVELOPMENT_ACCOUNTS.buyer;
  const key = getSetting(process.env, 'KEEPER_PRIVATE_KEY');
  if (!isHex(key)) throw new Error('KEEPER_PRIVATE_KEY is not 0x and 64 hex digits');
  return privateKeyToAccount(key);
}

/** Opens the wallet once: what was read of the chain is remembered between rounds. */
function openRounds(): () => Promise<void> {
  const book = readAddressBook(addressBookPath(values.network));
  const { subscriptions } = book;
  if (subscriptions === undefined) throw new Error(`nothing is sold on ${values.network}`);
  const live = LIVE_NETWORKS.find(({ name }) => name === values.network);
  const rpcUrl = live === undefined ? book.rpcUrl : getSetting(process.env, live.rpcUrlVariable);
  const wallet = createWallet(rpcUrl, book.chainId, accountOf(values.network));
  const since = BigInt(book.deployedAtBlock);
  const readDue = createDueReader(wallet.reader, subscriptions.contract, since);
  return async () => report(await renewDue(wallet, subscriptions, readDue, values.tell));
}

function report({ outcomes, bounties }: Round): void {
  for (const { subscriber, reason } of outcomes) {
    console.log(`${subscriber}  ${reason === undefined ? 'renewed' : `not renewed: ${reason}`}`);
  }
  for (const { tokenId, amount } of bounties) {
    console.log(`bounty     ${amount} smallest units of token ${tokenId}`);
  }
  if (outcomes.length === 0) console.log('nothing is due');
}

try {
  const seconds = Number(values.every ?? '0');
  if (!(seconds >= 0)) throw new Error(`--every ${values.every ?? ''} is no number of seconds`);
  const round = openRounds();
  await round();
  while (seconds > 0) {
    await sleep(seconds * 1_000);
    await round().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
