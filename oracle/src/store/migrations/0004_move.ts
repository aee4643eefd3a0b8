import type { Run } from '../database/engine.ts';
import { createMonths } from '../months.ts';

/** Moves what 0003 set aside into the tables by month, and counts the new rollups from the hours. */
export async function move(run: Run): Promise<void> {
  await createMonths(run, 'window_bytes', await readTimes(run, 'closed_at', 'windows_before'));
  await createMonths(run, 'energy_hours', await readTimes(run, 'starts_at', 'energy_hours_before'));
  for (const statement of STATEMENTS) await run(statement, []);
}

async function readTimes(run: Run, column: string, table: string): Promise<readonly number[]> {
  // A time per day is enough to know every month.
  const rows = await run(`SELECT DISTINCT ${column} / 86400 * 86400 FROM ${table}`, []);
  return rows.map(([at]) => Number(at));
}

/** Second of the project's own time at which a day or month begins, from that of an hour. */
const LOCAL = 'starts_at + 60 * utc_offset_minutes';
const DAY = `(${LOCAL}) / 86400 * 86400 - 60 * utc_offset_minutes`;
const MONTH = `extract(epoch FROM date_trunc('month', to_timestamp(${LOCAL}) AT TIME ZONE 'UTC'))::bigint
  - 60 * utc_offset_minutes`;
const SUMS = 'sum(readings), sum(exported_wh), sum(imported_wh), sum(deducted_wh)';
const HOURS = `energy_hours_before
  JOIN devices ON devices.number = device_number JOIN projects ON projects.id = project_id`;

const STATEMENTS = [
  `INSERT INTO windows (id, device_number, sequence, closed_at, header_hash, received_at)
   OVERRIDING SYSTEM VALUE
   SELECT id, device_number, sequence, closed_at, header_hash, received_at FROM windows_before`,
  `SELECT setval(pg_get_serial_sequence('windows', 'id'),
     (SELECT coalesce(max(id), 0) + 1 FROM windows_before), false)`,
  `INSERT INTO window_bytes (device_number, closed_at, sequence, bytes)
   SELECT device_number, closed_at, sequence, bytes FROM windows_before`,
  `INSERT INTO waiting_windows (device_number, sequence, received_at)
   SELECT windows.device_number, windows.sequence, windows.received_at
   FROM windows JOIN devices ON devices.number = windows.device_number
   LEFT JOIN heads ON heads.device_number = windows.device_number
   WHERE devices.project_id IS NOT NULL
     AND windows.sequence > greatest(heads.last_sequence, devices.credited_sequence)
     AND windows.id <= (SELECT value::bigint FROM settings WHERE key = 'judgedThrough')`,
  'INSERT INTO energy_hours SELECT * FROM energy_hours_before',
  `INSERT INTO energy_days SELECT device_number, ${DAY}, ${SUMS} FROM ${HOURS} GROUP BY 1, 2`,
  `INSERT INTO energy_months SELECT device_number, ${MONTH}, ${SUMS} FROM ${HOURS} GROUP BY 1, 2`,
  `INSERT INTO project_days SELECT project_id, ${DAY}, ${SUMS} FROM ${HOURS} GROUP BY 1, 2`,
  'DROP TABLE windows_before',
  'DROP TABLE energy_hours_before',
];
