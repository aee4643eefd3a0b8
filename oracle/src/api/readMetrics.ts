import { readCounts } from '../metrics/queries.ts';
import type { ApiContext } from './context.ts';

/** Looks up what is not counted on the way, and answers all metrics as Prometheus reads them. */
export async function readMetrics(api: ApiContext): Promise<string> {
  const { metrics } = api.acceptance;
  const { up, block, syncedBlock } = api.chainStatus();
  const { leader, broker, brokerUp, connections, unacknowledged, queued } = api.serviceStatus();
  metrics.set({
    ...{ chain_up: Number(up), leader: Number(leader), queue_windows: queued },
    ...(block !== undefined &&
      syncedBlock !== undefined && { chain_head_lag_blocks: Math.max(0, block - syncedBlock) }),
    ...(broker === 'embedded' && { mqtt_connections: connections }),
    ...(broker === 'rabbitmq' && {
      broker_up: Number(brokerUp),
      broker_unacknowledged: unacknowledged,
    }),
  });
  try {
    const { waiting, unjudged, batches } = await readCounts(api.database);
    metrics.set({ windows_waiting: waiting, windows_unjudged: unjudged, store_up: 1 });
    metrics.setBatches(batches);
  } catch (error) {
    api.onError(error, 'metrics');
    metrics.set({ store_up: 0 });
  }
  return metrics.registry.metrics();
}
