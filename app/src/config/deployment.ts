import { parseAddressBook, type AddressBook } from '@truetonne/protocol';
import { object, optional, text, type Parser } from '../api/index.ts';

/** Where this page finds its chain, its contracts and its services. */
export interface Deployment extends Omit<AddressBook, 'deployedAtBlock'> {
  readonly deployedAtBlock: bigint;
  readonly oracleUrl: string;
  readonly indexerUrl: string;
  /** Name and address of who sells subscriptions, for invoices; lines. */
  readonly seller: string | undefined;
}

/** The chain id of a local development chain, the only one where the built-in wallet exists. */
export const LOCAL_CHAIN_ID = 31337;

const url: Parser<string> = (value, path) => {
  const parsed = new URL(text(value, path));
  return parsed.href.replace(/\/$/, '');
};

const services = object({ oracleUrl: url, indexerUrl: url, seller: optional(text) });

/** @throws TonneError, ShapeError or TypeError when a field is missing or is no URL. */
export function parseDeployment(value: unknown): Deployment {
  const book = parseAddressBook(value, 'deployment.json');
  const ours = services(value, 'deployment.json');
  return { ...book, deployedAtBlock: BigInt(book.deployedAtBlock), ...ours };
}

const LOOPBACK = /^(localhost|127\.0\.0\.1)$/;

/**
 * A page on this machine asks services on this machine by the name that it has itself: to a browser
 * `localhost` and `127.0.0.1` are two sites, and a session's cookie stays within one.
 */
export function onSameSite(serviceUrl: string, pageHost: string): string {
  const parsed = new URL(serviceUrl);
  if (!LOOPBACK.test(pageHost) || !LOOPBACK.test(parsed.hostname)) return serviceUrl;
  parsed.hostname = pageHost;
  return parsed.href.replace(/\/$/, '');
}

/** Reads `/deployment.json` of the page's own origin. */
export async function fetchDeployment(): Promise<Deployment> {
  const response = await fetch('/deployment.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/deployment.json answered ${response.status}`);
  const deployment = parseDeployment(await response.json());
  const { hostname } = window.location;
  return {
    ...deployment,
    oracleUrl: onSameSite(deployment.oracleUrl, hostname),
    indexerUrl: onSameSite(deployment.indexerUrl, hostname),
  };
}
