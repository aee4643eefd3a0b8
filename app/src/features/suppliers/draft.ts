/** What a person types of a supplier, a figure and spend, before it is sent. */
import type { ActivityBody } from '../../api/oracle/inventory.ts';
import type { NewFigure, NewSupplier } from '../../api/oracle/suppliers.ts';
import { SCOPE_3_CATEGORIES } from '../../ui/emissions.ts';

/** Those that the spend method is for (GHG Protocol, Technical Guidance). */
const SPEND = ['1', '2', '4', '6', '9'];
export const SPEND_CATEGORIES = SCOPE_3_CATEGORIES.filter(({ value }) => SPEND.includes(value));

const AMOUNT = /^\d{1,15}(\.\d{1,12})?$/;

export function problemOfSupplier({ name, country, naics }: NewSupplier): string | undefined {
  if (name.trim() === '') return 'Enter its name.';
  if (!/^[A-Z]{2}$/.test(country)) return 'Enter its country: two letters, such as GB.';
  if (naics !== null && !/^\d{6}$/.test(naics)) return 'NAICS has six digits.';
  return undefined;
}

export function problemOfFigure(figure: NewFigure): string | undefined {
  const { firstDay, lastDay, kgCo2e, source } = figure;
  if (firstDay === '' || lastDay === '') return 'Enter the first and the last day.';
  if (firstDay > lastDay) return 'The first day is after the last one.';
  if (!AMOUNT.test(kgCo2e)) return 'Enter kilograms, such as 1250.5.';
  if (source.trim() === '') return 'Enter where the figure is from.';
  return undefined;
}

export interface Spend {
  readonly dollars: string;
  readonly naics: string;
  readonly category: string;
  readonly date: string;
  readonly evidence: string;
}

export function problemOfSpend({ dollars, naics, date }: Spend): string | undefined {
  if (!AMOUNT.test(dollars)) return 'Enter the amount, such as 1250.50.';
  if (!/^\d{6}$/.test(naics)) return 'NAICS has six digits.';
  return date === '' ? 'Enter the day.' : undefined;
}

/** Dollars of 2022 times the factor of the industry, of the supply chain set of the EPA. */
export function toSpendActivity(
  { dollars, naics, category, date, evidence }: Spend,
  workspaceId: string,
  supplierId: string,
): ActivityBody {
  return {
    ...{ workspaceId, supplierId, method: 'spend', category, date, evidence: evidence.trim() },
    items: [
      {
        inputs: { spend: { value: dollars, unit: 'USD:2022' } },
        factor: { kind: 'id', id: `epa-supply-chain@1.3/${naics}` },
      },
    ],
  };
}
