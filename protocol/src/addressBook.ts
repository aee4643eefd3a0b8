import { isAddress } from 'viem';
import type { Hex } from './bytes.ts';
import type { CreditContracts } from './deploymentPlan.ts';
import { TonneError } from './errors/tonneError.ts';

/** Where the contracts of one network are, as the deployment writes it. */
export interface AddressBook extends CreditContracts {
  readonly network: string;
  readonly chainId: number;
  readonly rpcUrl: string;
  readonly deployedAtBlock: number;
  /** Absent where nothing is sold: everyone has every right there. */
  readonly subscriptions?: SubscriptionContracts;
  /** InventoryAnchor; absent where no inventories are anchored. */
  readonly inventoryAnchor?: Hex;
  /** BatchRecomputation; absent where nobody asks Chainlink Functions. */
  readonly recomputation?: Hex;
  /** Absent where no credits are traded and no retirement is certified. */
  readonly market?: MarketContracts;
}

/** Where credits are traded, and retirements certified. */
export interface MarketContracts {
  /** TonneMarket, which holds what is listed. */
  readonly contract: Hex;
  /** TonneCertificates. */
  readonly certificates: Hex;
}

/** Where subscriptions are sold. Plans, tokens and prices are on the chain. */
export interface SubscriptionContracts {
  /** TonneSubscriptions, which holds the money. */
  readonly contract: Hex;
  /** TonnePlans, which says what is sold. */
  readonly plans: Hex;
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/**
 * Reads an address book; fields for other readers are left alone.
 *
 * @param source where it came from, named before the field in an error
 * @throws TonneError CONFIGURATION_INVALID with the field and its value
 */
export function parseAddressBook(value: unknown, source?: string): AddressBook {
  const { find, read } = readerOf(value, source);
  const sold = find('subscriptions');
  const traded = find('market');
  return {
    network: read('network', findText, 'a text'),
    chainId: read('chainId', (found) => findWhole(found, 1), 'a whole number'),
    rpcUrl: read('rpcUrl', findUrl, 'a URL'),
    registry: read('registry', findAddress, 'an address'),
    credit: read('credit', findAddress, 'an address'),
    energyCertificate: read('energyCertificate', findAddress, 'an address'),
    verification: read('verification', findAddress, 'an address'),
    recourse: read('recourse', findAddress, 'an address'),
    readings: read('readings', findAddress, 'an address'),
    deployedAtBlock: read('deployedAtBlock', (found) => findWhole(found, 0), 'a whole number'),
    ...(sold === undefined ? {} : { subscriptions: parseContracts(sold, source) }),
    ...(find('inventoryAnchor') === undefined
      ? {}
      : { inventoryAnchor: read('inventoryAnchor', findAddress, 'an address') }),
    ...(find('recomputation') === undefined
      ? {}
      : { recomputation: read('recomputation', findAddress, 'an address') }),
    ...(traded === undefined ? {} : { market: parseMarket(traded, source) }),
  };
}

function parseContracts(value: unknown, source: string | undefined): SubscriptionContracts {
  const { read } = readerOf(value, source, 'subscriptions.');
  return {
    contract: read('contract', findAddress, 'an address'),
    plans: read('plans', findAddress, 'an address'),
  };
}

function parseMarket(value: unknown, source: string | undefined): MarketContracts {
  const { read } = readerOf(value, source, 'market.');
  return {
    contract: read('contract', findAddress, 'an address'),
    certificates: read('certificates', findAddress, 'an address'),
  };
}

/** Reads fields of an object. `prefix` goes before the name of a field in an error. */
function readerOf(value: unknown, source: string | undefined, prefix = '') {
  const fields = new Map<string, unknown>(
    typeof value === 'object' && value !== null ? Object.entries(value) : [],
  );
  const read = <T>(
    field: string,
    parse: (found: unknown) => T | undefined,
    expected: string,
  ): T => {
    const found = fields.get(field);
    const parsed = parse(found);
    if (parsed !== undefined) return parsed;
    throw invalid(`${prefix}${field}`, found, expected, source);
  };
  return { find: (field: string) => fields.get(field), read };
}

/** Reads the text of an address book file. Throws as {@link parseAddressBook}. */
export function parseAddressBookJson(text: string, source: string): AddressBook {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const details = { field: source, value: message, expected: 'a JSON file' };
    throw new TonneError('CONFIGURATION_INVALID', details);
  }
  return parseAddressBook(value, source);
}

function findText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function findWhole(value: unknown, least: number): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
    ? value
    : undefined;
}

function findUrl(value: unknown): string | undefined {
  return typeof value === 'string' && URL.canParse(value) ? value : undefined;
}

/** Letters of one case carry no checksum; of both, they have to be the one of EIP-55. */
function findAddress(value: unknown): Hex | undefined {
  if (typeof value !== 'string' || !ADDRESS.test(value)) return undefined;
  const digits = value.slice(2);
  const unchecked = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  return unchecked || isAddress(value) ? `0x${digits}` : undefined;
}

function invalid(
  name: string,
  value: unknown,
  expected: string,
  source: string | undefined,
): TonneError {
  const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'missing');
  const field = source === undefined ? name : `${source}: ${name}`;
  return new TonneError('CONFIGURATION_INVALID', { field, value: shown, expected });
}
