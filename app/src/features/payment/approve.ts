import { erc20Abi } from 'viem';
import type { PayableToken } from '../../chain/index.ts';
import { contractCall, type Transaction } from '../../transactions/index.ts';
import { coins } from '../../ui/index.ts';
import type { Payee } from './purchase.ts';

/** Lets a contract take up to `amount` of a token. */
export function approveTransaction(
  token: PayableToken,
  { address, name }: Payee,
  amount: bigint,
): Transaction {
  const much = coins(amount, token);
  return {
    title: `Allow ${token.symbol}`,
    effects: [
      { label: `${name} may take`, value: `up to ${much}` },
      { label: 'Nothing is paid yet', value: 'The payment is the next step.' },
      { label: 'Contract', value: address, wide: true },
    ],
    action: `Allow ${much}`,
    done: `Allowed ${much}`,
    call: contractCall({
      address: token.address,
      abi: erc20Abi,
      functionName: 'approve',
      args: [address, amount],
    }),
  };
}
