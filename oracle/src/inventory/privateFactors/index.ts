import { TonneError } from '@truetonne/protocol';
import type { EmissionFactor, FactorIndex } from '../../accounting/index.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import { idOf, keyOf, toEmissionFactor, toSetInfo } from './factor.ts';
import { readAllVersions, type KnownFactor } from './store.ts';

/** Everything public, with what one organisation uploaded before it. */
export interface PrivateIndex extends FactorIndex {
  /** The newest version of each of its private factors that was not withdrawn. */
  readonly own: readonly EmissionFactor[];
}

export async function loadPrivateIndex(
  session: TenantSession,
  index: FactorIndex,
): Promise<PrivateIndex> {
  return withPrivate(index, await readAllVersions(session));
}

/** Public factors are shared by all organisations; only what is private is looked up apart. */
export function withPrivate(index: FactorIndex, versions: readonly KnownFactor[]): PrivateIndex {
  const newest = versions.filter((one) => one.newest);
  const current = newest.filter(({ withdrawnAt }) => withdrawnAt === null);
  const own = current.map((one) => toEmissionFactor(one, index));
  const byKey = new Map(own.map((factor) => [keyOf(factor.id), factor]));
  const byActivity = Map.groupBy(own, ({ activity }) => activity);
  const gone = new Map(
    newest.filter(({ withdrawnAt }) => withdrawnAt !== null).map((one) => [keyOf(idOf(one)), one]),
  );
  const ownSets = versions.map(toSetInfo);
  return {
    ...index,
    own,
    sets: new Map([...ownSets.map((set) => [set.id, set] as const), ...index.sets]),
    findById(id) {
      const withdrawn = gone.get(keyOf(id));
      if (withdrawn !== undefined) throw factorWithdrawn(id, withdrawn);
      return byKey.get(keyOf(id)) ?? index.findById(id);
    },
    findByActivity: (activity) => [
      ...(byActivity.get(activity.toLowerCase()) ?? []),
      ...index.findByActivity(activity),
    ],
  };
}

function factorWithdrawn(id: string, { withdrawnAt }: KnownFactor): TonneError {
  const since = new Date((withdrawnAt ?? 0) * 1000).toISOString().slice(0, 10);
  const expected = `a factor that is in use; this one was withdrawn on ${since}`;
  return new TonneError('PRIVATE_FACTOR_WITHDRAWN', { field: 'factor', value: id, expected });
}
