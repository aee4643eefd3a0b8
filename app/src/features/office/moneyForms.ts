/** Tokens, treasury, arbiter, withdrawals and rulings. */
import { plansAbi, subscriptionsAbi, TOKEN_STATUSES } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { OpenDispute } from '../../api/indexer/index.ts';
import { zeroAddress } from 'viem';
import type { PaymentToken } from '../../chain/index.ts';
import { reasonHashOf } from '../../plans/index.ts';
import { contractCall, type Transaction } from '../../transactions/index.ts';
import { coins, parseCoins } from '../../ui/index.ts';
import { allOf, checkAddress, checkBound, checkOptionalAddress, checkWhole } from './fields.ts';
import type { OfficeForm } from './FormDialog.tsx';

const U24 = 2 ** 24 - 1;
const FOREIGN_REASON =
  'The hash on the chain is of another text. Ask the subscriber for the exact one.';
const NO_BOUNDS = { maxAge: 0, minPriceE4: 0, maxPriceE4: 0 } as const;

const ACCEPT_FIELDS: OfficeForm['fields'] = [
  { name: 'token', label: 'Token', hint: 'ERC-20; empty is the coin of the network' },
  {
    name: 'bountyPercentE2',
    label: 'Keeper’s share',
    hint: 'Hundredths of a percent, 0 to 255',
    start: '50',
  },
  {
    name: 'feed',
    label: 'Price feed',
    hint: 'Chainlink, in USD; empty: one token is one dollar',
  },
  { name: 'maxAge', label: 'Oldest price, seconds', hint: 'With a feed', start: '3600' },
  {
    name: 'minPriceE4',
    label: 'Lowest price believed, USD',
    hint: 'With a feed',
    start: '0.01',
  },
  {
    name: 'maxPriceE4',
    label: 'Highest price believed, USD',
    hint: 'With a feed',
    start: '100',
  },
];

export function acceptForm(plans: Address): OfficeForm {
  return {
    title: 'Accept a token',
    fields: ACCEPT_FIELDS,
    toTransaction: (values) => {
      const checked = allOf({
        token: checkOptionalAddress(values['token'] ?? ''),
        bountyPercentE2: checkWhole(values['bountyPercentE2'] ?? '', 0, 255),
        feed: checkOptionalAddress(values['feed'] ?? ''),
        maxAge: checkWhole(values['maxAge'] ?? '', 1, U24),
        minPriceE4: checkBound(values['minPriceE4'] ?? ''),
        maxPriceE4: checkBound(values['maxPriceE4'] ?? ''),
      });
      if (!checked.ok) return checked;
      const pegged = checked.value.feed === zeroAddress;
      if (!pegged && checked.value.minPriceE4 > checked.value.maxPriceE4) {
        return { ok: false, problems: { maxPriceE4: 'Enter at least the lowest price.' } };
      }
      const draft = pegged ? { ...checked.value, ...NO_BOUNDS } : checked.value;
      const value: Transaction = {
        title: 'Accept a token',
        effects: [
          { label: 'Token', value: draft.token, wide: true },
          { label: 'Price', value: pegged ? 'one token is one dollar' : draft.feed, wide: true },
        ],
        warning:
          'Nothing of it can be changed later but whether it is taken. Never a token that rebases or takes a fee.',
        action: 'Accept it',
        done: 'The token is taken from now on',
        call: contractCall({
          address: plans,
          abi: plansAbi,
          functionName: 'acceptToken',
          args: [draft],
        }),
      };
      return { ok: true, value };
    },
  };
}

export function statusForm(plans: Address, token: PaymentToken): OfficeForm {
  const title = `Status of ${token.symbol}`;
  return {
    title,
    fields: [
      {
        name: 'status',
        label: 'From now on it is',
        start: token.status === 'accepted' ? 'paused' : 'accepted',
        options: [
          { value: 'accepted', label: 'Accepted' },
          { value: 'paused', label: 'Paused: not taken for now' },
          { value: 'retired', label: 'Retired: never taken again' },
        ],
      },
    ],
    toTransaction: ({ status = '' }) => ({
      ok: true,
      value: {
        title,
        effects: [
          { label: token.symbol, value: `${token.status} → ${status}` },
          { label: 'Refunds', value: 'are paid in any case' },
        ],
        action: 'Set the status',
        done: `${token.symbol} is ${status}`,
        call: contractCall({
          address: plans,
          abi: plansAbi,
          functionName: 'setTokenStatus',
          args: [token.id, TOKEN_STATUSES.findIndex((each) => each === status)],
        }),
      },
    }),
  };
}

