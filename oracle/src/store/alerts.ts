import type { Hex } from '@truetonne/protocol';
import { and, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import { alerts, devices, type AlertRow } from './tables/schema.ts';

export type AlertKind = 'device-silent' | 'key-copied';

/** Something that began to be wrong with a device, Unix seconds. */
export interface NewAlert {
  readonly kind: AlertKind;
  readonly deviceNumber: number;
  readonly projectId: number;
  readonly since: number;
  readonly detail: string;
}

/** Opens alerts; one of that kind that is open for the device stays as it is. */
export async function openAlerts({ run }: Session, found: readonly NewAlert[]): Promise<void> {
  if (found.length === 0) return;
  await run(
    `INSERT INTO alerts (kind, device_number, project_id, since, detail)
     SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::bigint[], $5::text[])
     ON CONFLICT (kind, device_number) WHERE ended_at IS NULL DO NOTHING`,
    [
      found.map(({ kind }) => kind),
      found.map(({ deviceNumber }) => deviceNumber),
      found.map(({ projectId }) => projectId),
      found.map(({ since }) => since),
      found.map(({ detail }) => detail),
    ],
    'open-alerts',
  );
}

/** Ends all open alerts of a kind but those of some devices. */
export async function endAlerts(
  { run }: Session,
  kind: AlertKind,
  still: readonly number[],
  now: number,
): Promise<void> {
  await run(
    `UPDATE alerts SET ended_at = $3::bigint
     WHERE kind = $1 AND ended_at IS NULL AND device_number <> ALL($2::int[])`,
    [kind, [...still], now],
    'end-alerts',
  );
}

export interface AlertView extends AlertRow {
  readonly deviceId: Hex;
}

/** Alerts, the newest first, after an id in that order. */
export async function readAlerts(
  { orm }: Session,
  filter: { readonly projectId?: number | undefined; readonly open?: boolean | undefined },
  page: { readonly beforeId: number; readonly limit: number },
): Promise<readonly AlertView[]> {
  const { projectId, open } = filter;
  const rows = await orm
    .select({ alert: alerts, deviceId: devices.deviceId })
    .from(alerts)
    .innerJoin(devices, eq(devices.number, alerts.deviceNumber))
    .where(
      and(
        lt(alerts.id, page.beforeId),
        projectId === undefined ? undefined : eq(alerts.projectId, projectId),
        open === undefined ? undefined : open ? isNull(alerts.endedAt) : isNotNull(alerts.endedAt),
      ),
    )
    .orderBy(desc(alerts.id))
    .limit(page.limit);
  return rows.map(({ alert, deviceId }) => ({ ...alert, deviceId }));
}
