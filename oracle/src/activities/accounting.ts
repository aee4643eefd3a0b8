import {
  createEngine,
  type AccountingEngine,
  type AccountingRules,
  type FactorIndex,
} from '../accounting/index.ts';
import type { OrganisationRow } from '../store/schema.ts';

/** The engine under each organisation's own rules. */
export interface Accounting {
  readonly index: FactorIndex;
  readonly engineOf: (organisation: OrganisationRow) => AccountingEngine;
}

/** Loaded when it is first asked for, because reading the sets takes a moment; loaded once. */
export function createAccountingLoader(
  load: () => Promise<FactorIndex>,
): () => Promise<Accounting> {
  let loading: Promise<Accounting> | undefined;
  return () => {
    loading ??= load().then(createAccounting, (error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

function createAccounting(index: FactorIndex): Accounting {
  const factorSets = [...index.sets.keys()];
  /** Few rules differ, and an engine remembers what it has looked up. */
  const engines = new Map<string, AccountingEngine>();
  return {
    index,
    engineOf(organisation) {
      const rules = rulesOf(organisation, factorSets);
      const key = JSON.stringify(rules);
      const known = engines.get(key);
      if (known !== undefined) return known;
      const made = createEngine(index, rules);
      engines.set(key, made);
      return made;
    },
  };
}

function rulesOf(row: OrganisationRow, factorSets: readonly string[]): AccountingRules {
  const { gwpSet, otherGwpSet, widenRegion, carryForwardYears } = row;
  return { gwpSet, otherGwpSet, widenRegion, carryForwardYears, factorSets };
}
