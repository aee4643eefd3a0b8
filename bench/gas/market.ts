// Gas of certificates and of the market at Polygon's prices.
import { maxUint256, parseAbi, type Address } from 'viem';

import {
  commitmentTo,
  dedicationOf,
  encodeTerms,
  marketAbi,
  toListingArgument,
  type Listing,
  type Terms,
} from '../../protocol/src/index.ts';
import type { Wallet, World } from '../../test/contracts/support/world.ts';
import { deployCompiled } from './references.ts';
import { priceOf, type Gas } from './reprice.ts';

const TOKEN_ABI = parseAbi([
  'function mint(address to, uint256 amount)',
  'function approve(address spender, uint256 amount) returns (bool)',
]);
const FUNDS = 10n ** 15n;
/** 20.00 of a token with six decimals for a tonne. */
const TERMS: Terms = {
  pricePerTonne: 20_000_000n,
  currency: 'usdc',
  minimumGrams: 0n,
  expiresAt: 2 ** 40 - 1,
};
const WORDS = { beneficiary: 'Example Works Ltd', purpose: 'Business travel' };
const PERIOD = { periodFrom: 1_767_225_600, periodUntil: 1_798_761_599 };
const SALT = `0x${'5a'.repeat(32)}` as const;

export interface MarketGas {
  readonly certificate: Gas;
  readonly certificateAgain: Gas;
  readonly certificatePrivate: Gas;
  readonly list: Gas;
  readonly listAll: Gas;
  readonly buy: Gas;
  readonly buyHeld: Gas;
  readonly buyCoin: Gas;
  readonly buyAndRetire: Gas;
  readonly buyAndRetirePlain: Gas;
}

/**
 * The owner holds grams of `creditId`; the credit has been retired from before. Buyer and seller hold
 * tokens already, as people who trade do.
 */
export async function measureMarket(world: World, creditId: bigint): Promise<MarketGas> {
  const { reader, actors, mined } = world;
  const { owner, buyer, admin } = actors;
  const contracts = await deployMarket(world);
  const { certificates, market } = contracts;
  const credit = world.creditOf(owner);
  const price = async (sent: Promise<`0x${string}`>) => priceOf(reader, await sent);
  const seller = owner.account.address;

  const certify = (wallet: Wallet, fields: Parameters<typeof dedicationOf>[1]) => {
    const dedication = dedicationOf(wallet.account.address, fields);
    const args = [creditId, 1_000n, dedication, certificates] as const;
    return price(credit.write.retireWithCertificate(args));
  };
  const certificate = await certify(owner, { ...WORDS, ...PERIOD });
  const certificateAgain = await certify(owner, { ...WORDS, ...PERIOD });
  const commitment = commitmentTo(WORDS.beneficiary, SALT);
  const certificatePrivate = await certify(admin, { commitment, purpose: WORDS.purpose });

  const list = (grams: bigint, terms: Terms) =>
    credit.write.safeTransferFrom([seller, market, creditId, grams, encodeTerms(terms)]);
  const listingOf = (terms: Terms): Listing => ({ seller, creditId, terms });
  await mined(list(1_000n, { ...TERMS, currency: 'coin' }));
  const part = await price(list(100_000n, TERMS));

  const listing = toListingArgument(listingOf(TERMS));
  const calling = { account: buyer.account, chain: buyer.chain, address: market, abi: marketAbi };
  const buy = (grams: bigint) =>
    price(buyer.writeContract({ ...calling, functionName: 'buy', args: [listing, grams, []] }));
  const credited = world.creditOf(buyer);
  const [holder, held] = [
    buyer.account.address,
    await credited.read.balanceOf([buyer.account.address, creditId]),
  ];
  if (held > 0n)
    await mined(credited.write.safeTransferFrom([holder, seller, creditId, held, '0x']));
  const first = await buy(1_000n);
  const again = await buy(1_000n);
  const inCoin = toListingArgument(listingOf({ ...TERMS, currency: 'coin' }));
  const coin = { functionName: 'buy', args: [inCoin, 500n, []], value: 10_000n } as const;
  const buyCoin = await price(buyer.writeContract({ ...calling, ...coin }));
  const dedication = dedicationOf(holder, { ...WORDS, ...PERIOD });
  const retire = (withCertificate: boolean) => {
    const args = [listing, 1_000n, [], dedication, withCertificate] as const;
    return price(buyer.writeContract({ ...calling, functionName: 'buyAndRetire', args }));
  };
  const buyAndRetire = await retire(true);
  const buyAndRetirePlain = await retire(false);
  const rest = await credit.read.balanceOf([seller, creditId]);
  const listAll = await price(list(rest, { ...TERMS, minimumGrams: 1n }));
  return {
    certificate,
    certificateAgain,
    certificatePrivate,
    list: part,
    listAll,
    buy: first,
    buyHeld: again,
    buyCoin,
    buyAndRetire,
    buyAndRetirePlain,
  };
}

async function deployMarket({ reader, actors, credit, mined }: World) {
  const { admin, owner, buyer } = actors;
  const deploy = (name: string, args: readonly unknown[]) =>
    deployCompiled(reader, admin, name, args);
  const usdc = await deploy('mocks/subscriptions/PaymentToken', ['USD Coin', 'USDC', 6]);
  const certificates = await deploy('TonneCertificates', [credit.address]);
  const market = await deploy('TonneMarket', [certificates, usdc, usdc]);
  const write = (wallet: Wallet, functionName: 'mint' | 'approve', to: Address, amount: bigint) =>
    mined(
      wallet.writeContract({ address: usdc, abi: TOKEN_ABI, functionName, args: [to, amount] }),
    );
  for (const wallet of [owner, buyer]) await write(wallet, 'mint', wallet.account.address, FUNDS);
  await write(buyer, 'approve', market, maxUint256);
  return { certificates, market };
}
