import {
  findReasonOfSelector,
  priceCall,
  subscriptionsAbi,
  toErrorCode,
  type ErrorCode,
  type SubscriptionContracts,
} from '@truetonne/protocol';
import {
  BaseError,
  ContractFunctionRevertedError,
  isHex,
  parseEventLogs,
  type Address,
  type Hex,
} from 'viem';

import type { Wallet } from '../lib/wallet.ts';
import type { DueReader } from './due.ts';

/** What became of one subscriber that was due. */
export interface Outcome {
  readonly subscriber: Address;
  /** `undefined`: renewed. Otherwise the code of docs/errors.md, or the bare selector. */
  readonly reason: ErrorCode | Hex | undefined;
}

/** One round of a keeper. */
export interface Round {
  readonly outcomes: readonly Outcome[];
  /** By token id, smallest units. */
  readonly bounties: readonly { readonly tokenId: number; readonly amount: bigint }[];
}

/** Subscribers in one transaction: about 40,000 gas each, far from a block's limit. */
const MAX_RENEWALS = 100;
/** Room for what changes between the estimate and the block, in hundredths of the estimate. */
const MARGIN = 120n;

/**
 * Renews all that is due now, as whoever's wallet this is: anyone may, and is paid the bounty.
 *
 * @param wasteful renews also when the simulation says that nothing can be renewed, so that the reasons
 * stand on the chain
 */
export async function renewDue(
  wallet: Wallet,
  { contract }: SubscriptionContracts,
  readDue: DueReader,
  wasteful: boolean,
): Promise<Round> {
  const due = await readDue();
  const rounds: Round[] = [];
  for (let start = 0; start < due.length; start += MAX_RENEWALS) {
    rounds.push(
      await renewSome(wallet, contract, due.slice(start, start + MAX_RENEWALS), wasteful),
    );
  }
  return {
    outcomes: rounds.flatMap(({ outcomes }) => outcomes),
    bounties: rounds.flatMap(({ bounties }) => bounties),
  };
}

async function renewSome(
  wallet: Wallet,
  address: Address,
  subscribers: readonly Address[],
  wasteful: boolean,
): Promise<Round> {
  const call = { address, abi: subscriptionsAbi, functionName: 'renewMany' } as const;
  const args = [subscribers] as const;
  const { result } = await wallet.reader.simulateContract({
    ...{ ...call, args, account: wallet.address },
  });
  if (result === 0n && !wasteful) {
    const outcomes = subscribers.map((subscriber) => explain(wallet, address, subscriber));
    return { outcomes: await Promise.all(outcomes), bounties: [] };
  }
  const { gas, accessList } = await priceCall(wallet.reader, {
    ...{ ...call, args, account: wallet.address },
  });
  const receipt = await wallet.confirm(
    await wallet.writer.writeContract({ ...call, args, accessList, gas: (gas * MARGIN) / 100n }),
  );
  const events = parseEventLogs({ abi: subscriptionsAbi, logs: receipt.logs });
  const failed = new Map<string, Hex>();
  const renewed = new Set<string>();
  const bounties = [];
  for (const { eventName, args: told } of events) {
    if (eventName === 'PaymentFailed') failed.set(told.subscriber, told.reason);
    if (eventName === 'Renewed') renewed.add(told.subscriber);
    if (eventName === 'BountyPaid') bounties.push({ tokenId: told.tokenId, amount: told.amount });
  }
  const outcomes = subscribers.map(async (subscriber) => {
    const selector = failed.get(subscriber);
    if (selector !== undefined) return { subscriber, reason: reasonOf(selector) };
    if (renewed.has(subscriber)) return { subscriber, reason: undefined };
    // Nothing was due of it any more when the transaction came: it says nothing of that.
    return explain(wallet, address, subscriber);
  });
  return { outcomes: await Promise.all(outcomes), bounties };
}

const reasonOf = (selector: Hex): ErrorCode | Hex => findReasonOfSelector(selector) ?? selector;

/** Why one can't be renewed, without a transaction. */
async function explain(
  { reader, address: account }: Wallet,
  address: Address,
  subscriber: Address,
): Promise<Outcome> {
  const call = { address, abi: subscriptionsAbi, functionName: 'renewFor' } as const;
  try {
    await reader.simulateContract({ ...call, args: [subscriber], account });
    return { subscriber, reason: undefined };
  } catch (error) {
    const revert =
      error instanceof BaseError &&
      error.walk((cause) => cause instanceof ContractFunctionRevertedError);
    if (!(revert instanceof ContractFunctionRevertedError)) throw error;
    const selector = revert.signature ?? revert.raw?.slice(0, 10);
    const name = revert.data?.errorName;
    const code = name === undefined ? undefined : toErrorCode(name);
    return { subscriber, reason: code ?? reasonOf(toSelector(selector)) };
  }
}

/** Four bytes; zero when the token gave none. */
function toSelector(text: string | undefined): Hex {
  return text !== undefined && isHex(text) ? text : '0x00000000';
}
