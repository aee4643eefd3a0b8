import { readFileSync } from 'node:fs';
import { isAddress, type Address } from 'viem';
import { TonneError } from '@truetonne/protocol';

/** The address book of one network, written by the deployment. */
export interface Deployment {
  readonly network: string;
  readonly chainId: number;
  readonly rpcUrl: string;
  readonly registry: Address;
  readonly credit: Address;
  readonly deployedAtBlock: number;
}

/**
 * Reads the address book.
 * @throws TonneError CONFIGURATION_INVALID when there is no such file or a field is missing
 */
export function readDeployment(path: string): Deployment {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw invalid('TRUETONNE_DEPLOYMENT', path, 'a file written by `npm run deploy`');
  }
  return parseDeployment(parseJson(text, path));
}

/** @throws TonneError CONFIGURATION_INVALID with the field and its value */
export function parseDeployment(value: unknown): Deployment {
  const record: Record<string, unknown> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  return {
    network: textOf(record, 'network'),
    chainId: integerOf(record, 'chainId'),
    rpcUrl: urlOf(record, 'rpcUrl'),
    registry: addressOf(record, 'registry'),
    credit: addressOf(record, 'credit'),
    deployedAtBlock: integerOf(record, 'deployedAtBlock'),
  };
}

/** A chain on this machine: it may be begun anew, so nothing read from it is cached. */
export function isLoopback(rpcUrl: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(rpcUrl).hostname);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('TRUETONNE_DEPLOYMENT', path, 'a JSON file');
  }
}

function textOf(record: Record<string, unknown>, field: string): string {
  const value = record[field];
  if (typeof value !== 'string' || value === '') throw invalid(field, value, 'a text');
  return value;
}

function integerOf(record: Record<string, unknown>, field: string): number {
  const value = record[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw invalid(field, value, 'a whole number');
  }
  return value;
}

function urlOf(record: Record<string, unknown>, field: string): string {
  const value = textOf(record, field);
  if (!URL.canParse(value)) throw invalid(field, value, 'a URL');
  return value;
}

function addressOf(record: Record<string, unknown>, field: string): Address {
  const value = record[field];
  if (typeof value !== 'string' || !isAddress(value)) throw invalid(field, value, 'an address');
  return value;
}

function invalid(field: string, value: unknown, expected: string): TonneError {
  const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'missing');
  return new TonneError('CONFIGURATION_INVALID', { field, value: shown, expected });
}
