import { TonneError } from '@truetonne/protocol';
import { appendAudit } from '../../accounts/audit/store.ts';
import type { By } from '../../accounts/organisations/organisations.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { ImportRow } from '../../store/tables/schema.ts';
import { readUntouched } from '../activities/store.ts';
import { takeOut } from '../activities/write.ts';
import { lockInventory } from '../totals/store.ts';
import { changeImport, findImport } from './store.ts';

/** Activities that are taken back with one statement. */
const CHUNK = 2_000;

/**
 * Takes an import's activities out of the inventory, all or none; those that somebody changed since stay.
 *
 * @throws TonneError IMPORT_UNKNOWN, IMPORT_NOT_DONE, PERIOD_LOCKED
 */
export async function undoImport(session: TenantSession, id: string, by: By): Promise<ImportRow> {
  const row = await findImport(session, id, true);
  if (row === undefined) throw new TonneError('IMPORT_UNKNOWN', { field: 'id', value: id });
  if (row.state !== 'done' || row.dryRun) {
    const value = row.dryRun ? 'dry run' : row.state;
    throw new TonneError('IMPORT_NOT_DONE', { field: 'id', value });
  }
  const undone = await takeBack(session, row, by);
  const change = { state: 'undone', undoneAt: by.now, kept: row.accepted - undone } as const;
  await changeImport(session, id, change);
  await appendAudit(session, {
    ...{ actor: by.actor, at: by.now, action: 'import.undone', subject: id },
    detail: { undone, kept: change.kept },
  });
  return { ...row, ...change };
}

/**
 * Stops an import that has not ended, and takes back what it stored. Whoever reads its file holds its row while it
 * stores a part, so no part comes after this.
 *
 * @throws TonneError IMPORT_UNKNOWN
 */
export async function stopImport(session: TenantSession, id: string, by: By): Promise<ImportRow> {
  const row = await findImport(session, id, true);
  if (row === undefined) throw new TonneError('IMPORT_UNKNOWN', { field: 'id', value: id });
  if (row.state !== 'queued' && row.state !== 'running') return row;
  const undone = await takeBack(session, row, by);
  const change = { state: 'cancelled', endedAt: by.now, accepted: 0 } as const;
  await changeImport(session, id, change);
  await appendAudit(session, {
    ...{ actor: by.actor, at: by.now, action: 'import.stopped', subject: id },
    detail: { undone },
  });
  return { ...row, ...change };
}

/** Deletes what an import stored and nobody changed since; answers how many. */
export async function takeBack(session: TenantSession, { id }: ImportRow, by: By): Promise<number> {
  await lockInventory(session);
  for (let undone = 0; ;) {
    const rows = await readUntouched(session, id, CHUNK);
    if (rows.length === 0) return undone;
    await takeOut(session, rows, by);
    undone += rows.length;
  }
}
