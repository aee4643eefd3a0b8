import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { inventoryUrl, spaced, watchInventory, type WatchedInventory } from '../live/index.ts';
import { OWN, useSignedIn } from './session.ts';

/** An import changes the totals several times a second: to load them each time would use the plan's requests up. */
const LEAST_MS = 3_000;

/**
 * Loads what is shown of an inventory anew whenever somebody changes it: keys that begin with the organisation and
 * `inventory`, whose data has a `version`. Answers whether it is told of changes now; undefined while that is not
 * known yet.
 */
export function useInventoryNews(watched: WatchedInventory): boolean | undefined {
  const { oracleUrl, address } = useSignedIn();
  const queryClient = useQueryClient();
  const [connected, setConnected] = useState<boolean>();
  const url = inventoryUrl(oracleUrl, watched);
  const { organisation } = watched;
  useEffect(() => {
    const queryKey = [OWN, address, organisation, 'inventory'];
    const reload = spaced(() => void queryClient.invalidateQueries({ queryKey }), LEAST_MS);
    const stop = watchInventory(url, {
      onConnected: setConnected,
      onVersion: (version) => {
        const shown = queryClient.getQueriesData<{ readonly version: number }>({ queryKey });
        if (shown.some(([, data]) => data !== undefined && data.version !== version)) reload.run();
      },
    });
    return () => {
      stop();
      reload.stop();
    };
  }, [url, organisation, address, queryClient]);
  return connected;
}
