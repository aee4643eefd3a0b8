import { TonneError } from '@truetonne/protocol';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import {
  fetchPurse,
  findPermitDomain,
  isCoin,
  signsByKey,
  type PermitDomain,
  type SubscriptionSource,
} from '../../chain/index.ts';
import { useSubscriptionSource } from '../../data/index.ts';
import { coins } from '../../ui/index.ts';
import { paymentMethodOf, type PaymentMethod, type Purchase } from './purchase.ts';

export interface Preparation {
  readonly method: PaymentMethod;
  /** There for the method `permit`. */
  readonly domain: PermitDomain | undefined;
}

async function prepare(
  source: SubscriptionSource,
  account: Address,
  purchase: Purchase,
): Promise<Preparation> {
  const { token, amount } = purchase;
  const { client } = source;
  const [{ balance, allowance }, domain, byKey] = await Promise.all([
    fetchPurse(source, account, token),
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
  const source = useSubscriptionSource();
  return useQuery({
    queryKey: ['preparation', dialogId],
    queryFn: () => {
      if (source === undefined) throw new Error('Nothing is sold on this chain');
      return prepare(source, account, purchase);
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}
