import type { Run } from './database/engine.ts';
import { toUtcMonth, type Month } from '../domain/months.ts';

/** Tables that are partitioned by the month of a time. */
export type MonthlyTable = 'window_bytes' | 'energy_hours';

/** Which partitions are known to exist, so that nobody asks for them again. */
export type KnownMonths = Set<string>;

/** Creates the partitions that hold some times (Unix seconds), where they are not there yet. */
export async function createMonths(
  run: Run,
  table: MonthlyTable,
  times: readonly number[],
): Promise<void> {
  const months = new Map(times.map((at) => toUtcMonth(at)).map((month) => [month.name, month]));
  for (const month of months.values()) await createMonth(run, table, month);
}

/** The same, but asks only for months that this process has not seen. */
export async function ensureMonths(
  session: { readonly run: Run; readonly knownMonths: KnownMonths },
  table: MonthlyTable,
  times: Iterable<number>,
): Promise<void> {
  for (const at of times) {
    const month = toUtcMonth(at);
    const key = `${table}_${month.name}`;
    if (session.knownMonths.has(key)) continue;
    await createMonth(session.run, table, month);
    session.knownMonths.add(key);
  }
}

/** IF NOT EXISTS is no guard against another connection that is creating the same table now. */
async function createMonth(run: Run, table: MonthlyTable, month: Month): Promise<void> {
  const name = `${table}_${month.name}`;
  if (await exists(run, name)) return;
  const from = month.start === -Infinity ? 'MINVALUE' : String(month.start);
  const text = `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${table}
    FOR VALUES FROM (${from}) TO (${month.end})`;
  try {
    await run(text, []);
  } catch (error) {
    if (!(await exists(run, name))) throw error;
  }
}

async function exists(run: Run, name: string): Promise<boolean> {
  const [row] = await run('SELECT to_regclass($1) IS NOT NULL', [name]);
  return row?.[0] === true;
}
