import type { InventoryRecord } from '@truetonne/protocol';
import { ENGINE_VERSION } from './engine.ts';
import type { InventoryLine } from './line.ts';

/** A line as it goes into the inventory's root: what an auditor is shown, as text. */
export function toInventoryRecord(line: InventoryLine): InventoryRecord {
  return {
    activityId: line.activityId,
    biogenicCo2Ng: line.biogenicCo2Ng.toString(),
    category: line.category,
    co2eNg: line.co2eNg.toString(),
    date: line.date,
    engineVersion: ENGINE_VERSION,
    factors: line.items.map(({ choice }) => choice.factor.id),
    gases: line.gases.map(({ gas, place, massNg, co2eNg }) => [
      gas,
      place,
      massNg?.toString() ?? '',
      co2eNg.toString(),
    ]),
    gwpSet: line.gwpSet,
    method: line.method,
    otherGasesCo2eNg: line.otherGasesCo2eNg.toString(),
    scope: line.scope,
    site: line.site ?? '',
    supplier: line.supplier ?? '',
  };
}
