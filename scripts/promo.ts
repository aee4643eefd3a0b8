/**
 * `npm run promo -- --code SPRING --percent 40 --days 30 [--plan 1] [--wallet 0x...] [--total 100]
 * [--per-wallet 1] [--network local]`: signs a promo code; docs/subscriptions.md.
 */
import { parseArgs } from 'node:util';

import { isHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { getSetting } from './deployment/networks.ts';
import { DEVELOPMENT_ACCOUNTS } from './lib/accounts.ts';
import { addressBookPath, readAddressBook } from './lib/addressBook.ts';
import { signPromo } from './sales/promoCommand.ts';

const { values } = parseArgs({
  options: {
    network: { type: 'string', default: 'local' },
    code: { type: 'string', default: '' },
    percent: { type: 'string', default: '' },
    days: { type: 'string', default: '' },
    plan: { type: 'string', default: '0' },
    wallet: { type: 'string' },
    total: { type: 'string', default: '0' },
    'per-wallet': { type: 'string', default: '1' },
  },
});

/** Anyone knows the key of the local chain; elsewhere it comes from the environment alone. */
function signerOf(network: string) {
  if (network === 'local') return DEVELOPMENT_ACCOUNTS.promoSigner;
  const key = getSetting(process.env, 'PROMO_PRIVATE_KEY');
  if (!isHex(key)) throw new Error('PROMO_PRIVATE_KEY is not 0x and 64 hex digits');
  return privateKeyToAccount(key);
}

/** A missing number is none, not zero. */
const toNumber = (text: string): number => (text === '' ? NaN : Number(text));

try {
  const { network, code, wallet } = values;
  const wish = {
    ...{ code, wallet, percent: toNumber(values.percent), days: toNumber(values.days) },
    ...{ planId: Number(values.plan), total: Number(values.total) },
    perWallet: Number(values['per-wallet']),
  };
  const book = readAddressBook(addressBookPath(network));
  const now = Math.floor(Date.now() / 1000);
  console.log(await signPromo(book, wish, signerOf(network), now));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
