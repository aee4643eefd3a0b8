import { TonneError } from '@truetonne/protocol';
import type { AccountingEngine, FactorIndex } from '../../accounting/index.ts';
import { appendAudit } from '../../accounts/audit/store.ts';
import type { By } from '../../accounts/organisations/organisations.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { PrivateFactorRow } from '../../store/tables/schema.ts';
import { readActivities } from '../activities/store.ts';
import { recalculate, type Failure } from '../activities/write.ts';
import { lockInventory } from '../totals/store.ts';
import {
  assertOfScope2,
  idOf,
  keyOf,
  toEmissionFactor,
  type PrivateFactor,
  type PrivateVersion,
} from './factor.ts';
import { countChange, getFactor, insertFactor, insertVersion, withdraw } from './store.ts';

/** Uploads a factor. Throws what is wrong with it. */
export async function uploadFactor(
  session: TenantSession,
  index: FactorIndex,
  factor: PrivateFactor,
  by: By,
): Promise<PrivateVersion> {
  const id = await insertFactor(session, by.now);
  return keep(session, index, { id, version: 1 }, factor, by);
}

/**
 * A factor that is about to change. The inventory is held with it: whoever logs an activity meanwhile is stored
 * before, and computed anew with the others, or computes with what the factor is then.
 *
 * @throws TonneError PRIVATE_FACTOR_UNKNOWN, PRIVATE_FACTOR_WITHDRAWN
 */
export async function holdFactor(session: TenantSession, id: number): Promise<PrivateFactorRow> {
  await lockInventory(session);
  const row = await getFactor(session, id, true);
  if (row.withdrawnAt === null) return row;
  throw new TonneError('PRIVATE_FACTOR_WITHDRAWN', { field: 'id', value: String(id) });
}

/** Another version of a factor that is held; what was computed with the one before keeps its history. */
export function replaceFactor(
  session: TenantSession,
  index: FactorIndex,
  { id, version }: Pick<PrivateFactorRow, 'id' | 'version'>,
  factor: PrivateFactor,
  by: By,
): Promise<PrivateVersion> {
  return keep(session, index, { id, version: version + 1 }, factor, by);
}

/** No new activity takes a factor that is held; those that did keep what they came to. */
export async function withdrawFactor(session: TenantSession, id: number, by: By): Promise<void> {
  await withdraw(session, id, by.now);
  await countChange(session);
  await note(session, 'factor.withdrawn', id, {}, by);
}

async function keep(
  session: TenantSession,
  index: FactorIndex,
  { id, version }: { readonly id: number; readonly version: number },
  factor: PrivateFactor,
  by: By,
): Promise<PrivateVersion> {
  assertOfScope2(factor);
  const kept = await insertVersion(session, id, version, factor, by);
  toEmissionFactor(kept, index);
  await countChange(session);
  const action = version === 1 ? 'factor.uploaded' : 'factor.replaced';
  await note(session, action, id, { version, sha256: kept.sha256 }, by);
  return kept;
}

const PAGE = 500;

/**
 * Computes every activity anew that was computed with some version of a factor. Those of closed periods
 * keep their result and are named: a restatement opens their period first.
 */
export async function recalculateUses(
  session: TenantSession,
  engine: AccountingEngine,
  version: PrivateVersion,
  by: By,
): Promise<{ readonly changed: number; readonly failed: readonly Failure[] }> {
  const factor = keyOf(idOf(version));
  const failed: Failure[] = [];
  let changed = 0;
  for (let after = 0; ;) {
    const rows = await readActivities(session, { factor }, after, PAGE);
    const done = await recalculate(session, engine, rows, by);
    changed += done.changed.length;
    failed.push(...done.failed);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE) return { changed, failed };
  }
}

function note(session: TenantSession, action: string, id: number, detail: object, by: By) {
  const { actor, now: at } = by;
  return appendAudit(session, { actor, at, action, subject: String(id), detail });
}
