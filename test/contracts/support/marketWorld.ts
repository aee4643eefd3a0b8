import assert from 'node:assert/strict';

import { network } from 'hardhat';
import {
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  getContract,
  parseAbi,
  parseSignature,
  toFunctionSelector,
  type Abi,
  type Address,
  type ContractErrorArgs,
  type ContractErrorName,
  type Hex,
} from 'viem';

import { certificatesAbi } from '../../../protocol/src/abi/certificates.ts';
import { creditAbi } from '../../../protocol/src/abi/credit.ts';
import { marketAbi } from '../../../protocol/src/abi/market.ts';
export { dedicationOf } from '../../../protocol/src/index.ts';
import { deployCredits } from '../../../scripts/deployment/credits.ts';
import { findRefusal } from './refusal.ts';
import {
  close,
  createPlant,
  createWorld,
  DAY,
  submissionOf,
  YEAR_2026,
  type Wallet,
} from './world.ts';

export const CREDIT_ID = 12_026n;
export const GRAMS = 35_200n;
export const FIRST_RETIREMENT = CREDIT_ID * 10n ** 20n;
export const CURRENCY = { coin: 0, usdc: 1, usdt: 2 } as const;
/** 20.00 of a token with six decimals, for a tonne. */
export const PRICE = 20_000_000n;
export const FOREVER = 2 ** 40 - 1;
const FUNDS = 10n ** 12n;

export interface Terms {
  readonly pricePerTonne: bigint;
  readonly currency: number;
  readonly minimumGrams: bigint;
  readonly expiresAt: number;
}

export interface Listing {
  readonly seller: Address;
  readonly creditId: bigint;
  readonly terms: Terms;
}

export const TERMS: Terms = {
  pricePerTonne: PRICE,
  currency: CURRENCY.usdc,
  minimumGrams: 0n,
  expiresAt: FOREVER,
};

const TERMS_ABI = [
  {
    type: 'tuple',
    components: [
      { name: 'pricePerTonne', type: 'uint128' },
      { name: 'currency', type: 'uint8' },
      { name: 'minimumGrams', type: 'uint64' },
      { name: 'expiresAt', type: 'uint40' },
    ],
  },
] as const;

type MarketError = Extract<(typeof marketAbi)[number], { type: 'error' }>;

/** A credit contract passes on what the market refuses. */
const CREDIT_ABI = [
  ...creditAbi,
  ...marketAbi.filter((entry): entry is MarketError => entry.type === 'error'),
];

export const TOKEN_ABI = parseAbi([
  'function mint(address to, uint256 amount)',
  'function approve(address spender, uint256 amount) returns (bool)',
  'function balanceOf(address) view returns (uint256)',
  'function nonces(address) view returns (uint256)',
  'function misbehave(uint8 manner)',
  'function prepare(bytes data)',
  'function answer() view returns (bytes)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
]);

export const HOSTILE_ABI = parseAbi([
  'function forward(address target, bytes data) payable',
  'function refuseCoin(bool refuses)',
  'function prepare(address target, bytes data)',
  'function answer() view returns (bytes)',
]);

const PERMIT_TYPES = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

/** The terms as they are sent along with credits. */
export function encodeTerms(terms: Terms): Hex {
  return encodeAbiParameters(TERMS_ABI, [terms]);
}

export async function assertMarketRefused<TName extends ContractErrorName<typeof marketAbi>>(
  call: Promise<unknown>,
  name: TName,
  args: ContractErrorArgs<typeof marketAbi, TName>,
): Promise<void> {
  assert.deepEqual(await findRefusal(call), { name, args });
}

export async function assertCertificatesRefused<
  TName extends ContractErrorName<typeof certificatesAbi>,
>(
  call: Promise<unknown>,
  name: TName,
  args: ContractErrorArgs<typeof certificatesAbi, TName>,
): Promise<void> {
  assert.deepEqual(await findRefusal(call), { name, args });
}

/** For an error of another contract than the one called. */
export async function assertSelector(call: Promise<unknown>, error: string): Promise<void> {
  const refusal = await call.then(String, String);
  assert.ok(refusal.includes(toFunctionSelector(error)), refusal);
}

export type MarketWorld = Awaited<
  ReturnType<Awaited<ReturnType<typeof openMarket>>['freshMarket']>
>;

