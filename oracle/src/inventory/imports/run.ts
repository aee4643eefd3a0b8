import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TonneError } from '@truetonne/protocol';
import { z } from 'zod';
import type { AccountingEngine } from '../../accounting/index.ts';
import { appendAudit } from '../../accounts/audit/store.ts';
import { getOrganisation } from '../../accounts/organisations/store.ts';
import { createReportFile, type ReportFile } from '../../csv/reportFile.ts';
import type { JobHandler, JobRun } from '../../jobs/run.ts';
import { isStoreTrouble, problemOf } from '../../runtime/problem.ts';
import type { Database } from '../../store/database/database.ts';
import { withTenant, type TenantSession } from '../../store/database/tenant.ts';
import type { ImportRow } from '../../store/tables/schema.ts';
import type { Accounting } from '../activities/accounting.ts';
import { computeActivity, type ComputedActivity } from '../activities/activity.ts';
import { findPrints, insertActivities } from '../activities/store.ts';
import { deltasOf } from '../activities/write.ts';
import { readLocked } from '../periods/lock.ts';
import { addDeltas, lockInventory } from '../totals/store.ts';
import { isEmptyCell, toDraft, type RowReader } from './draft.ts';
import { figuresOf, layoutOf, type Figure } from './layout.ts';
import { hashHead, importOptionsShape } from './options.ts';
import {
  IMPORT_COLUMNS,
  outcomeOf,
  placeName,
  placeOf,
  refusalOf,
  type ImportCounts,
  type Outcome,
} from './outcome.ts';
import { assertNotStopped, assertStillMay, ImportStopped } from './rights.ts';
import { openRows, readRows } from './rows.ts';
import { SeenPrints } from './seen.ts';
import { changeImport, findImport, readSupplierNames, saveMapping } from './store.ts';
import { takeBack } from './undo.ts';

export const IMPORT_JOB = 'activities';
const inputShape = z.object({ organisationId: z.uuid() });

/** Figures that are stored together; others who write wait no longer than for these. */
const CHUNK = 2_000;

export interface ImportContext {
  readonly database: Database;
  readonly dataFolder: string;
  readonly accounting: () => Promise<Accounting>;
  readonly now: () => number;
}

export function importFiles(dataFolder: string, id: string) {
  const folder = join(dataFolder, 'uploads');
  return { file: join(folder, `${id}.csv`), report: join(folder, `${id}.report.csv`) };
}

interface Importing extends ImportContext {
  readonly row: ImportRow;
  readonly report: ReportFile;
  readonly run: JobRun;
  readonly counts: ImportCounts & { rows: number };
  /** Prints of figures of this file: on a dry run nothing is stored to compare with. */
  readonly seen: SeenPrints;
}

/**
 * Reads a file of activities, stores what is sound, and reports on each row. What stops it (a member who
 * was removed, a period that was closed, a file that turns out to be broken) takes back what it had
 * stored: an import is whole or it is not there.
 */
export function createImporter(context: ImportContext): JobHandler {
  return async (input, run) => {
    const { organisationId } = inputShape.parse(input);
    const row = await begin(context, organisationId, run.id);
    if (row === undefined) return {};
    const { file, report: path } = importFiles(context.dataFolder, run.id);
    const report = await createReportFile(path, IMPORT_COLUMNS);
    const counts = { rows: 0, accepted: 0, duplicate: 0, refused: 0, skipped: 0 };
    const importing = { ...context, row, report, run, counts, seen: new SeenPrints() };
    try {
      await importRows(importing, file);
      await end(importing);
      await rm(file, { force: true });
      return counts;
    } catch (error) {
      if (run.signal.aborted || isStoreTrouble(error)) throw error;
      await fail(importing, error);
      if (error instanceof ImportStopped) return counts;
      throw error;
    } finally {
      await report.close();
    }
  };
}

/** A run that a crash broke off left rows behind: they go, and the file is read from its beginning. */
async function begin(
  { database, now }: ImportContext,
  organisationId: string,
  id: string,
): Promise<ImportRow | undefined> {
  return withTenant(database, organisationId, async (session) => {
    const row = await findImport(session, id, true);
    if (row === undefined) throw new TonneError('IMPORT_UNKNOWN', { field: 'id', value: id });
    if (row.state !== 'queued' && row.state !== 'running') return undefined;
    await takeBack(session, row, { actor: row.actor, now: now() });
    await changeImport(session, id, { state: 'running' });
    return row;
  });
}

async function importRows(importing: Importing, file: string): Promise<void> {
  const { row, database, now } = importing;
  const options = importOptionsShape.parse(JSON.parse(row.options));
  let reader: RowReader | undefined;
  let chunk: Figure[] = [];
  const opened = await openRows(file, row.format);
  await withTenant(database, row.organisationId, (session) =>
    changeImport(session, row.id, { encoding: opened.encoding }),
  );
  for await (const fileRow of readRows(opened, { ...options, merged: 'refuse' })) {
    if (reader === undefined) {
      const layout = layoutOf(fileRow.cells, options);
      const head = hashHead(fileRow.cells);
      const suppliers = await withTenant(database, row.organisationId, async (session) => {
        await saveMapping(session, head, row.options, now());
        return readSupplierNames(session);
      });
      reader = { options, layout, suppliers, workspaceId: row.workspaceId };
      continue;
    }
    chunk.push(...figuresOf(reader.layout, fileRow));
    if (chunk.length < CHUNK) continue;
    await importChunk(importing, reader, chunk);
    chunk = [];
  }
  if (reader === undefined) throw new TonneError('UPLOAD_EMPTY');
  if (chunk.length > 0) await importChunk(importing, reader, chunk);
  if (importing.counts.rows === 0) throw new TonneError('UPLOAD_EMPTY');
}

