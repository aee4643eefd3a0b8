import { zeroAddress, type Address } from 'viem';

/** A token to accept, and what it has to call itself on the chain. `TokenDraft` of the contract. */
export interface TokenEntry {
  readonly symbol: string;
  readonly token: Address;
  readonly bountyPercentE2: number;
  /** Its price in USD; the zero address takes one token for one dollar. */
  readonly feed: Address;
  /** What the feed calls itself; one of these. */
  readonly feedDescriptions: readonly string[];
  readonly maxAge: number;
  readonly minPriceE4: number;
  readonly maxPriceE4: number;
}

/** A keeper gets half a percent of what it collects. */
const BOUNTY_PERCENT_E2 = 50;
const HOUR = 3_600;

/** A token of which one is one dollar. */
export function pegged(symbol: string, token: Address): TokenEntry {
  return {
    symbol,
    token,
    bountyPercentE2: BOUNTY_PERCENT_E2,
    feed: zeroAddress,
    feedDescriptions: [],
    maxAge: 0,
    minPriceE4: 0,
    maxPriceE4: 0,
  };
}

/** The chain's own coin; prices from 1 cent to 100 dollars are believed. Nobody can collect it. */
export function coin(feed: Address): TokenEntry {
  return {
    symbol: 'POL',
    token: zeroAddress,
    bountyPercentE2: 0,
    feed,
    // The feed kept its old name on some networks.
    feedDescriptions: ['POL / USD', 'MATIC / USD'],
    maxAge: HOUR,
    minPriceE4: 100,
    maxPriceE4: 1_000_000,
  };
}

/**
 * What is accepted from the start on public networks. Sources: Circle, "USDC contract addresses";
 * Tether's contract on Polygon PoS; Chainlink, "Price feed contract addresses", Polygon. Each is
 * compared with what the contract calls itself before it is accepted.
 */
export const LIVE_TOKENS: Readonly<Record<'amoy' | 'polygon', readonly TokenEntry[]>> = {
  // Tether has no token on Amoy.
  amoy: [
    pegged('USDC', '0x41E94Eb019C0762f9Bfcf9Fb1E58725BfB0e7582'),
    coin('0x001382149eBa3441043c1c66972b4772963f5D43'),
  ],
  polygon: [
    pegged('USDC', '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359'),
    pegged('USDT', '0xc2132D05D31c914a87C6611C10748AEb04B58e8F'),
    coin('0xAB594600376Ec9fD91F8e885dADF0CE036862dE0'),
  ],
};
