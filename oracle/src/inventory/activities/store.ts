import { fromHex, toHex } from '@truetonne/protocol';
import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lte,
  ne,
  notExists,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { TenantSession } from '../../store/database/tenant.ts';
import { PLANNED_ANEW } from '../../store/database/engine.ts';
import { activities, activityVersions, type ActivityRow } from '../../store/tables/schema.ts';
import type { ActivityDraft, ComputedActivity } from './activity.ts';

const INSERT = `
  INSERT INTO activities (organisation_id, version, change, actor, created_at, changed_at, import_id,
    workspace_id, method, scope, category, date, site, supplier_id, evidence, input, lines, factors,
    co2e_ng, engine_version, fingerprint, import_row, citation)
  SELECT $1::uuid, 1, 'created', $2, $3::bigint, $3::bigint, $4, * FROM unnest($5::bigint[], $6::text[],
    $7::text[], $8::text[], $9::date[], $10::text[], $11::bigint[], $12::text[], $13::text[],
    $14::text[], $15::text[], $16::numeric[], $17::text[], $18::bytea[], $19::int[], $20::text[])
  RETURNING id`;

/** Keeps activities, all in one statement; answers their ids in the same order. */
export async function insertActivities(
  { run, organisationId }: TenantSession,
  computed: readonly ComputedActivity[],
  by: { readonly actor: string; readonly now: number },
  importId: string | null,
  importRows: readonly (number | null)[],
): Promise<readonly number[]> {
  const of = <T>(read: (one: ComputedActivity) => T): T[] => computed.map(read);
  const rows = await run(
    INSERT,
    [
      ...[organisationId, by.actor, by.now, importId],
      of(({ draft }) => draft.workspaceId),
      of(({ draft }) => draft.input.method),
      of(({ scope }) => scope),
      of(({ category }) => category),
      of(({ draft }) => draft.input.date),
      of(({ draft }) => draft.input.site ?? ''),
      of(({ draft }) => draft.supplierId),
      of(({ draft }) => draft.evidence),
      of(({ draft }) => JSON.stringify(draft.input)),
      of(({ lines }) => JSON.stringify(lines)),
      of(({ factors }) => JSON.stringify(factors)),
      of(({ co2eNg }) => co2eNg),
      of(({ engineVersion }) => engineVersion),
      of(({ fingerprint }) => Buffer.from(fingerprint.slice(2), 'hex')),
      importRows,
      of(({ draft }) => citationText(draft)),
    ],
    'insert-activities',
  );
  return rows.map(([id]) => Number(id));
}

function citationText({ citation }: ActivityDraft): string | null {
  return citation === undefined ? null : JSON.stringify(citation);
}

/** Reads an activity; for a change it is held until the transaction ends. */
export async function findActivity(
  { orm }: TenantSession,
  id: number,
  forChange: boolean,
): Promise<ActivityRow | undefined> {
  const query = orm.select().from(activities).where(eq(activities.id, id));
  const [row] = await (forChange ? query.for('update') : query);
  return row;
}

/** Keeps the version that is about to be replaced. */
export async function archive(
  { orm, organisationId }: TenantSession,
  rows: readonly ActivityRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await orm.insert(activityVersions).values(
    rows.map((row) => ({
      ...{ organisationId, activityId: row.id, version: row.version },
      state: JSON.stringify(row),
    })),
  );
}

export async function replaceActivity(
  { orm }: TenantSession,
  { id, version }: ActivityRow,
  { draft, lines, factors, ...computed }: ComputedActivity,
  change: 'changed' | 'recalculated',
  by: { readonly actor: string; readonly now: number },
): Promise<void> {
  await orm
    .update(activities)
    .set({
      ...{ version: version + 1, change, actor: by.actor, changedAt: by.now },
      ...{ workspaceId: draft.workspaceId, method: draft.input.method, date: draft.input.date },
      ...{ site: draft.input.site ?? '', supplierId: draft.supplierId, evidence: draft.evidence },
      citation: citationText(draft),
      ...{ input: JSON.stringify(draft.input), lines: JSON.stringify(lines) },
      ...{ factors: JSON.stringify(factors), ...computed },
    })
    .where(eq(activities.id, id));
}

/** Takes activities out of the inventory; their rows and history stay. */
export async function markDeleted(
  { run }: TenantSession,
  ids: readonly number[],
  by: { readonly actor: string; readonly now: number },
): Promise<void> {
  await run(
    `UPDATE activities SET deleted = true, change = 'deleted', version = version + 1, actor = $2,
       changed_at = $3 WHERE id = ANY($1::bigint[])`,
    [[...ids], by.actor, by.now],
  );
}