export function withdrawForm(plans: Address, token: PaymentToken, treasury: Address): OfficeForm {
  const title = `Withdraw ${token.symbol}`;
  const earned = coins(token.earned, token);
  return {
    title,
    fields: [
      {
        name: 'amount',
        label: `Amount in ${token.symbol}`,
        hint: `Earned and collected: ${earned}`,
        start: earned.split('\u00a0')[0] ?? '',
      },
    ],
    toTransaction: (values) => {
      const amount = parseCoins(values['amount'] ?? '', token.decimals);
      if (typeof amount === 'string') return { ok: false, problems: { amount } };
      return {
        ok: true,
        value: {
          title,
          effects: [
            { label: 'Goes to the treasury', value: coins(amount, token) },
            { label: 'Treasury', value: treasury, wide: true },
          ],
          action: `Withdraw ${coins(amount, token)}`,
          done: `Withdrawn ${coins(amount, token)}`,
          call: contractCall({
            address: plans,
            abi: plansAbi,
            functionName: 'withdraw',
            args: [token.id, amount],
          }),
        },
      };
    },
  };
}

export function addressForm(
  plans: Address,
  role: 'treasury' | 'arbiter',
  now: Address,
): OfficeForm {
  const title = `Set the ${role}`;
  return {
    title,
    fields: [{ name: 'address', label: `New ${role}`, start: now }],
    toTransaction: (values) => {
      const checked = checkAddress(values['address'] ?? '');
      if (!checked.ok) return { ok: false, problems: { address: checked.problem } };
      return {
        ok: true,
        value: {
          title,
          effects: [{ label: `New ${role}`, value: checked.value, wide: true }],
          action: title,
          done: `The ${role} is set`,
          call: contractCall({
            address: plans,
            abi: plansAbi,
            functionName: role === 'treasury' ? 'setTreasury' : 'setArbiter',
            args: [checked.value],
          }),
        },
      };
    },
  };
}

export function collectTransaction(
  subscriptions: Address,
  subscribers: readonly Address[],
): Transaction {
  return {
    title: 'Collect what is earned',
    effects: [
      { label: 'Subscriptions looked at', value: String(subscribers.length) },
      { label: 'Left alone', value: 'what was paid in the last seven days, canceled or disputed' },
    ],
    action: 'Collect',
    done: 'Collected: it can be withdrawn',
    call: contractCall({
      address: subscriptions,
      abi: subscriptionsAbi,
      functionName: 'collect',
      args: [subscribers],
    }),
  };
}

export function resolveForm(plans: Address, dispute: OpenDispute, token: PaymentToken): OfficeForm {
  const title = 'Resolve a dispute';
  return {
    title,
    fields: [
      {
        name: 'toSubscriber',
        label: `For the subscriber, ${token.symbol}`,
        hint: `0 dismisses it and the term runs on; at most ${coins(dispute.stake, token)}`,
        start: '0',
      },
      {
        name: 'reason',
        label: 'Reason, as the subscriber sent it to you',
        hint: 'Shows whether it is the text whose hash is on the chain; may be left empty',
        long: true,
      },
    ],
    toTransaction: (values) => {
      const amount = parseCoins(values['toSubscriber'] ?? '', token.decimals);
      if (typeof amount === 'string') return { ok: false, problems: { toSubscriber: amount } };
      if (amount > dispute.stake) {
        const toSubscriber = `At most ${coins(dispute.stake, token)}, all that is at stake.`;
        return { ok: false, problems: { toSubscriber } };
      }
      const reason = values['reason'] ?? '';
      const given = reason.trim() !== '';
      if (given && reasonHashOf(reason) !== dispute.reasonHash) {
        return { ok: false, problems: { reason: FOREIGN_REASON } };
      }
      const dismissed = amount === 0n;
      return {
        ok: true,
        value: {
          title,
          effects: [
            { label: 'Subscriber', value: dispute.subscriber, wide: true },
            ...(given ? [{ label: 'Reason', value: 'the text whose hash is on the chain' }] : []),
            { label: 'For the subscriber', value: coins(amount, token) },
            {
              label: 'For the operator',
              value: dismissed ? 'the term runs on' : coins(dispute.stake - amount, token),
            },
          ],
          ...(dismissed ? {} : { warning: 'The subscription ends with it.' }),
          action: dismissed ? 'Dismiss the dispute' : `Give ${coins(amount, token)}`,
          done: dismissed ? 'Dismissed: the term runs on' : 'Resolved: both parts are kept',
          call: contractCall({
            address: plans,
            abi: plansAbi,
            functionName: 'resolve',
            args: [dispute.subscriber, amount],
          }),
        },
      };
    },
  };
}
