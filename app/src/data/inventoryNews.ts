import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { inventoryUrl, watchInventory, type WatchedInventory } from '../live/index.ts';
import { OWN, useSignedIn } from './session.ts';

/**
 * Loads what is shown of an inventory anew whenever somebody changes it: keys that begin with the organisation and
 * `inventory`, whose data has a `version`. Answers whether it is told of changes now.
 */
export function useInventoryNews(watched: WatchedInventory): boolean {
  const { oracleUrl, address } = useSignedIn();
  const queryClient = useQueryClient();
  const [connected, setConnected] = useState(false);
  const url = inventoryUrl(oracleUrl, watched);
  const { organisation } = watched;
  useEffect(() => {
    const queryKey = [OWN, address, organisation, 'inventory'];
    return watchInventory(url, {
      onConnected: setConnected,
      onVersion: (version) => {
        const shown = queryClient.getQueriesData<{ readonly version: number }>({ queryKey });
        const isOld = shown.some(([, data]) => data !== undefined && data.version !== version);
        if (isOld) void queryClient.invalidateQueries({ queryKey });
      },
    });
  }, [url, organisation, address, queryClient]);
  return connected;
}
