import { parseAddressBook, type AddressBook } from '@truetonne/protocol';
import { object, text, type Parser } from '../api/index.ts';

/** Where this page finds its chain, its contracts and its services. */
export interface Deployment extends Omit<AddressBook, 'deployedAtBlock'> {
  readonly deployedAtBlock: bigint;
  readonly oracleUrl: string;
  readonly indexerUrl: string;
}

/** The chain id of a local development chain, the only one where the built-in wallet exists. */
export const LOCAL_CHAIN_ID = 31337;

const url: Parser<string> = (value, path) => {
  const parsed = new URL(text(value, path));
  return parsed.href.replace(/\/$/, '');
};

const services = object({ oracleUrl: url, indexerUrl: url });

/** @throws TonneError, ShapeError or TypeError when a field is missing or is no URL. */
export function parseDeployment(value: unknown): Deployment {
  const book = parseAddressBook(value, 'deployment.json');
  const { oracleUrl, indexerUrl } = services(value, 'deployment.json');
  return { ...book, deployedAtBlock: BigInt(book.deployedAtBlock), oracleUrl, indexerUrl };
}

/** Reads `/deployment.json` of the page's own origin. */
export async function fetchDeployment(): Promise<Deployment> {
  const response = await fetch('/deployment.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/deployment.json answered ${response.status}`);
  return parseDeployment(await response.json());
}
