import type { TenantSession } from '../../store/database/tenant.ts';
import type { Delta, TotalKind } from './deltas.ts';

/** Holds an organisation's inventory until the transaction ends, and counts the change. */
export async function lockInventory({ run, organisationId }: TenantSession): Promise<number> {
  const [row] = await run(
    `INSERT INTO inventory_heads (organisation_id, version) VALUES ($1, 1)
     ON CONFLICT (organisation_id) DO UPDATE SET version = inventory_heads.version + 1
     RETURNING version`,
    [organisationId],
    'lock-inventory',
  );
  return Number(row?.[0]);
}

export async function readInventoryVersion({ run }: TenantSession): Promise<number> {
  const [row] = await run('SELECT version FROM inventory_heads', [], 'inventory-version');
  return Number(row?.[0] ?? 0);
}

const ADD_DELTAS = `
  INSERT INTO inventory_totals AS kept (organisation_id, kind, month, workspace_id, gwp_set, scope, key,
    lines, co2e_ng, biogenic_ng, other_ng, stated_ng, variance_ng2, mass_ng, massless)
  SELECT $1::uuid, * FROM unnest($2::text[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::text[],
    $8::bigint[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[],
    $14::numeric[], $15::bigint[])
  ON CONFLICT (organisation_id, kind, month, workspace_id, gwp_set, scope, key) DO UPDATE SET
    lines = kept.lines + excluded.lines,
    co2e_ng = kept.co2e_ng + excluded.co2e_ng,
    biogenic_ng = kept.biogenic_ng + excluded.biogenic_ng,
    other_ng = kept.other_ng + excluded.other_ng,
    stated_ng = kept.stated_ng + excluded.stated_ng,
    variance_ng2 = kept.variance_ng2 + excluded.variance_ng2,
    mass_ng = kept.mass_ng + excluded.mass_ng,
    massless = kept.massless + excluded.massless`;

/** Brings the totals up to date, in the transaction that changes the activities. */
export async function addDeltas(
  { run, organisationId }: TenantSession,
  deltas: readonly Delta[],
): Promise<void> {
  if (deltas.length === 0) return;
  const text = (read: (delta: Delta) => bigint): string[] => deltas.map((one) => String(read(one)));
  await run(
    ADD_DELTAS,
    [
      organisationId,
      deltas.map(({ kind }) => kind),
      deltas.map(({ month }) => month),
      deltas.map(({ workspaceId }) => workspaceId),
      deltas.map(({ gwpSet }) => gwpSet),
      deltas.map(({ scope }) => scope),
      deltas.map(({ key }) => key),
      deltas.map(({ lines }) => lines),
      text((one) => one.co2eNg),
      text((one) => one.biogenicNg),
      text((one) => one.otherNg),
      text((one) => one.statedNg),
      text((one) => one.varianceNg2),
      text((one) => one.massNg),
      deltas.map(({ massless }) => massless),
    ],
    'add-deltas',
  );
}

const FORGET_ESTIMATED = `
  UPDATE inventory_totals SET lines = 0, co2e_ng = 0, biogenic_ng = 0, other_ng = 0, stated_ng = 0,
    variance_ng2 = 0, mass_ng = 0, massless = 0
  WHERE kind = 'estimated'`;

