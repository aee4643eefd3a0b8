import { TonneError } from '@truetonne/protocol';
import type { TenantSession } from '../../store/database/tenant.ts';

/**
 * Days that lie in closed periods, each with what is to be said of it. To be asked while the inventory is
 * held (`lockInventory`), so that no period closes between the question and the write.
 */
export async function readLocked(
  { run }: TenantSession,
  dates: readonly string[],
): Promise<ReadonlyMap<string, TonneError>> {
  const rows = await run(
    `SELECT day::text, first_day::text, last_day::text
     FROM unnest($1::date[]) AS day
     JOIN periods ON periods.state = 'closed' AND day BETWEEN first_day AND last_day`,
    [[...new Set(dates)]],
    'read-locked',
  );
  return new Map(
    rows.map((row) => {
      const [day = '', first = '', last = ''] = row.map(String);
      const expected = `a day outside of ${first} to ${last}, or a restatement of that period`;
      return [day, new TonneError('PERIOD_LOCKED', { field: 'date', value: day, expected })];
    }),
  );
}

/** Nothing in a closed period changes. Throws PERIOD_LOCKED. */
export async function assertUnlocked(
  session: TenantSession,
  dates: readonly string[],
): Promise<void> {
  const [locked] = (await readLocked(session, dates)).values();
  if (locked !== undefined) throw locked;
}
