/** Wallets that subscribe on a chain of their own, and what the contracts' views say of them. */
import { plansAbi, SUBSCRIPTION_STATES, subscriptionsAbi } from '@truetonne/protocol';
import {
  BaseError,
  ContractFunctionRevertedError,
  encodeFunctionData,
  erc20Abi,
  maxUint256,
  zeroAddress,
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
} from 'viem';
import { deployLocal } from '../../../scripts/deployment/local.ts';
import type { Deployment } from '../../lib/deployment.ts';
import { GAS, startAnvil, type Anvil } from './anvil.ts';

type Write = 'nonpayable' | 'payable';
type Method = ContractFunctionName<typeof subscriptionsAbi, Write>;
type PlansMethod = ContractFunctionName<typeof plansAbi, Write>;

export const DAY = 86_400;
export const USDC = 0;
export const USDT = 1;
export const POL = 2;
const TOKENS = [USDC, USDT, POL];

const NO_ORDER = {
  planId: 1,
  yearly: false,
  tokenId: USDC,
  instalments: 0,
  capCents: 0,
  referred: false,
  referrer: zeroAddress,
  maxAmount: maxUint256,
  promos: [],
  permits: [],
};
type Order = ContractFunctionArgs<typeof subscriptionsAbi, Write, 'subscribe'>[0];

export const orderOf = (fields: Partial<Order> = {}): Order => ({ ...NO_ORDER, ...fields });

/** The accounts that anvil unlocks, the operator first. */
export class Market {
  readonly anvil: Anvil;
  readonly deployment: Deployment;
  readonly wallets: readonly Address[];

  private constructor(anvil: Anvil, deployment: Deployment, wallets: readonly Address[]) {
    this.anvil = anvil;
    this.deployment = deployment;
    this.wallets = wallets;
  }

  /** Sells on a new chain; every wallet holds both dollar tokens and has allowed them. */
  static async open(): Promise<Market> {
    const anvil = await startAnvil();
    const deployment = await deployLocal(anvil.rpcUrl);
    const market = new Market(anvil, deployment, await anvil.client.getAddresses());
    for (const tokenId of [USDC, USDT]) {
      const to = await market.addressOf(tokenId);
      const args = [market.contract, maxUint256] as const;
      const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args });
      for (const account of market.wallets.slice(0, 8)) {
        await anvil.client.sendTransaction({ account, to, data });
      }
    }
    return market;
  }

  wallet(index: number): Address {
    const found = this.wallets[index];
    if (found === undefined) throw new Error(`no wallet ${index}`);
    return found;
  }

  get contract(): Address {
    return this.#sold.contract;
  }

  /** Sends a call, if the contract does not refuse it. */
  try<name extends Method>(
    account: Address,
    functionName: name,
    args: readonly unknown[] & ContractFunctionArgs<typeof subscriptionsAbi, Write, name>,
    value = 0n,
  ): Promise<'sent' | 'refused'> {
    return this.call(account, functionName, args, value).then(
      () => 'sent',
      (error: unknown) => {
        if (error instanceof BaseError && error.walk(isRevert) !== null) return 'refused';
        throw error;
      },
    );
  }

  /** Sends a call that has to succeed. */
  async call<name extends Method>(
    account: Address,
    functionName: name,
    args: readonly unknown[] & ContractFunctionArgs<typeof subscriptionsAbi, Write, name>,
    value = 0n,
  ): Promise<void> {
    await this.#send({
      account,
      abi: subscriptionsAbi,
      to: this.contract,
      functionName,
      args,
      value,
    });
  }

  async operate<name extends PlansMethod>(
    account: Address,
    functionName: name,
    args: readonly unknown[] & ContractFunctionArgs<typeof plansAbi, Write, name>,
  ): Promise<void> {
    const to = this.#sold.plans;
    await this.#send({ account, abi: plansAbi, to, functionName, args, value: 0n });
  }

  /** Lets time pass; a block tells so. */
  async wait(seconds: number): Promise<void> {
    await this.anvil.client.increaseTime({ seconds });
    await this.anvil.client.mine({ blocks: 1 });
  }

  async addressOf(tokenId: number): Promise<Address> {
    const read = { abi: plansAbi, address: this.#sold.plans, functionName: 'token' } as const;
    const { draft } = await this.anvil.client.readContract({ ...read, args: [tokenId] });
    return draft.token;
  }

  /** What the tables must hold at the newest block, by the views alone (law 10). */
  async expected() {
    const { client } = this.anvil;
    const { number, hash, timestamp } = await client.getBlock();
    const at = { blockNumber: number } as const;
    const money = { abi: subscriptionsAbi, address: this.contract, ...at } as const;
    const books = [];
    for (const tokenId of TOKENS) {
      const address = await this.addressOf(tokenId);
      const token = { abi: erc20Abi, address, ...at } as const;
      const balance =
        address === zeroAddress
          ? await client.getBalance({ address: this.contract, ...at })
          : await client.readContract({
              ...token,
              functionName: 'balanceOf',
              args: [this.contract],
            });
      const earned = await client.readContract({
        ...money,
        functionName: 'earnedOf',
        args: [tokenId],
      });
      books.push({ id: tokenId, balance: String(balance), earned: String(earned) });
    }
    const subscriptions = [];
    for (const subscriber of this.wallets) {
      const view = { abi: plansAbi, address: this.#sold.plans, ...at, args: [subscriber] } as const;
      const found = await client.readContract({ ...view, functionName: 'subscription' });
      const { endsAt } = await client.readContract({ ...view, functionName: 'entitlement' });
      const state = SUBSCRIPTION_STATES[found.state];
      const { planId, yearly, tokenId, paidTerms, capCents, since, until, receipts } = found;
      subscriptions.push({
        ...{ subscriber: subscriber.toLowerCase(), state, planId, yearly, tokenId, paidTerms },
        ...{ capCents, since, until, endsAt, receipts, funded: String(found.funded) },
        instalmentsLeft: found.instalmentsLeft,
      });
    }
    const owed = [];
    for (const account of this.wallets) {
      for (const tokenId of TOKENS) {
        const args = [account, tokenId] as const;
        const amount = await client.readContract({ ...money, functionName: 'owed', args });
        if (amount !== 0n)
          owed.push({ account: account.toLowerCase(), tokenId, amount: String(amount) });
      }
    }
    return {
      block: { number: Number(number), hash },
      now: Number(timestamp),
      books,
      subscriptions,
      owed,
    };
  }

  get #sold() {
    const { subscriptions } = this.deployment;
    if (subscriptions === undefined) throw new Error('nothing is sold');
    return subscriptions;
  }

  async #send({ abi, to, account, functionName, args, value }: Call): Promise<void> {
    const { client } = this.anvil;
    const call = { account, abi, address: to, functionName, args };
    const { request } = await client.simulateContract(value === 0n ? call : { ...call, value });
    const hash = await client.writeContract({ ...request, gas: GAS });
    const { status } = await client.waitForTransactionReceipt({ hash });
    if (status !== 'success') throw new Error(`${functionName} was reverted`);
  }
}

interface Call {
  readonly account: Address;
  readonly abi: Abi;
  readonly to: Address;
  readonly functionName: string;
  readonly args: readonly unknown[];
  readonly value: bigint;
}

const isRevert = (error: unknown): boolean => error instanceof ContractFunctionRevertedError;
