/** Listings, sales and certificates, by type. Mass in g, prices in smallest units, times in seconds. */
import { CURRENCIES } from '@truetonne/protocol';
import { address, big, hex, integer, object, oneOf, optional, text } from '../parse.ts';

const currency = oneOf(...CURRENCIES);

export const LISTING_FIELDS = `
  id seller creditId currency pricePerTonne minimumGrams expiresAt listedGrams leftGrams soldGrams
  unlistedGrams vintage country listedAt transactionHash
  project { id name methodology { code version } } credit { voidedGrams }`;

export const listing = object({
  id: hex,
  seller: address,
  creditId: big,
  currency,
  pricePerTonne: big,
  minimumGrams: big,
  expiresAt: integer,
  listedGrams: big,
  leftGrams: big,
  soldGrams: big,
  unlistedGrams: big,
  vintage: integer,
  country: text,
  listedAt: integer,
  transactionHash: hex,
  credit: optional(object({ voidedGrams: big })),
  project: optional(
    object({
      id: integer,
      name: text,
      methodology: optional(object({ code: text, version: text })),
    }),
  ),
});
export type ListingRow = ReturnType<typeof listing>;

export const SALE_FIELDS = 'id buyer currency grams paid retirementId at transactionHash';

export const sale = object({
  id: text,
  buyer: address,
  currency,
  grams: big,
  paid: big,
  retirementId: optional(big),
  at: integer,
  transactionHash: hex,
});
export type Sale = ReturnType<typeof sale>;

export const owedCoin = object({ amount: big });
