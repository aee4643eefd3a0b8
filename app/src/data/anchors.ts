/** Hook over anchored inventories; it refreshes after a confirmed transaction. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { usePublicClient } from 'wagmi';
import { fetchAnchor, type Anchor, type AnchorPlace } from '../chain/index.ts';
import { useDeployment } from '../config/index.ts';
import { ON_CHAIN } from './onChain.ts';

/** `null`: nothing is anchored there. Asks nothing while no place is known. */
export function useAnchor(place: AnchorPlace | undefined): UseQueryResult<Anchor | null> {
  const { inventoryAnchor } = useDeployment();
  const client = usePublicClient();
  return useQuery({
    queryKey: [ON_CHAIN, 'anchor', place],
    queryFn: () => {
      if (place === undefined || inventoryAnchor === undefined || client === undefined) {
        throw new Error('No inventories are anchored on this chain');
      }
      return fetchAnchor(client, inventoryAnchor, place);
    },
    enabled: place !== undefined && inventoryAnchor !== undefined && client !== undefined,
  });
}