export interface ActivityFilter {
  readonly workspaceId?: number | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly scope?: string | undefined;
  readonly category?: string | undefined;
  readonly method?: string | undefined;
  /** Any of these. */
  readonly methods?: ReadonlySet<string> | undefined;
  readonly site?: string | undefined;
  /** null: those of no supplier. */
  readonly supplierId?: number | null | undefined;
  readonly importId?: string | undefined;
  /** One that a line of it holds. */
  readonly gas?: string | undefined;
  /** First part of a factor's id, such as `private@12`: activities that were computed with it. */
  readonly factor?: string | undefined;
}

/** Activities after an id, by id. */
export function readActivities(
  { orm }: TenantSession,
  filter: ActivityFilter,
  after: number,
  limit: number,
): Promise<readonly ActivityRow[]> {
  return orm
    .select()
    .from(activities)
    .where(and(gt(activities.id, after), eq(activities.deleted, false), ...conditionsOf(filter)))
    .orderBy(asc(activities.id))
    .limit(limit);
}

function conditionsOf(filter: ActivityFilter): (SQL | undefined)[] {
  const { workspaceId, from, until, scope, category, method, site, supplierId } = filter;
  const { importId, gas, factor, methods } = filter;
  return [
    workspaceId === undefined ? undefined : eq(activities.workspaceId, workspaceId),
    from === undefined ? undefined : gte(activities.date, from),
    until === undefined ? undefined : lte(activities.date, until),
    scope === undefined ? undefined : eq(activities.scope, scope),
    category === undefined ? undefined : eq(activities.category, category),
    method === undefined ? undefined : eq(activities.method, method),
    methods === undefined ? undefined : inArray(activities.method, [...methods]),
    site === undefined ? undefined : eq(activities.site, site),
    supplierId === null ? isNull(activities.supplierId) : undefined,
    typeof supplierId === 'number' ? eq(activities.supplierId, supplierId) : undefined,
    importId === undefined ? undefined : eq(activities.importId, importId),
    // The text is JSON, in which a gas begins the list of its amounts; no note is named like one.
    gas === undefined ? undefined : sql`position(${`["${gas}","`} in ${activities.lines}) > 0`,
    // The text is JSON, so a quote begins the id and a slash ends its first part.
    factor === undefined
      ? undefined
      : sql`position(${`"id":"${factor}/`} in ${activities.factors}) > 0`,
  ];
}

/** Versions of an activity that were replaced, the newest first, as JSON rows. */
export async function readHistory(
  { orm }: TenantSession,
  activityId: number,
): Promise<readonly string[]> {
  const rows = await orm
    .select({ state: activityVersions.state })
    .from(activityVersions)
    .where(eq(activityVersions.activityId, activityId))
    .orderBy(desc(activityVersions.version));
  return rows.map(({ state }) => state);
}

/**
 * One look into the index for each. As a list they were compared with every activity of the organisation, as long
 * as the planner thought that there were few: seconds a chunk, right after the first large import.
 */
const KEPT_PRINTS = `
  SELECT wanted.print, kept.id
  FROM unnest($1::bytea[]) AS wanted (print)
  CROSS JOIN LATERAL (
    SELECT id FROM activities WHERE fingerprint = wanted.print AND NOT deleted LIMIT 1) AS kept`;

/** Which of these fingerprints are kept already, with the activity that has each. */
export async function findPrints(
  { run }: TenantSession,
  prints: readonly ActivityRow['fingerprint'][],
): Promise<ReadonlyMap<string, number>> {
  if (prints.length === 0) return new Map();
  const wanted = prints.map((print) => Buffer.from(fromHex(print)));
  const rows = await run(KEPT_PRINTS, [wanted], PLANNED_ANEW);
  // Proof: the type of the column.
  return new Map(rows.map(([print, id]) => [toHex(print as Uint8Array), Number(id)]));
}

/**
 * Activities of an import that nobody changed since, a few at a time. One that was computed anew, as when a
 * factor got a new version, says what the import said.
 */
export function readUntouched(
  { orm }: TenantSession,
  importId: string,
  limit: number,
): Promise<readonly ActivityRow[]> {
  const changed = orm
    .select({ version: activityVersions.version })
    .from(activityVersions)
    .where(
      and(
        eq(activityVersions.organisationId, activities.organisationId),
        eq(activityVersions.activityId, activities.id),
        sql`${activityVersions.state}::jsonb->>'change' = 'changed'`,
      ),
    );
  return orm
    .select()
    .from(activities)
    .where(
      and(
        eq(activities.importId, importId),
        eq(activities.deleted, false),
        ne(activities.change, 'changed'),
        or(eq(activities.version, 1), notExists(changed)),
      ),
    )
    .orderBy(asc(activities.id))
    .limit(limit);
}
