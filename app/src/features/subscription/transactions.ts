/** What a person reviews and sends about a running subscription. Nothing here costs more than the fee. */
import { subscriptionsAbi } from '@truetonne/protocol';
import { zeroAddress, type Address } from 'viem';
import type { Dispute, Kept, PaymentToken, Subscription } from '../../chain/index.ts';
import { contractCall, type Transaction } from '../../transactions/index.ts';
import { coins, dateTime, usd } from '../../ui/index.ts';
import { periodName, reasonHashOf } from '../../plans/index.ts';

/** The subscription, its token and the contract that holds its money. */
export interface Held {
  readonly contract: Address;
  readonly subscription: Subscription;
  readonly token: PaymentToken;
}

const GRACE_SECONDS = 5 * 86_400;
const DISPUTE_SECONDS = 14 * 86_400;

export function cancelTransaction(
  { contract, subscription, token }: Held,
  now: number,
): Transaction {
  const endsAt = dateTime(Math.floor(now) + GRACE_SECONDS);
  return {
    title: 'Cancel the subscription',
    effects: [
      { label: 'Everything works until', value: endsAt },
      { label: 'Until then', value: 'you can come back, with everything as it was' },
      {
        label: 'Unused now',
        value: `${coins(subscription.unused, token)}; what is left at the end stays yours`,
      },
    ],
    action: 'Cancel in five days',
    done: `Canceled: rights end ${endsAt}`,
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'cancel',
      args: [],
    }),
  };
}

export function resumeTransaction({ contract, subscription }: Held): Transaction {
  const until = dateTime(subscription.until);
  return {
    title: 'Come back',
    effects: [
      { label: 'Paid until', value: until },
      { label: 'Price', value: 'nothing' },
    ],
    action: 'Come back',
    done: `Welcome back: paid until ${until}`,
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'resume',
      args: [],
    }),
  };
}

function endCall(address: Address) {
  return contractCall({
    address,
    abi: subscriptionsAbi,
    functionName: 'cancelAndRefund',
    args: [],
  });
}

/** Ends everything at once. The amount falls with every second until the transaction is mined. */
export function refundTransaction({ contract, subscription, token }: Held): Transaction {
  if (subscription.unused === 0n) return endTransaction(contract);
  const amount = coins(subscription.unused, token);
  const over = subscription.state === 'ended';
  return {
    title: over ? 'Take the unused rest out' : 'Cancel at once',
    effects: [
      { label: 'You get back', value: amount },
      { label: 'Worked out', value: 'unused time ÷ paid time × what was paid, less a referral' },
      ...(over
        ? []
        : [
            { label: 'Each second until it is mined', value: 'takes its part of it' },
            { label: 'Rights', value: 'end at once: Free from then on' },
          ]),
    ],
    ...(over ? {} : { warning: 'This can’t be undone, and it ends your loyalty discount.' }),
    action: over ? `Take ${amount}` : 'Cancel at once',
    done: `Paid back: about ${amount}`,
    call: endCall(contract),
  };
}

/** Ends at once what nothing was paid for, or nothing is unused of. */
function endTransaction(contract: Address): Transaction {
  return {
    title: 'Cancel at once',
    effects: [
      { label: 'You get back', value: 'nothing: no paid time is unused' },
      { label: 'Rights', value: 'end at once: Free from then on' },
    ],
    warning: 'This can’t be undone.',
    action: 'Cancel at once',
    done: 'Canceled: this wallet has what is free',
    call: endCall(contract),
  };
}

/** Only the hash of the reason goes on the chain: the text stays with the person and the arbiter. */
export function disputeTransaction(
  { contract, subscription, token }: Held,
  reason: string,
  now: number,
): Transaction {
  const reasonHash = reasonHashOf(reason);
  return {
    title: 'Dispute the term',
    effects: [
      { label: 'Stands still', value: coins(subscription.funded, token) },
      { label: 'The arbiter decides before', value: dateTime(Math.floor(now) + DISPUTE_SECONDS) },
      { label: 'If not, you get', value: 'what is unused by then: your rights go on' },
      { label: 'Meanwhile', value: 'nothing else can be changed' },
      { label: 'Hash of the reason', value: reasonHash, wide: true },
    ],
    warning:
      'A term can be disputed once. Keep the text of your reason: the chain has its hash only.',
    action: 'Dispute the term',
    done: 'Disputed: the money stands still',
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'dispute',
      args: [reasonHash],
    }),
  };
}

export function endDisputeTransaction(
  contract: Address,
  subscriber: Address,
  dispute: Dispute,
  token: PaymentToken,
): Transaction {
  return {
    title: 'End the dispute by its deadline',
    effects: [
      { label: 'Kept for the subscriber', value: coins(dispute.unused, token) },
      { label: 'Why', value: 'nobody decided in 14 days: what was unused at the deadline' },
    ],
    action: 'End the dispute',
    done: 'The dispute is over; claim what is kept',
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'resolveByDeadline',
      args: [subscriber],
    }),
  };
}

export function offerTransaction(contract: Address, to: Address | undefined): Transaction {
  const back = to === undefined;
  return {
    title: back ? 'Take the offer back' : 'Hand the subscription over',
    effects: back
      ? [{ label: 'Your subscription', value: 'stays with this wallet' }]
      : [
          { label: 'May take it over', value: to, wide: true },
          { label: 'Goes with it', value: 'all its money, time and paid terms' },
          { label: 'Until it is taken over', value: 'you can take the offer back' },
        ],
    action: back ? 'Take the offer back' : 'Offer the subscription',
    done: back ? 'The offer is taken back' : 'Offered: the other wallet takes it over next',
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'offerHandOver',
      args: [to ?? zeroAddress],
    }),
  };
}

export function acceptTransaction(contract: Address, from: Address): Transaction {
  return {
    title: 'Take a subscription over',
    effects: [
      { label: 'From', value: from, wide: true },
      { label: 'You get', value: 'its money, time and paid terms' },
      { label: 'Automatic renewal', value: 'off until you allow it' },
    ],
    action: 'Take it over',
    done: 'The subscription is yours',
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'acceptHandOver',
      args: [from],
    }),
  };
}

export function claimTransaction(
  contract: Address,
  account: Address,
  { tokenId, amount }: Kept,
  token: PaymentToken,
): Transaction {
  const much = coins(amount, token);
  return {
    title: 'Claim what is kept for you',
    effects: [
      { label: 'Your wallet receives', value: much },
      { label: 'Wallet', value: account, wide: true },
    ],
    action: `Claim ${much}`,
    done: `Claimed ${much}`,
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'claim',
      args: [tokenId, account],
    }),
  };
}

export function capTransaction({ contract, subscription }: Held, capCents: number): Transaction {
  const cap = usd(BigInt(capCents) * 10_000n);
  const off = capCents === 0;
  return {
    title: off ? 'Stop automatic renewal' : 'Renew automatically',
    effects: off
      ? [{ label: 'At the end', value: 'five days of grace, then Free, unless you renew yourself' }]
      : [
          {
            label: 'A keeper may renew',
            value: `while ${periodName(subscription.yearly)} cost no more than ${cap}`,
          },
          { label: 'From', value: 'a day before the end to the end of the grace' },
        ],
    action: off ? 'Stop automatic renewal' : `Allow up to ${cap}`,
    done: off ? 'Nobody renews it but you' : `Renewed automatically up to ${cap}`,
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'setRenewalCap',
      args: [capCents],
    }),
  };
}
