import { ngToKg } from '../../accounting/index.ts';
import type { Inventory } from '../../inventory/totals/inventory.ts';
import { sumView } from './activity.ts';

export function inventoryView({ version, scopes, groups }: Inventory) {
  return {
    version,
    scopes: scopes.map(({ scope, gwpSet, ...sum }) => ({ scope, gwpSet, ...sumView(sum) })),
    groups: groups.map(({ by, key, scope, gwpSet, month, massNg, ...sum }) => ({
      ...{ by, key, scope, gwpSet, ...sumView(sum) },
      month: month === undefined ? null : toMonth(month),
      kg: massNg === undefined ? null : ngToKg(massNg),
    })),
  };
}

function toMonth(month: number): string {
  const [year, inYear] = [Math.floor(month / 12), (month % 12) + 1];
  return `${year}-${String(inYear).padStart(2, '0')}`;
}
