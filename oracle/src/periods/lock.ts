import { TonneError } from '@truetonne/protocol';
import type { TenantSession } from '../store/tenant.ts';

/**
 * Nothing in a closed period changes. To be asked while the inventory is held (`lockInventory`), so that
 * no period closes between the question and the write.
 *
 * @throws TonneError PERIOD_LOCKED with the first day that is locked
 */
export async function assertUnlocked(
  { run }: TenantSession,
  dates: readonly string[],
): Promise<void> {
  const [row] = await run(
    `SELECT day::text, first_day::text, last_day::text
     FROM unnest($1::date[]) AS day
     JOIN periods ON periods.state = 'closed' AND day BETWEEN first_day AND last_day
     LIMIT 1`,
    [[...new Set(dates)]],
    'assert-unlocked',
  );
  if (row === undefined) return;
  const [day, first, last] = row.map(String);
  throw new TonneError('PERIOD_LOCKED', {
    field: 'date',
    value: day ?? '',
    expected: `a day outside of ${first ?? ''} to ${last ?? ''}, or a restatement of that period`,
  });
}
