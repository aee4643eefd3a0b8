import type { Run } from '../database/engine.ts';

/**
 * The bytes of large windows are compressed with LZ4 where the server has it, else not at all:
 * PostgreSQL's own method took ten times as long as all the rest of storing a window of 60 readings.
 */
export async function compress(run: Run): Promise<void> {
  const [row] = await run(
    `SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'`,
    [],
  );
  const change = row?.[0] === true ? 'COMPRESSION lz4' : 'STORAGE EXTERNAL';
  await run(`ALTER TABLE window_bytes ALTER COLUMN bytes SET ${change}`, []);
}
