import type { Hex } from '@truetonne/protocol';
import { isHex, stringToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { deployLocalNetwork, type LocalNetwork } from '../../functions/localNetwork.ts';
import { getSetting, LIVE_NETWORKS, type Environment } from '../deployment/networks.ts';
import { DEVELOPMENT_ACCOUNTS, privateKeyOf } from '../lib/accounts.ts';
import { readAddressBook, addressBookPath, type AddressBook } from '../lib/addressBook.ts';
import { createWallet } from '../lib/wallet.ts';

/** A network with its contracts, and the wallet that acts on it. */
export interface Place {
  readonly book: AddressBook;
  readonly rpcUrl: string;
  readonly privateKey: Hex;
  readonly isLocal: boolean;
}

/** Where the command works. Keys come from the environment; on a local chain anvil's public one. */
export function getPlace(network: string, environment: Environment): Place {
  const book = readAddressBook(addressBookPath(network));
  const live = LIVE_NETWORKS.find(({ name }) => name === network);
  if (live === undefined) {
    const privateKey = privateKeyOf(DEVELOPMENT_ACCOUNTS.admin);
    return { book, rpcUrl: book.rpcUrl, privateKey, isLocal: true };
  }
  const privateKey = getSetting(environment, live.privateKeyVariable);
  if (!isHex(privateKey)) throw new Error(`${live.privateKeyVariable} is not 0x and hex digits`);
  return { book, rpcUrl: getSetting(environment, live.rpcUrlVariable), privateKey, isLocal: false };
}

export function walletOf({ rpcUrl, book, privateKey }: Place) {
  return createWallet(rpcUrl, book.chainId, privateKeyToAccount(privateKey));
}

/** Chainlink's network of nodes: of a live chain as documented, of a local one deployed now. */
export async function getFunctionsNetwork(
  place: Place,
  environment: Environment,
): Promise<LocalNetwork> {
  if (place.isLocal) return deployLocalNetwork(place);
  const known = LIVE_NETWORKS.find(({ chainId }) => chainId === place.book.chainId);
  if (known === undefined) throw new Error(`no Chainlink Functions on chain ${place.book.chainId}`);
  return {
    router: known.functions.router,
    donId: stringToHex(known.functions.donId, { size: 32 }),
    subscriptionId: BigInt(getSetting(environment, 'FUNCTIONS_SUBSCRIPTION_ID')),
  };
}
