import { erc20Abi, type Address } from 'viem';
import type { PaymentToken } from '../../chain/index.ts';
import { contractCall, type Transaction } from '../../transactions/index.ts';
import { coins } from '../../ui/index.ts';

/** Lets the subscription contract take up to `amount` of a token. */
export function approveTransaction(
  token: PaymentToken,
  spender: Address,
  amount: bigint,
): Transaction {
  const much = coins(amount, token);
  return {
    title: `Allow ${token.symbol}`,
    effects: [
      { label: 'The subscription contract may take', value: `up to ${much}` },
      { label: 'Nothing is paid yet', value: 'The payment is the next step.' },
      { label: 'Contract', value: spender, wide: true },
    ],
    action: `Allow ${much}`,
    done: `Allowed ${much}`,
    call: contractCall({
      address: token.address,
      abi: erc20Abi,
      functionName: 'approve',
      args: [spender, amount],
    }),
  };
}
