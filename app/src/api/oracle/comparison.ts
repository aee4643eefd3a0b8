/** Devices of a batch against their irradiance and against each other. Energy in Wh. */
import { big, hex, integer, listOf, object, optional } from '../parse.ts';
import { askOracle } from './client.ts';
import { itemsUnder } from './page.ts';

const comparison = object({
  deviceId: hex,
  capacityW: big,
  exportedWh: big,
  /** Performance ratio x 10,000; absent without irradiance. */
  performanceRatioE4: optional(big),
  yieldWhPerKw: big,
  /** Yield above the median of the plant x 10,000. */
  fromMedianE4: optional(big),
  days: listOf(object({ startsAt: integer, exportedWh: big, referenceWh: optional(big) })),
});
export type DeviceComparison = ReturnType<typeof comparison>;

export function fetchComparison(
  oracleUrl: string,
  batchId: bigint,
): Promise<readonly DeviceComparison[]> {
  const path = `/v1/batches/${String(batchId)}/comparison`;
  return askOracle(oracleUrl, path, itemsUnder('devices', comparison));
}
