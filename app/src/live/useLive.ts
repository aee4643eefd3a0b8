import { useSyncExternalStore } from 'react';
import { useDeployment } from '../config/index.ts';
import type { LiveState } from './state.ts';
import { fetchHistory } from './history.ts';
import { createLiveStore, liveUrl, type LiveStore } from './store.ts';

/** One stream per oracle and organisation, shared by all views. */
const stores = new Map<string, LiveStore>();

/** What the stream has brought since this page was opened: of all, or of an organisation's devices. */
export function useLive(organisation?: string): LiveState {
  const { oracleUrl } = useDeployment();
  const source = { oracleUrl, organisation };
  const key = liveUrl(source);
  const store = stores.get(key) ?? createLiveStore(source, fetchHistory);
  stores.set(key, store);
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
