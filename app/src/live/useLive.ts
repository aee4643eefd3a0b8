import { useSyncExternalStore } from 'react';
import { useDeployment } from '../config/index.ts';
import type { LiveState } from './state.ts';
import { fetchHistory } from './history.ts';
import { createLiveStore, type LiveStore } from './store.ts';

/** One stream per oracle, shared by all views. */
const stores = new Map<string, LiveStore>();

/** What the stream has brought since this page was opened. */
export function useLive(): LiveState {
  const { oracleUrl } = useDeployment();
  const store = stores.get(oracleUrl) ?? createLiveStore(oracleUrl, fetchHistory);
  stores.set(oracleUrl, store);
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
