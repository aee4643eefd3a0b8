import { parseAddressBookJson, TonneError, type AddressBook, type Hex } from '@truetonne/protocol';
import type { Account } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Terminal } from './command.ts';

/** The chain of `npm start`, whose node holds the keys of its accounts. */
const LOCAL_CHAIN_ID = 31_337;

/** Where the registry is, for commands that send to it. */
export const DEPLOYMENT_USAGE =
  '  --deployment <file>  address book (TRUETONNE_DEPLOYMENT, or .truetonne/deployment.json)';

/** The address book that is named, or that of the environment, or of `npm start`. */
export function readDeployment(path: string | undefined, { read }: Terminal): AddressBook {
  const place = path ?? process.env['TRUETONNE_DEPLOYMENT'] ?? '.truetonne/deployment.json';
  return parseAddressBookJson(new TextDecoder().decode(read(place)), place);
}

/**
 * Who sends: the wallet whose private key is in DEVICE_OWNER_KEY; on the local chain, without one, the
 * address that is given, whose key the node holds. Throws CONFIGURATION_INVALID.
 */
export function readSender({ chainId }: AddressBook, local: Hex | undefined): Account | Hex {
  const key = process.env['DEVICE_OWNER_KEY'];
  if (key === undefined && chainId === LOCAL_CHAIN_ID && local !== undefined) return local;
  if (key !== undefined && /^0x[0-9a-fA-F]{64}$/.test(key)) {
    return privateKeyToAccount(`0x${key.slice(2)}`);
  }
  const expected = 'the private key of the wallet that sends, 0x and 64 hex digits';
  throw new TonneError('CONFIGURATION_INVALID', { field: 'DEVICE_OWNER_KEY', expected });
}