interface SoundFigure {
  readonly figure: Figure;
  readonly computed: ComputedActivity;
}

/** A figure that is sound, or what becomes of it otherwise. */
type Read = SoundFigure | { readonly outcome: Outcome };

async function importChunk(
  importing: Importing,
  reader: RowReader,
  chunk: readonly Figure[],
): Promise<void> {
  const { row, counts, report, run, database, accounting, now } = importing;
  const { engineOf } = await accounting();
  const outcomes = await withTenant(database, row.organisationId, async (session) => {
    await assertNotStopped(session, row.id);
    await assertStillMay(session, row, now());
    // While the inventory is held no factor gets another version, which computes anew what is stored by then.
    if (!row.dryRun) await lockInventory(session);
    const engine = await engineOf(session, await getOrganisation(session));
    const read = chunk.map((figure) => readFigure(engine, reader, figure, now()));
    return storeChunk(importing, reader, session, read);
  });
  await report.add(outcomes);
  for (const { status } of outcomes) counts[status]++;
  counts.rows += new Set(chunk.map(({ line }) => line)).size;
  await run.report(counts.rows);
  await withTenant(database, row.organisationId, (session) =>
    changeImport(session, row.id, { ...counts }),
  );
}

function readFigure(
  engine: AccountingEngine,
  reader: RowReader,
  figure: Figure,
  now: number,
): Read {
  const { month, cells } = figure;
  if (month !== undefined && isEmptyCell('quantity', cells[month.index] ?? '')) {
    return { outcome: outcomeOf(figure, 'skipped', undefined, 'the cell is empty') };
  }
  try {
    return { figure, computed: computeActivity(engine, toDraft(reader, figure), now) };
  } catch (error) {
    if (error instanceof TonneError) return { outcome: refusalOf(figure, error) };
    throw error;
  }
}

/** Stores the sound figures of a chunk in one statement; two that are one are stored once. */
async function storeChunk(
  { row, seen, now }: Importing,
  { layout }: RowReader,
  session: TenantSession,
  read: readonly Read[],
): Promise<readonly Outcome[]> {
  const sound = read.filter((one) => 'computed' in one);
  const locked = await readLocked(session, sound.map(dateOf));
  const kept = await findPrints(
    session,
    sound.map(({ computed }) => computed.fingerprint),
  );
  const outcomes = new Map<Read, Outcome>();
  const fresh = sound.filter((one) => {
    const { figure, computed } = one;
    const { fingerprint } = computed;
    const closed = locked.get(dateOf(one));
    if (closed !== undefined) {
      outcomes.set(one, refusalOf(figure, closed));
      return false;
    }
    const activity = kept.get(fingerprint);
    const earlier = seen.findOrKeep(fingerprint, placeOf(figure));
    if (activity === undefined && earlier === undefined) return true;
    const detail =
      earlier === undefined ? 'it is stored already' : `the same as ${placeName(earlier, layout)}`;
    outcomes.set(one, outcomeOf(figure, 'duplicate', activity, detail));
    return false;
  });
  const ids = row.dryRun ? [] : await store(session, row, fresh, now());
  for (const [index, one] of fresh.entries()) {
    outcomes.set(one, outcomeOf(one.figure, 'accepted', ids[index], ''));
  }
  return read.flatMap((one) => ('outcome' in one ? one.outcome : (outcomes.get(one) ?? [])));
}

function dateOf({ computed }: SoundFigure): string {
  return computed.draft.input.date;
}

async function store(
  session: TenantSession,
  { id, actor }: ImportRow,
  fresh: readonly SoundFigure[],
  now: number,
): Promise<readonly number[]> {
  if (fresh.length === 0) return [];
  const computed = fresh.map((one) => one.computed);
  const rows = fresh.map(({ figure }) => figure.line);
  const ids = await insertActivities(session, computed, { actor, now }, id, rows);
  await addDeltas(session, deltasOf([], computed));
  return ids;
}

function end({ database, row, counts, now }: Importing): Promise<void> {
  return withTenant(database, row.organisationId, async (session) => {
    await assertNotStopped(session, row.id);
    await changeImport(session, row.id, { state: 'done', endedAt: now(), ...counts });
    const action = row.dryRun ? 'import.tried' : 'import.finished';
    await appendAudit(session, {
      ...{ actor: row.actor, at: now(), action, subject: row.id },
      detail: { name: row.name, digest: row.digest, ...counts },
    });
  });
}

function fail({ database, row, now }: Importing, error: unknown): Promise<void> {
  const cancelled = error instanceof ImportStopped;
  const { code, detail } = problemOf(error);
  return withTenant(database, row.organisationId, async (session) => {
    const by = { actor: row.actor, now: now() };
    await takeBack(session, row, by);
    const state = cancelled ? 'cancelled' : 'failed';
    const why = cancelled ? {} : { code, detail };
    await changeImport(session, row.id, { state, endedAt: by.now, accepted: 0, ...why });
    await appendAudit(session, {
      ...{ actor: row.actor, at: by.now, action: `import.${state}`, subject: row.id, detail: why },
    });
  });
}
