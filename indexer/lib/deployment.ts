import { readFileSync } from 'node:fs';
import { parseAddressBookJson, TonneError, type AddressBook } from '@truetonne/protocol';

/** The address book of one network, written by the deployment. */
export type Deployment = AddressBook;

/**
 * Reads the address book.
 * @throws TonneError CONFIGURATION_INVALID when there is no such file or a field is missing
 */
export function readDeployment(path: string): Deployment {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    const expected = 'a file written by `npm run deploy`';
    const details = { field: 'TRUETONNE_DEPLOYMENT', value: path, expected };
    throw new TonneError('CONFIGURATION_INVALID', details);
  }
  return parseAddressBookJson(text, `TRUETONNE_DEPLOYMENT ${path}`);
}

/** A chain on this machine: it may be begun anew, so nothing read from it is cached. */
export function isLoopback(rpcUrl: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(rpcUrl).hostname);
}