const COUNT_ESTIMATED = `
  INSERT INTO inventory_totals (organisation_id, kind, month, workspace_id, gwp_set, scope, key, lines,
    co2e_ng, biogenic_ng, other_ng, stated_ng, variance_ng2, mass_ng, massless)
  SELECT organisation_id, 'estimated', extract(year FROM date)::int * 12 + extract(month FROM date)::int - 1,
    workspace_id, line->>'gwpSet', line->>'scope', supplier_id::text, count(*),
    sum((line->>'co2eNg')::numeric), sum((line->>'biogenicNg')::numeric),
    sum((line->>'otherNg')::numeric),
    coalesce(sum((line->>'co2eNg')::numeric) FILTER (WHERE line->>'varianceNg2' IS NOT NULL), 0),
    coalesce(sum((line->>'varianceNg2')::numeric), 0), 0, 0
  FROM activities, jsonb_array_elements(lines::jsonb) AS line
  WHERE NOT deleted AND supplier_id IS NOT NULL AND method = ANY($1::text[])
  GROUP BY 1, 3, 4, 5, 6, 7
  ON CONFLICT (organisation_id, kind, month, workspace_id, gwp_set, scope, key) DO UPDATE SET
    lines = excluded.lines, co2e_ng = excluded.co2e_ng, biogenic_ng = excluded.biogenic_ng,
    other_ng = excluded.other_ng, stated_ng = excluded.stated_ng, variance_ng2 = excluded.variance_ng2`;

/** Counts what is estimated anew from the activities: for a release that knows other methods as estimates. */
export async function recountEstimates(
  session: TenantSession,
  methods: ReadonlySet<string>,
): Promise<void> {
  await lockInventory(session);
  await session.run(FORGET_ESTIMATED, []);
  await session.run(COUNT_ESTIMATED, [[...methods]]);
}

export interface TotalsFilter {
  /** Months since year 0, both inclusive. */
  readonly fromMonth: number;
  readonly toMonth: number;
  readonly workspaceId: number | undefined;
  readonly kinds: readonly TotalKind[];
  readonly byMonth: boolean;
}

/** Sums of totals over months and workspaces. */
export interface TotalRow {
  readonly kind: TotalKind;
  /** `undefined` unless asked for by month. */
  readonly month: number | undefined;
  readonly gwpSet: string;
  readonly scope: string;
  readonly key: string;
  readonly lines: number;
  readonly co2eNg: bigint;
  readonly biogenicNg: bigint;
  readonly otherNg: bigint;
  readonly statedNg: bigint;
  readonly varianceNg2: bigint;
  readonly massNg: bigint;
  readonly massless: number;
}

export async function readTotals(
  { run }: TenantSession,
  { fromMonth, toMonth, workspaceId, kinds, byMonth }: TotalsFilter,
): Promise<readonly TotalRow[]> {
  const month = byMonth ? 'month' : 'NULL::int';
  const rows = await run(
    `SELECT kind, ${month}, gwp_set, scope, key, sum(lines)::text, sum(co2e_ng)::text,
       sum(biogenic_ng)::text, sum(other_ng)::text, sum(stated_ng)::text, sum(variance_ng2)::text,
       sum(mass_ng)::text, sum(massless)::text
     FROM inventory_totals
     WHERE kind = ANY($1::text[]) AND month BETWEEN $2 AND $3
       AND ($4::bigint IS NULL OR workspace_id = $4)
     GROUP BY kind, gwp_set, scope, key${byMonth ? ', month' : ''}
     HAVING sum(lines) > 0
     ORDER BY 1, 2, 3, 4, 5`,
    [[...kinds], fromMonth, toMonth, workspaceId ?? null],
  );
  return rows.map(toTotal);
}

function toTotal(row: readonly unknown[]): TotalRow {
  const [kind, month, gwpSet, scope, key, ...sums] = row;
  const [lines, co2eNg, biogenicNg, otherNg, statedNg, varianceNg2, massNg, massless] =
    sums.map(String);
  return {
    // Proof: the statement asks for rows of these kinds.
    kind: String(kind) as TotalKind,
    month: month === null ? undefined : Number(month),
    ...{ gwpSet: String(gwpSet), scope: String(scope), key: String(key) },
    ...{ lines: Number(lines), massless: Number(massless) },
    ...{ co2eNg: BigInt(co2eNg ?? 0), biogenicNg: BigInt(biogenicNg ?? 0) },
    ...{ otherNg: BigInt(otherNg ?? 0), statedNg: BigInt(statedNg ?? 0) },
    ...{ varianceNg2: BigInt(varianceNg2 ?? 0), massNg: BigInt(massNg ?? 0) },
  };
}
