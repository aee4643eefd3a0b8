import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAddressBookJson, type AddressBook } from '@truetonne/protocol';
import { ROOT, STATE } from './paths.ts';

export type { AddressBook };

/** Path of a network's address book; the local one is part of the state of `npm start`. */
export function addressBookPath(network: string): string {
  if (network !== 'local') return join(ROOT, 'deployments', `${network}.json`);
  return process.env['TRUETONNE_DEPLOYMENT'] ?? join(STATE, 'deployment.json');
}

/** Reads and checks an address book. Throws with the path and the field that is wrong. */
export function readAddressBook(path: string): AddressBook {
  if (!existsSync(path)) {
    throw new Error(
      `no address book at ${path}: run \`npm start\` (local) or \`npm run deploy\` first`,
    );
  }
  return parseAddressBookJson(readFileSync(path, 'utf8'), path);
}
