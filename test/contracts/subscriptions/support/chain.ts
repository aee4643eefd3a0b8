import { network } from 'hardhat';
import {
  encodeFunctionData,
  getContract,
  getAddress,
  keccak256,
  parseAbi,
  parseSignature,
  stringToHex,
  zeroAddress,
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type Hex,
} from 'viem';

import { subscriptionsAbi } from '../../../../protocol/src/abi/subscriptions.ts';
import {
  contractsAt,
  DAY,
  draftOf,
  START,
  FREE_TERMS,
  MONTH,
  NO_OFFERS,
  orderOf,
  PROMO_TYPES,
  SEASON_MONTHS,
  TERMS,
  TIER,
  USD,
  type Actors,
  type Order,
  type Permit,
  type Promo,
  type Wallet,
} from './world.ts';

/** POL costs 50 cents: a feed of 8 decimals. */
export const POL_PRICE = 50_000_000n;
const FUNDS = 10n ** 30n;
const FOREVER = 2n ** 256n - 1n;

const WALLET_ABI = parseAbi([
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

export type World = Awaited<ReturnType<Awaited<ReturnType<typeof openChain>>['freshWorld']>>;

/** A chain of its own for one test file, at 1 April 2028. Each fixture starts from the same state. */
export async function openChain() {
  const { viem, networkHelpers } = await network.create();
  const { time } = networkHelpers;

  async function createWorld() {
    const wallets = await viem.getWalletClients();
    const [operator, arbiter, alice, bob, carol, keeper] = wallets;
    if (!operator || !arbiter || !alice || !bob || !carol || !keeper) throw new Error('accounts');
    const actors: Actors = { operator, arbiter, alice, bob, carol, keeper };
    const treasury: Address = getAddress(`0x${'7e'.repeat(20)}`);
    await time.increaseTo(START - 100);
    const reader = await viem.getPublicClient();
    const { address } = await viem.deployContract('TonneSubscriptions', [
      operator.account.address,
      treasury,
      arbiter.account.address,
    ]);
    const plansAddress = await reader.readContract({
      address,
      abi: subscriptionsAbi,
      functionName: 'plans',
    });
    const contracts = contractsAt(reader, address, plansAddress);
    const plans = contracts.plansOf(operator);
    const token = async (name: string, decimals: number) =>
      (await viem.deployContract('PaymentToken', [name, name, decimals])).address;
    const tokens = {
      usdc: await token('USDC', 6),
      dai: await token('DAI', 18),
      eurc: await token('EURC', 8),
      hostile: (await viem.deployContract('HostileToken', [])).address,
    };
    const feeds = {
      pol: (await viem.deployContract('PriceFeed', [8, POL_PRICE])).address,
      eurc: (await viem.deployContract('PriceFeed', [8, 110_000_000n])).address,
    };
    const offers = { ...NO_OFFERS, seasonMonths: SEASON_MONTHS, seasonPercent: 30 };
    const sold = { ...offers, promoSigner: operator.account.address };
    await plans.write.createPlan(['Free', FREE_TERMS, NO_OFFERS]);
    await plans.write.createPlan(['Starter', TERMS, sold]);
    const professional = {
      ...TERMS,
      tier: TIER.professional,
      seats: 50,
      monthlyUsd: 300 * USD,
      yearlyUsd: 3_000 * USD,
      trialDays: 0,
      maxInstalments: 1,
    };
    await plans.write.createPlan(['Professional', professional, sold]);
    await plans.write.acceptToken([draftOf(tokens.usdc)]);
    await plans.write.acceptToken([draftOf(tokens.dai)]);
    const maxAge = 10 * 365 * 86_400;
    await plans.write.acceptToken([
      draftOf(zeroAddress, { feed: feeds.pol, maxAge: maxAge % 2 ** 24 }),
    ]);
    await plans.write.acceptToken([
      draftOf(tokens.eurc, { feed: feeds.eurc, maxAge: 2 ** 24 - 1 }),
    ]);
    await plans.write.acceptToken([draftOf(tokens.hostile)]);
    for (const wallet of [alice, bob, carol]) {
      for (const name of Object.values(tokens)) {
        const contract = contracts.tokenOf(name, wallet);
        await contract.write.mint([wallet.account.address, FUNDS]);
        await contract.write.approve([address, FOREVER]);
      }
    }
    await time.increaseTo(START);

    /** A promo code signed by the operator. */
    const signPromo = async (
      fields: Partial<Promo> = {},
      signer: Wallet = operator,
      verifyingContract: Address = address,
      chainId: number = reader.chain.id,
    ): Promise<Promo> => {
      const promo = {
        code: stringToHex('SPRING', { size: 32 }),
        wallet: zeroAddress,
        planId: 0,
        percent: 50,
        expiresAt: START + 100 * MONTH,
        totalLimit: 0,
        walletLimit: 1,
        ...fields,
      };
      const { code, ...rest } = promo;
      const signature = await signer.signTypedData({
        domain: { name: 'TrueTonne Subscriptions', version: '1', chainId, verifyingContract },
        types: PROMO_TYPES,
        primaryType: 'Promo',
        message: { codeHash: keccak256(code), ...rest },
      });
      return { ...promo, signature };
    };

    /** A permit of a wallet for the contract. */
    const signPermit = async (wallet: Wallet, token: Address, value: bigint): Promise<Permit> => {
      const owner = wallet.account.address;
      const deadline = FOREVER;
      const nonce = await contracts.tokenOf(token, wallet).read.nonces([owner]);
      const signature = await wallet.signTypedData({
        domain: { name: 'USDC', version: '1', chainId: reader.chain.id, verifyingContract: token },
        types: PERMIT_TYPES,
        primaryType: 'Permit',
        message: { owner, spender: address, value, nonce, deadline },
      });
      const { r, s, yParity } = parseSignature(signature);
      return { value, deadline, v: 27 + yParity, r, s };
    };

    return {
      ...contracts,
      reader,
      actors,
      treasury,
      tokens,
      feeds,
      address,
      plans,
      plansAddress,
      deployToken: async (name: string, decimals: number) =>
        getAddress(await token(name, decimals)),
      signPromo,
      signPermit,
      ofAlice: contracts.subscriptionsOf(alice),
      ofBob: contracts.subscriptionsOf(bob),
      ofCarol: contracts.subscriptionsOf(carol),
      ofKeeper: contracts.subscriptionsOf(keeper),
      alice: getAddress(alice.account.address),
      bob: getAddress(bob.account.address),
      carol: getAddress(carol.account.address),
      keeper: getAddress(keeper.account.address),
      /** What a wallet holds of a token. */
      balanceOf: (name: Address, holder: Address) =>
        contracts.tokenOf(name, operator).read.balanceOf([holder]),
    };
  }

  const freshWorld = () => networkHelpers.loadFixture(createWorld);
  const freshSubscription = async (fields: Partial<Order> = {}) => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ capCents: 10_000, ...fields })]);
    const begun = await time.latest();
    const { until } = await w.plans.read.subscription([w.alice]);
    return { w, begun, until };
  };

  return {
    assertions: viem.assertions,
    time,
    networkHelpers,
    freshWorld,
    /** Alice's subscription, which keepers may renew. */
    freshSubscription,
    /** The same, due within a day. */
    freshDue: async (fields: Partial<Order> = {}) => {
      const { w, until } = await freshSubscription(fields);
      await time.increaseTo(until - DAY);
      return { w, until };
    },
    /** A wallet that is a contract of `owner`. */
    smartWalletOf: async (owner: Address) => {
      const { address } = await viem.deployContract('SmartWallet', [owner]);
      const [wallet] = await viem.getWalletClients();
      if (!wallet) throw new Error('no account');
      const client = { public: await viem.getPublicClient(), wallet };
      return getContract({ address, abi: WALLET_ABI, client });
    },
  };
}

/** The calldata of a call of the subscription contract. */
export function callOf<TName extends ContractFunctionName<typeof subscriptionsAbi>>(
  functionName: TName,
  args: ContractFunctionArgs<typeof subscriptionsAbi>,
): Hex {
  const abi: Abi = subscriptionsAbi;
  const name: string = functionName;
  return encodeFunctionData({ abi, functionName: name, args: [...args] });
}
