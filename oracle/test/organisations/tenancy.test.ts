import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { startOracle, type Oracle } from '../../src/index.ts';
import { openStore } from '../../src/store/database/open.ts';
import { TENANT_ROLE, withTenant } from '../../src/store/database/tenant.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { ask, createOrganisation, signInAs, type Person } from '../support/people.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';
import { fillTenant, type TenantIds } from '../support/tenantFill.ts';

const paths = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        description: z.string().optional(),
        security: z.array(z.unknown()).optional(),
      }),
    ),
  ),
});

/** What a route of an organisation says of itself: see tenantRoute.ts. */
const TENANT_ROUTE = /^Needs [a-z]+:[a-z]+/;

/** What a route needs beside its path. */
const QUERIES = new Map([
  ['/v1/periods/{id}/anchor', '&number=0'],
  ['/v1/periods/{id}/difference', '&before=0&after=0'],
]);

describeOnBothStores('tenancy', (store) => {
  let oracle: Oracle;
  let victim: Person;
  let thief: Person;
  let victims: TenantIds;
  let thiefs: TenantIds;
  before(async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
    [victim, thief] = [await signInAs(oracle.url), await signInAs(oracle.url)];
    victims = await fillTenant(victim, await createOrganisation(victim, 'Victim'));
    thiefs = await fillTenant(thief, await createOrganisation(thief, 'Thief'));
  });
  after(() => oracle.stop());

  const routesOf = async (): Promise<readonly { method: string; path: string }[]> => {
    const document = paths.parse((await ask(oracle.url, '/openapi.json')).body);
    return Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { description }]) => TENANT_ROUTE.test(description ?? ''))
        .map(([method]) => ({ method: method.toUpperCase(), path })),
    );
  };

  /** The path with ids of a tenant: by their names, each has one that is really there. */
  const fill = (path: string, ids: TenantIds): string =>
    path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const room = path.split('/')[2] ?? '';
      const id = ids.byRoom[room]?.[name] ?? ids.byRoom[room]?.['id'];
      assert.ok(id !== undefined, `fillTenant has no ${name} for ${path}`);
      return id;
    });

  it('shuts every route against who is no member, whatever ids it names', async () => {
    const routes = await routesOf();
    assert.ok(routes.length >= 12);
    for (const { method, path } of routes) {
      const target = `${fill(path, victims)}?organisation=${victims.organisation}`;
      const body = method === 'GET' ? undefined : {};
      const answer = await thief.ask(target, { method, body, headers: { 'if-match': '"v1"' } });
      const { code } = z.object({ code: z.string() }).parse(answer.body);
      // A body that is not of the form may be refused before; then nothing was looked at.
      assert.ok(
        ['ORGANISATION_UNKNOWN', 'BODY_MALFORMED', 'PARAMETER_INVALID'].includes(code),
        `${method} ${target}: ${answer.status} ${code}`,
      );
    }
  });

  it('shows no row of another organisation to a member, by any id of it', async () => {
    const secrets = Object.values(victims.byRoom).flatMap((ids) => Object.values(ids));
    for (const { method, path } of await routesOf()) {
      if (!path.includes('{')) continue;
      const own = fill(path, thiefs);
      const foreign = fill(path, victims);
      if (own === foreign) continue;
      const body = method === 'GET' ? undefined : victims.bodies[`${method} ${path}`];
      const target = `${foreign}?organisation=${thiefs.organisation}${QUERIES.get(path) ?? ''}`;
      const answer = await thief.ask(target, { method, body, headers: { 'if-match': '"v1"' } });
      assert.ok(answer.status >= 400, `${method} ${target}: ${answer.status}`);
      const { code } = z.object({ code: z.string() }).parse(answer.body);
      assert.match(code, /_UNKNOWN$/, `${method} ${target}: ${code}`);
    }
    const period = victims.byRoom['periods']?.['id'] ?? '';
    const activity = victims.byRoom['activities']?.['id'] ?? '';
    const proof = `/v1/proofs?organisation=${thiefs.organisation}&number=0&period=${period}&activity=${activity}`;
    assert.equal(await thief.refused(proof), 'PERIOD_UNKNOWN');
    for (const { path } of (await routesOf()).filter(({ method }) => method === 'GET')) {
      if (path.includes('{')) continue;
      const answer = await thief.ask(`${path}?organisation=${thiefs.organisation}`);
      for (const secret of secrets.filter((id) => id.length > 10)) {
        assert.ok(!JSON.stringify(answer.body).includes(secret), `${path} shows ${secret}`);
      }
    }
  });
});

describeOnBothStores('row-level security', (store) => {
  it('is on for every table that has an organisation, and the tenant owns none', async () => {
    const database = await openStore(await store.place(), () => undefined);
    try {
      const rows = await database.run(
        `SELECT relname, relrowsecurity,
           EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)
         FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
         WHERE attname = 'organisation_id' AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
        [],
      );
      assert.ok(rows.length >= 7);
      for (const [name, on, policy] of rows)
        assert.deepEqual([name, on, policy], [name, true, true]);
      const [role] = await database.run(
        'SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = $1',
        [TENANT_ROLE],
      );
      assert.deepEqual(role, [false, false, false]);
    } finally {
      await database.close();
    }
  });

  it('holds whatever a statement asks for', async () => {
    const database = await openStore(await store.place(), () => undefined);
    const [mine, other] = [crypto.randomUUID(), crypto.randomUUID()];
    try {
      for (const id of [mine, other]) {
        await database.run(
          `INSERT INTO organisations (organisation_id, kind, name, country, gwp_set, anchor_id, audit_hash, created_at)
           VALUES ($1::uuid, 'organisation', 'x', 'DE', 'AR6', decode(md5($1::uuid::text), 'hex'), ''::bytea, 1)`,
          [id],
        );
      }
      await withTenant(database, mine, async ({ run }) => {
        const seen = await run('SELECT organisation_id FROM organisations', []);
        assert.deepEqual(seen, [[mine]]);
        const changed = await run(
          'UPDATE organisations SET name = $1 WHERE organisation_id = $2 RETURNING name',
          ['stolen', other],
        );
        assert.deepEqual(changed, []);
      });
      const write = withTenant(database, mine, ({ run }) =>
        run("INSERT INTO workspaces (organisation_id, name, created_at) VALUES ($1, 'w', 1)", [
          other,
        ]),
      );
      await assert.rejects(write, /row-level security/);
      for (const statement of [
        'SELECT * FROM accounts',
        'SELECT * FROM sessions',
        'UPDATE audit_entries SET at = 0',
        'DELETE FROM audit_entries',
        'ALTER TABLE members DISABLE ROW LEVEL SECURITY',
      ]) {
        const attempt = withTenant(database, mine, ({ run }) => run(statement, []));
        await assert.rejects(attempt, /permission denied|must be owner/, statement);
      }
      const [[user] = []] = await database.run('SELECT current_user', []);
      assert.notEqual(user, TENANT_ROLE);
    } finally {
      await database.close();
    }
  });
});
