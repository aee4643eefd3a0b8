import type { z } from 'zod';
import { explainLine, ngToKg, squareRootUp, type Calculation } from '../../accounting/index.ts';
import { keptFactorShape, type KeptLine } from '../../inventory/activities/activity.ts';
import { activityInputShape } from '../../inventory/activities/input.ts';
import { linesOf } from '../../inventory/activities/write.ts';
import { citationOf } from '../../inventory/citations/citation.ts';
import type { InventorySum } from '../../inventory/totals/inventory.ts';
import type { ActivityRow } from '../../store/tables/schema.ts';
import type { activitySchema, explainedSchema, lineSchema } from '../schemas/inventory.ts';

export function activityView(row: ActivityRow): z.input<typeof activitySchema> {
  const { version, change, evidence, scope, category, engineVersion, importId, importRow } = row;
  const { actor, changedAt } = row;
  return {
    ...{ id: String(row.id), version, change, evidence, scope, category, engineVersion },
    ...{ importId, importRow, actor, changedAt },
    workspaceId: String(row.workspaceId),
    supplierId: row.supplierId === null ? null : String(row.supplierId),
    readings: citationOf(row) ?? null,
    input: activityInputShape.parse(JSON.parse(row.input)),
    lines: linesOf(row).map(lineView),
    factors: keptFactorShape.array().parse(JSON.parse(row.factors)),
  };
}

export function lineView(line: KeptLine): z.input<typeof lineSchema> {
  const { scope, category, gwpSet, gases, notes, varianceNg2 } = line;
  return {
    ...{ scope, category, gwpSet, notes: [...notes] },
    kgCo2e: toKg(line.co2eNg),
    biogenicKgCo2: toKg(line.biogenicNg),
    otherGasesKgCo2e: toKg(line.otherNg),
    uncertainty:
      varianceNg2 === null ? null : { halfWidthKgCo2e: ngToKg(squareRootUp(BigInt(varianceNg2))) },
    gases: gases.map(([gas, place, massNg, co2eNg]) => ({
      ...{ gas, place, kg: massNg === null ? null : toKg(massNg), kgCo2e: toKg(co2eNg) },
    })),
  };
}

/** Lines opened to inputs, formula, factor, rule and rounding. */
export function explainedView(
  { lines }: Calculation,
  kept: readonly KeptLine[],
): z.input<typeof explainedSchema> {
  return {
    lines: lines.flatMap((line, index) => {
      const own = kept[index];
      if (own === undefined) return [];
      return { ...lineView(own), items: explainLine(line).map((item) => ({ ...item })) };
    }),
  };
}

export function sumView({ lines, halfWidthNg, statedNg, ...sum }: InventorySum) {
  return {
    lines,
    kgCo2e: ngToKg(sum.co2eNg),
    biogenicKgCo2: ngToKg(sum.biogenicNg),
    otherGasesKgCo2e: ngToKg(sum.otherNg),
    uncertainty:
      statedNg === 0n
        ? null
        : { statedKgCo2e: ngToKg(statedNg), halfWidthKgCo2e: ngToKg(halfWidthNg) },
  };
}

function toKg(ng: string): string {
  return ngToKg(BigInt(ng));
}
