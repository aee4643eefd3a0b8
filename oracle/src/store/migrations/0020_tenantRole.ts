import { TonneError } from '@truetonne/protocol';
import type { Run } from '../database/engine.ts';
import { TENANT_ROLE } from '../database/tenant.ts';

/**
 * Makes the role under which an organisation's rows are read and written: it owns nothing and can't
 * bypass row-level security. Roles belong to the whole server, so it may be there already.
 *
 * @throws TonneError CONFIGURATION_INVALID where the database's user may not make it
 */
export async function makeTenantRole(run: Run): Promise<void> {
  await run('SAVEPOINT tenant_role', []);
  try {
    const known = await run('SELECT 1 FROM pg_roles WHERE rolname = $1', [TENANT_ROLE]);
    if (known.length === 0) await run(`CREATE ROLE ${TENANT_ROLE} NOLOGIN NOBYPASSRLS`, []);
    await run(`GRANT ${TENANT_ROLE} TO CURRENT_USER`, []);
    await run(`GRANT USAGE ON SCHEMA public TO ${TENANT_ROLE}`, []);
    await run('RELEASE SAVEPOINT tenant_role', []);
  } catch (error) {
    await run('ROLLBACK TO SAVEPOINT tenant_role', []);
    throw new TonneError('CONFIGURATION_INVALID', {
      field: 'DATABASE_URL',
      value: error instanceof Error ? error.message : String(error),
      expected: `a user that may run CREATE ROLE ${TENANT_ROLE} NOLOGIN and grant it to itself`,
    });
  }
}