/** A chain with all contracts; the owner of a plant holds 35,200 g of 2026, the buyer tokens. */
export async function openMarket() {
  const { viem, networkHelpers } = await network.create();

  async function createMarket() {
    const [admin, submitter, validator, owner, buyer, other] = await viem.getWalletClients();
    if (!admin || !submitter || !validator || !owner || !buyer || !other)
      throw new Error('accounts');
    const actors = { admin, submitter, validator, owner, buyer };
    const reader = await viem.getPublicClient();
    const deployer = { reader, wallet: admin };
    const world = await createWorld(
      reader,
      actors,
      await deployCredits(deployer, admin.account.address, 0),
    );
    const { projectId, device } = await createPlant(world);
    await world
      .registryOf(submitter)
      .write.submit([
        submissionOf(projectId),
        close(world, device, { closedAt: YEAR_2026 + DAY, exportWh: 100_000n }),
      ]);
    await world.registryOf(owner).write.mint([1_000_001n]);

    const usdc = (await viem.deployContract('PaymentToken', ['USDC', 'USDC', 6])).address;
    const hostile = (await viem.deployContract('HostileToken', [])).address;
    const credit = world.credit.address;
    const certificates = (await viem.deployContract('TonneCertificates', [credit])).address;
    const args = [certificates, usdc, hostile] as const;
    const market = (await viem.deployContract('TonneMarket', [...args])).address;

    const marketOf = (wallet: Wallet) =>
      getContract({ address: market, abi: marketAbi, client: { public: reader, wallet } });
    const creditOf = (wallet: Wallet) =>
      getContract({ address: credit, abi: CREDIT_ABI, client: { public: reader, wallet } });
    const certificatesOf = (wallet: Wallet) =>
      getContract({
        address: certificates,
        abi: certificatesAbi,
        client: { public: reader, wallet },
      });
    const tokenOf = (token: Address, wallet: Wallet) =>
      getContract({ address: token, abi: TOKEN_ABI, client: { public: reader, wallet } });
    for (const token of [usdc, hostile]) {
      await tokenOf(token, buyer).write.mint([buyer.account.address, FUNDS]);
      await tokenOf(token, buyer).write.approve([market, FUNDS]);
    }
    const seller = getAddress(owner.account.address);
    const listingOf = (terms: Partial<Terms> = {}): Listing => ({
      seller,
      creditId: CREDIT_ID,
      terms: { ...TERMS, ...terms },
    });
    return {
      ...world,
      world,
      other,
      seller,
      buyer: getAddress(buyer.account.address),
      market: marketOf(buyer),
      marketAt: (address: Address) =>
        getContract({ address, abi: marketAbi, client: { public: reader, wallet: buyer } }),
      marketOf,
      certificates: certificatesOf(owner),
      certificatesOf,
      tokenOf,
      usdc,
      hostile,
      listingOf,
      sellerMarket: marketOf(owner),
      sellerCredit: creditOf(owner),
      balanceOf: (token: Address, holder: Address) =>
        tokenOf(token, buyer).read.balanceOf([holder]),
      /** Sends grams of the seller to the market, with terms. */
      list: async (terms: Partial<Terms> = {}, grams: bigint = GRAMS) => {
        const listing = listingOf(terms);
        const data = encodeTerms(listing.terms);
        const hash = await creditOf(owner).write.safeTransferFrom([
          seller,
          market,
          CREDIT_ID,
          grams,
          data,
        ]);
        return { listing, hash, listingId: await marketOf(owner).read.idOf([listing]) };
      },
      signPermit: async (wallet: Wallet, value: bigint, deadline: bigint = 2n ** 255n) => {
        const holder = wallet.account.address;
        const nonce = await tokenOf(usdc, wallet).read.nonces([holder]);
        const signature = await wallet.signTypedData({
          domain: {
            name: 'USDC',
            version: '1',
            chainId: reader.chain?.id,
            verifyingContract: usdc,
          },
          types: PERMIT_TYPES,
          primaryType: 'Permit',
          message: { owner: holder, spender: market, value, nonce, deadline },
        });
        const { r, s, yParity } = parseSignature(signature);
        return { value, deadline, v: 27 + yParity, r, s };
      },
    };
  }

  return {
    assertions: viem.assertions,
    time: networkHelpers.time,
    deploy: viem.deployContract.bind(viem),
    freshMarket: () => networkHelpers.loadFixture(createMarket),
    /** A contract that calls back while it receives credits or coin. */
    hostileBuyer: async () => {
      const { address } = await viem.deployContract('HostileBuyer', []);
      const [wallet] = await viem.getWalletClients();
      if (!wallet) throw new Error('no account');
      const client = { public: await viem.getPublicClient(), wallet };
      return getContract({ address, abi: HOSTILE_ABI, client });
    },
  };
}

/** The calldata of a call of the market. */
export function callOf(functionName: string, args: readonly unknown[]): Hex {
  const abi: Abi = marketAbi;
  return encodeFunctionData({ abi, functionName, args: [...args] });
}
