import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAddress, type Address } from 'viem';
import { ROOT, STATE } from './paths.ts';

/** Where the contracts of a network are: `deployments/<network>.json`. */
export interface AddressBook {
  readonly network: string;
  readonly chainId: number;
  readonly rpcUrl: string;
  readonly registry: Address;
  readonly credit: Address;
  readonly deployedAtBlock: number;
}

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
  const book = JSON.parse(readFileSync(path, 'utf8')) as Partial<AddressBook>;
  const { network, chainId, rpcUrl, registry, credit, deployedAtBlock } = book;
  if (network === undefined || rpcUrl === undefined)
    throw new Error(`${path}: network or rpcUrl is missing`);
  if (chainId === undefined || !Number.isInteger(chainId))
    throw new Error(`${path}: chainId is wrong`);
  if (deployedAtBlock === undefined) throw new Error(`${path}: deployedAtBlock is missing`);
  if (registry === undefined || !isAddress(registry))
    throw new Error(`${path}: registry is no address`);
  if (credit === undefined || !isAddress(credit)) throw new Error(`${path}: credit is no address`);
  return { network, chainId, rpcUrl, registry, credit, deployedAtBlock };
}
