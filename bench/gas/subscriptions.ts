// Gas of subscriptions at Polygon's prices, beside Unlock and Sablier in the same run.
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  http,
  keccak256,
  maxUint256,
  stringToHex,
  zeroAddress,
  type Address,
  type Hex,
  type PublicClient,
  type TestClient,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';

import { startAnvil } from '../../test/contracts/support/anvil.ts';
import type { BenchRow } from '../row.ts';
import {
  contractsAt,
  DAY,
  draftOf,
  NO_OFFERS,
  orderOf,
  PROMO_TYPES,
  renewalOf,
  STARTER,
  TERMS,
  type Promo,
  type Wallet,
} from '../../test/contracts/subscriptions/support/world.ts';
import { measureSablier, measureUnlock } from './peers.ts';
import { deployCompiled } from './references.ts';
import { priceOf } from './reprice.ts';
import { shareOf, toGasRow } from './row.ts';

const MNEMONIC = 'test test test test test test test test test test test junk';
/** 5 January 2026: no season. */
const START = 1_767_571_200;
const FUNDS = 10n ** 15n;
const BATCH = 10;
const HOUR = 3_600;

export interface Bench {
  readonly reader: PublicClient;
  readonly clock: TestClient;
  readonly wallets: readonly Wallet[];
  readonly usdc: Address;
  readonly pass: (seconds: number) => Promise<void>;
  readonly mined: (sent: Promise<Hex>) => Promise<void>;
  /** A wallet with tokens, which allows `spender` all of them. */
  readonly payer: (index: number, spender: Address) => Promise<Wallet>;
}

/** Measures on an anvil of its own. The contracts have to be compiled. */
export async function measureSubscriptions(): Promise<BenchRow[]> {
  const anvil = await startAnvil(['--steps-tracing', '--timestamp', String(START)]);
  try {
    const bench = await prepare(anvil.rpcUrl);
    const unlock = await measureUnlock(bench);
    const sablier = await measureSablier(bench);
    const ours = await measureOurs(bench);
    return [
      toGasRow('gas.subscribe', ours.subscribe, 130_000, unlock.purchase),
      toGasRow('gas.subscribe.plain', ours.plain, 130_000, unlock.purchase),
      toGasRow('gas.renew', ours.renew, 85_000, unlock.renew),
      toGasRow('gas.renew.keeper', ours.keeper, 85_000, unlock.renew),
      toGasRow('gas.renew.batch', ours.batch, 42_000, unlock.renew),
      toGasRow('gas.cancel.refund', ours.refund, 80_000, unlock.refund),
      toGasRow('gas.cancel.refund.sablier', ours.refund, 80_000, sablier.cancel),
    ];
  } finally {
    await anvil.stop();
  }
}

async function prepare(rpcUrl: string): Promise<Bench> {
  const transport = http(rpcUrl);
  const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 20 });
  const clock = createTestClient({ chain: foundry, mode: 'anvil', transport });
  const wallets = Array.from({ length: 10 }, (_, addressIndex) =>
    createWalletClient({
      account: mnemonicToAccount(MNEMONIC, { addressIndex }),
      chain: foundry,
      transport,
    }),
  );
  const mined = async (sent: Promise<Hex>) => {
    const { status } = await reader.waitForTransactionReceipt({ hash: await sent });
    if (status !== 'success') throw new Error('a transaction failed');
  };
  const usdc = await deployCompiled(
    reader,
    walletAt(wallets, 0),
    'mocks/subscriptions/PaymentToken',
    ['USD Coin', 'USDC', 6],
  );
  const { tokenOf } = contractsAt(reader, zeroAddress, zeroAddress);
  return {
    reader,
    clock,
    wallets,
    usdc,
    mined,
    pass: async (seconds) => {
      await clock.increaseTime({ seconds });
      await clock.mine({ blocks: 1 });
    },
    payer: async (index, spender) => {
      const wallet = walletAt(wallets, index);
      const token = tokenOf(usdc, wallet);
      await mined(token.write.mint([wallet.account.address, FUNDS]));
      await mined(token.write.approve([spender, maxUint256]));
      return wallet;
    },
  };
}

