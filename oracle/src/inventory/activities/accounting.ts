import {
  createEngine,
  type AccountingEngine,
  type AccountingRules,
  type FactorIndex,
} from '../../accounting/index.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { OrganisationRow } from '../../store/tables/schema.ts';
import { loadPrivateIndex, withPrivate, type PrivateIndex } from '../privateFactors/index.ts';

/** The engine under each organisation's own rules and factors. */
export interface Accounting {
  /** What is public. */
  readonly index: FactorIndex;
  /** With what the organisation uploaded itself. */
  readonly indexOf: (session: TenantSession, row: OrganisationRow) => Promise<PrivateIndex>;
  readonly engineOf: (session: TenantSession, row: OrganisationRow) => Promise<AccountingEngine>;
  /** The engine over factors that this transaction changed, which nobody else sees yet. */
  readonly engineAfresh: (
    session: TenantSession,
    row: OrganisationRow,
  ) => Promise<AccountingEngine>;
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

/** Organisations whose private factors are remembered. */
const MAX_INDEXES = 500;

function createAccounting(index: FactorIndex): Accounting {
  const publicOnly = withPrivate(index, []);
  /** By organisation and count of its changes: another count is another key. */
  const indexes = new Map<string, PrivateIndex>();
  /** Few rules differ, and an engine remembers what it has looked up. */
  const engines = new WeakMap<PrivateIndex, Map<string, AccountingEngine>>();

  async function indexOf(session: TenantSession, row: OrganisationRow): Promise<PrivateIndex> {
    if (row.privateFactors === 0) return publicOnly;
    const key = `${row.organisationId}.${row.privateFactors}`;
    const known = indexes.get(key);
    if (known !== undefined) return known;
    const made = await loadPrivateIndex(session, index);
    if (indexes.size >= MAX_INDEXES) indexes.clear();
    indexes.set(key, made);
    return made;
  }
  function engineOn(own: PrivateIndex, row: OrganisationRow): AccountingEngine {
    const rules = rulesOf(row, [...own.sets.keys()]);
    const key = JSON.stringify({ ...rules, factorSets: undefined });
    const ofIndex = engines.get(own) ?? new Map<string, AccountingEngine>();
    engines.set(own, ofIndex);
    const known = ofIndex.get(key);
    if (known !== undefined) return known;
    const made = createEngine(own, rules);
    ofIndex.set(key, made);
    return made;
  }
  return {
    ...{ index, indexOf },
    engineOf: async (session, row) => engineOn(await indexOf(session, row), row),
    engineAfresh: async (session, row) => engineOn(await loadPrivateIndex(session, index), row),
  };
}

function rulesOf(row: OrganisationRow, factorSets: readonly string[]): AccountingRules {
  const { gwpSet, otherGwpSet, widenRegion, carryForwardYears } = row;
  return { gwpSet, otherGwpSet, widenRegion, carryForwardYears, factorSets };
}
