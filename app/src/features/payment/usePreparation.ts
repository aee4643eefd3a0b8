import { TonneError } from '@truetonne/protocol';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Address, PublicClient } from 'viem';
import { usePublicClient } from 'wagmi';
import {
  fetchPurse,
  findPermitDomain,
  isCoin,
  signsByKey,
  type PermitDomain,
} from '../../chain/index.ts';
import { coins } from '../../ui/index.ts';
import { paymentMethodOf, type PaymentMethod, type Purchase } from './purchase.ts';

export interface Preparation {
  readonly method: PaymentMethod;
  /** There for the method `permit`. */
  readonly domain: PermitDomain | undefined;
}

async function prepare(
  client: PublicClient,
  account: Address,
  purchase: Purchase,
): Promise<Preparation> {
  const { token, amount, payee } = purchase;
  const [{ balance, allowance }, domain, byKey] = await Promise.all([
    fetchPurse(client, payee.address, account, token),
    findPermitDomain(client, token),
    signsByKey(client, account),
  ]);
  if (balance < amount) {
    const [value, expected] = [coins(balance, token), coins(amount, token)];
    throw new TonneError('BALANCE_SHORT', { field: 'balance', value, expected });
  }
  const permits = domain !== undefined && byKey;
  return { method: paymentMethodOf(purchase, isCoin(token), { allowance, permits }), domain };
}

/** Finds out, once, how this wallet can pay. Refuses early where the balance is short. */
export function usePreparation(
  account: Address,
  purchase: Purchase,
  dialogId: string,
): UseQueryResult<Preparation> {
  const client = usePublicClient();
  return useQuery({
    queryKey: ['preparation', dialogId],
    queryFn: () => {
      if (client === undefined) throw new Error('The chain is not configured');
      return prepare(client, account, purchase);
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}
