import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Hex } from '@truetonne/protocol';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { createOrganisation } from '../../accounts/organisations/organisations.ts';
import { keepAccount } from '../../accounts/signIn/store.ts';
import { withTenant, type TenantSession } from '../../store/database/tenant.ts';
import { findPrints } from './store.ts';

const ADDRESS = `0x${'01'.repeat(20)}` as const;
const NOW = 1_700_000_000;
const WISH = { kind: 'organisation', name: 'Many', country: 'DE', gwpSet: 'AR5' } as const;
const CHUNK = 2_000;

const FILL = `
  INSERT INTO activities (organisation_id, version, change, actor, created_at, changed_at, workspace_id,
    method, scope, category, date, site, evidence, input, lines, factors, co2e_ng, engine_version,
    fingerprint)
  SELECT organisation_id, 1, 'created', '', 0, 0, id, '', '', '', '2024-01-01', '', '', '', '', '', 0, '',
    decode(lpad(to_hex(print), 64, '0'), 'hex')
  FROM workspaces, generate_series($1::int, $2::int) AS print`;

/** Rows of activities that this transaction looked at. */
async function countLooks({ run }: TenantSession): Promise<number> {
  const sql = `
    SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'activities'`;
  return Number((await run(sql, []))[0]?.[0]);
}

describeOnBothStores('fingerprints of a chunk of an import', (store) => {
  it('are looked up one by one, also where the planner thinks of the few there were before', async () => {
    const database = await store.empty();
    const { organisationId } = await database.transaction(async (session) =>
      createOrganisation(session, await keepAccount(session, ADDRESS, NOW), WISH, NOW),
    );
    const prints = Array.from(
      { length: CHUNK },
      (_, index): Hex => `0x${(4_001 + index).toString(16).padStart(64, '0')}`,
    );
    const fill = (first: number, last: number): Promise<unknown> =>
      withTenant(database, organisationId, ({ run }) => run(FILL, [first, last]));
    await fill(1, 10);
    await database.run('ANALYZE activities', []);
    await fill(11, 5_000);
    await withTenant(database, organisationId, async (session) => {
      assert.equal((await findPrints(session, prints)).size, 1_000);
      assert.equal(await countLooks(session), 1_000);
    });
  });
});
