import { useQuery } from '@tanstack/react-query';
import { usePublicClient } from 'wagmi';
import { useNow } from '../ui/index.ts';
import { ON_CHAIN } from './onChain.ts';

const REFRESH_MS = 10_000;

/**
 * Unix seconds as the chain has them. A chain whose last block is ahead of this computer's clock is
 * believed; one that is behind only has had no block for a while.
 */
export function useChainNow(everyMilliseconds = 1_000): number {
  const client = usePublicClient();
  const now = useNow(everyMilliseconds);
  const { data: ahead = 0 } = useQuery({
    queryKey: [ON_CHAIN, 'clock'],
    queryFn: async () => {
      const timestamp = (await client?.getBlock())?.timestamp ?? 0n;
      return Math.max(0, Number(timestamp) - Date.now() / 1000);
    },
    refetchInterval: REFRESH_MS,
  });
  return now + ahead;
}
