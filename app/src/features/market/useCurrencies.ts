import { CURRENCIES, marketAbi, type Currency } from '@truetonne/protocol';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { zeroAddress, type Address, type PublicClient } from 'viem';
import { useChains, usePublicClient } from 'wagmi';
import type { PayableToken } from '../../chain/index.ts';
import { useDeployment } from '../../config/index.ts';

export type Currencies = Partial<Readonly<Record<Currency, PayableToken>>>;

/** USDC and USDT have six decimals on every chain that this page knows, the coin of any has 18. */
function denominationOf(currency: Currency, coin: string) {
  if (currency === 'coin') return { symbol: coin, decimals: 18 };
  return { symbol: currency.toUpperCase(), decimals: 6 };
}

async function fetchCurrencies(
  client: PublicClient,
  market: Address,
  coin: string,
): Promise<Currencies> {
  const contract = { address: market, abi: marketAbi } as const;
  const found = await Promise.all(
    CURRENCIES.map(async (currency, index) => {
      if (currency === 'coin') return [currency, zeroAddress] as const;
      // A market says so by an error when it was deployed without that token.
      const address = await client
        .readContract({ ...contract, functionName: 'tokenOf', args: [index] })
        .catch(() => undefined);
      return [currency, address] as const;
    }),
  );
  return Object.fromEntries(
    found.flatMap(([currency, address]) =>
      address === undefined ? [] : [[currency, { address, ...denominationOf(currency, coin) }]],
    ),
  );
}

/** What the market of this chain takes, for whoever can do nothing without. */
export function useCurrenciesQuery(): UseQueryResult<Currencies> {
  const { market } = useDeployment();
  const client = usePublicClient();
  const [chain] = useChains();
  const coin = chain?.nativeCurrency.symbol ?? '';
  return useQuery({
    queryKey: ['currencies', market?.contract],
    queryFn: () => {
      if (client === undefined || market === undefined) throw new Error('There is no market here');
      return fetchCurrencies(client, market.contract, coin);
    },
    enabled: market !== undefined,
    staleTime: Infinity,
  });
}

/** The same; nothing while it is not known, or without a market. */
export function useCurrencies(): Currencies {
  const { data = {} } = useCurrenciesQuery();
  return data;
}
