import assert from 'node:assert/strict';
import { it } from 'node:test';
import { auditGenesis, verifyAuditEntries } from '@truetonne/protocol';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { withTenant } from '../../store/database/tenant.ts';
import { createOrganisation, openWorkspace } from '../organisations/organisations.ts';
import { keepAccount } from '../signIn/store.ts';
import { readAudit } from './store.ts';

const BY = { actor: 'wallet:0x01', now: 1_700_000_000 };
const ADDRESS = `0x${'01'.repeat(20)}` as const;
const WISH = { kind: 'organisation', name: 'Many', country: 'DE', gwpSet: 'AR5' } as const;
/** More than a store has connections. */
const WRITERS = 40;

describeOnBothStores('the log of an organisation', (store) => {
  it('has a change of each who writes at the same time, one after the other', async () => {
    const database = await store.empty();
    const { organisationId } = await database.transaction(async (session) =>
      createOrganisation(session, await keepAccount(session, ADDRESS, BY.now), WISH, BY.now),
    );
    // Each holds a row of its own that belongs to the organisation before it waits for the log.
    await Promise.all(
      Array.from({ length: WRITERS }, (_, place) =>
        withTenant(database, organisationId, (session) =>
          openWorkspace(session, `Site ${place}`, BY),
        ),
      ),
    );
    const entries = await withTenant(database, organisationId, (session) =>
      readAudit(session, {}, 0, 2 * WRITERS),
    );
    const start = { number: 0, hash: auditGenesis(organisationId) };
    assert.equal(verifyAuditEntries(entries, start).number, 1 + WRITERS);
  });
});