/** One subscriber of every kind; keeper and referrer hold tokens already, and others used the code. */
async function measureOurs(bench: Bench) {
  const { reader, mined, pass, payer, usdc } = bench;
  const operator = walletAt(bench.wallets, 0);
  const address = await deployCompiled(reader, operator, 'TonneSubscriptions', [
    operator.account.address,
    operator.account.address,
    operator.account.address,
  ]);
  const first = contractsAt(reader, address, zeroAddress);
  const plansAddress = await first.subscriptionsOf(operator).read.plans();
  const { plansOf, subscriptionsOf } = contractsAt(reader, address, plansAddress);
  const plans = plansOf(operator);
  const offers = { ...NO_OFFERS, promoSigner: operator.account.address };
  await mined(plans.write.createPlan(['Starter', TERMS, offers]));
  await mined(plans.write.acceptToken([draftOf(usdc)]));
  const promo = await signPromo(operator, address);

  const [referrer, earlier, alice, plainly] = [
    await payer(1, address),
    await payer(2, address),
    await payer(3, address),
    await payer(4, address),
  ];
  const capCents = 20_000;
  const plain = await priceOf(
    reader,
    await subscriptionsOf(plainly).write.subscribe([orderOf({ capCents })]),
  );
  await mined(subscriptionsOf(referrer).write.subscribe([orderOf({ capCents })]));
  await mined(subscriptionsOf(earlier).write.subscribe([orderOf({ capCents, promos: [promo] })]));
  const order = orderOf({
    capCents,
    promos: [promo],
    referred: true,
    referrer: referrer.account.address,
  });
  const subscribe = await priceOf(reader, await subscriptionsOf(alice).write.subscribe([order]));
  await pass(10 * DAY);
  const renew = await priceOf(reader, await subscriptionsOf(earlier).write.renew([renewalOf()]));
  const refund = await priceOf(reader, await subscriptionsOf(alice).write.cancelAndRefund());
  const { keeper, batch } = await measureKeepers(bench, address);
  return { plain, subscribe, renew, refund, keeper, batch };
}

/** Renewals by a keeper who has had a bounty before: one, and each of ten. */
async function measureKeepers(bench: Bench, address: Address) {
  const { reader, mined, pass, payer } = bench;
  const { subscriptionsOf } = contractsAt(reader, address, zeroAddress);
  const keeper = subscriptionsOf(walletAt(bench.wallets, 0));
  const subscribers: Address[] = [];
  for (let index = 0; index < BATCH; index++) {
    const wallet = await payer(index, address);
    subscribers.push(wallet.account.address);
    const { write } = subscriptionsOf(wallet);
    const order = orderOf({ planId: STARTER, capCents: 20_000 });
    await write.cancelAndRefund().then(
      (hash) => reader.waitForTransactionReceipt({ hash }),
      () => undefined,
    );
    await mined(write.subscribe([order]));
  }
  const [one = zeroAddress] = subscribers;
  await pass(30 * DAY - HOUR);
  const first = await priceOf(reader, await keeper.write.renewFor([one]));
  await mined(keeper.write.renewMany([subscribers]));
  await pass(30 * DAY);
  const all = await priceOf(reader, await keeper.write.renewMany([subscribers]));
  const batch = shareOf(all, BATCH);
  return { keeper: first, batch };
}

async function signPromo(operator: Wallet, verifyingContract: Address): Promise<Promo> {
  const code = stringToHex('WELCOME-2026', { size: 32 });
  const fields = {
    wallet: zeroAddress,
    planId: 0,
    percent: 50,
    expiresAt: START + 365 * DAY,
    totalLimit: 1_000,
    walletLimit: 1,
  };
  const signature = await operator.signTypedData({
    domain: {
      name: 'TrueTonne Subscriptions',
      version: '1',
      chainId: foundry.id,
      verifyingContract,
    },
    types: PROMO_TYPES,
    primaryType: 'Promo',
    message: { codeHash: keccak256(code), ...fields },
  });
  return { code, ...fields, signature };
}

function walletAt(wallets: readonly Wallet[], index: number): Wallet {
  const wallet = wallets[index];
  if (wallet === undefined) throw new Error(`no wallet ${String(index)}`);
  return wallet;
}

if (import.meta.main) console.table(await measureSubscriptions());
