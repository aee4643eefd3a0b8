import { readFileSync } from 'node:fs';
import { parseAddressBookJson, TonneError, type AddressBook } from '@truetonne/protocol';

/** What of an address book the oracle works with; the registry in lower case, as it compares it. */
export type Deployment = Omit<AddressBook, 'credit'>;

/** Reads an address book. Throws CONFIGURATION_INVALID with the field. */
export function readDeployment(path: string): Deployment {
  const source = `TRUETONNE_DEPLOYMENT ${path}`;
  const book = parseAddressBookJson(readText(path, source), source);
  return { ...book, registry: `0x${book.registry.slice(2).toLowerCase()}` };
}

function readText(path: string, source: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('CONFIGURATION_INVALID', { field: source, value });
  }
}
