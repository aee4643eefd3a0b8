import type { CatalogueEntry } from './entry.ts';

/** Refusals of the market and of the certificates. */
export const market = {
  ACCOUNT_MISSING: {
    status: 422,
    title: 'A retirement is in the name of a wallet',
    todo: 'Give the address in whose name the credits are retired.',
  },
  BELOW_MINIMUM: {
    status: 422,
    title: 'The seller sells no fewer grams at once',
    todo: 'Buy at least the minimum, or all that is left.',
  },
  BENEFICIARY_TWICE: {
    status: 422,
    title: 'A beneficiary is named or kept private, not both',
    todo: 'Give the name, or the commitment to it.',
  },
  COIN_NOT_EXACT: {
    status: 422,
    title: "Another amount of the chain's coin was sent than the price",
    todo: 'Send exactly the price; nothing when the price is in a token.',
  },
  CURRENCY_NOT_TAKEN: {
    status: 422,
    title: 'The market on this chain does not take that token',
    todo: 'Choose another currency.',
  },
  ERC721_INVALID_OWNER: {
    status: 422,
    title: 'The zero address holds no certificates',
    todo: 'Give the address of a wallet.',
  },
  ERC721_NONEXISTENT_TOKEN: {
    status: 404,
    title: 'No certificate has this number',
    todo: 'Check the number. A retirement without a certificate has none.',
  },
  GRAMS_ZERO: {
    status: 422,
    title: 'An amount of nothing',
    todo: 'Give at least one gram.',
  },
  LISTING_EXPIRED: {
    status: 409,
    title: 'The listing is over',
    todo: 'Choose another listing; its seller can take the credits out or list them anew.',
  },
  LISTING_SHORT: {
    status: 409,
    title: 'Less than that is left of the listing',
    todo: 'Choose at most what is left; others may have bought in between.',
  },
  MINIMUM_ABOVE_OFFER: {
    status: 422,
    title: 'The smallest sale is larger than what is offered',
    todo: 'Lower the minimum, or offer more.',
  },
  NOT_ACCOUNT: {
    status: 403,
    title: 'Only the wallet that retired reveals the beneficiary',
    todo: 'Use the wallet in whose name the credits were retired.',
  },
  NOT_CREDIT: {
    status: 403,
    title: 'Only the credit contract certifies',
    todo: 'Retire with a certificate in the credit contract.',
  },
  NOT_CREDIT_TOKEN: {
    status: 422,
    title: 'The market takes credits of its credit contract only',
    todo: 'Send credits of the contract that the market names.',
  },
  NOT_SELLER: {
    status: 403,
    title: 'Only the seller changes a listing',
    todo: 'Use the wallet that listed the credits.',
  },
  ONE_CREDIT_ONLY: {
    status: 422,
    title: 'One credit is listed at a time',
    todo: 'List each credit by a transfer of its own.',
  },
  OWN_LISTING: {
    status: 422,
    title: 'The wallet would buy from itself',
    todo: 'Take the credits out of the listing instead.',
  },
  PRICE_ZERO: {
    status: 422,
    title: 'Nothing is sold for nothing',
    todo: 'Give a price above zero, or transfer the credits.',
  },
  REVEAL_MISMATCH: {
    status: 422,
    title: 'The beneficiary and the salt are not those that were committed to',
    todo: 'Check both, letter by letter: spaces and capitals count.',
  },
  SALES_PAUSED: {
    status: 503,
    title: 'Sales are paused',
    todo: 'Try again later. What is listed can be taken out, and credits can be retired, at all times.',
  },
  SOULBOUND: {
    status: 409,
    title: 'A certificate stays with its wallet',
    todo: 'Show it by its link; it can not be transferred.',
  },
  STRINGS_INSUFFICIENT_HEX_LENGTH: {
    status: 500,
    title: 'An address does not fit its text',
    todo: 'Report this: it can not happen.',
  },
  TERMS_MISSING: {
    status: 422,
    title: 'Credits came to the market without terms',
    todo: 'List them with price, currency, minimum and expiry.',
  },
  TOKEN_WITHOUT_CODE: {
    status: 422,
    title: 'No contract is at the address of the token',
    todo: 'Give the address of the token on this chain.',
  },
} as const satisfies Record<string, CatalogueEntry>;
