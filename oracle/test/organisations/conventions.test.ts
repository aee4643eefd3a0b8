import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { describedRoutes, isList, type Described } from '../support/openapi.ts';
import { signInAs } from '../support/people.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';
import { prepareWrites, type PreparedWrite } from '../support/writes.ts';

/** What belongs to organisations; sign-in and second factors have their own, see docs/organisations.md. */
const ROOMS = new Set([
  ...['organisations', 'organisation', 'workspaces', 'members', 'invitations', 'keys', 'audit'],
  ...['activities', 'imports', 'inventory', 'private-factors', 'suppliers', 'figures', 'portal'],
  ...['goals', 'periods', 'proofs', 'own-devices'],
]);

/** Sent as a write is, because it has a body; stores nothing. */
const STORES_NOTHING = new Set(['POST /v1/activities/preview', 'POST /v1/imports/inspect']);

/** Ends or moves on once, whatever version it is of: there is no change that it could overwrite. */
const WITHOUT_MATCH = new Set([
  ...['DELETE /v1/invitations/{id}', 'DELETE /v1/keys/{id}', 'DELETE /v1/imports/{id}'],
]);

/** Arrays that are parts of one thing, and as long as it is. */
const PARTS = new Set([
  ...['/v1/activities/{id}', '/v1/activities/{id}/explanation', '/v1/private-factors/{id}'],
  ...['/v1/periods/{id}', '/v1/periods/{id}/difference', '/v1/proofs', '/v1/inventory'],
  '/v1/goals/{id}',
]);

describeOnBothStores('every route of an organisation', (store) => {
  let oracle: Oracle;
  let routes: readonly Described[];
  let writes: ReadonlyMap<string, PreparedWrite>;
  before(async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
    routes = (await describedRoutes(oracle.url)).filter(({ path }) =>
      ROOMS.has(path.split('/')[2] ?? ''),
    );
    const people = [signInAs(oracle.url), signInAs(oracle.url), signInAs(oracle.url)] as const;
    writes = await prepareWrites(await Promise.all(people));
  });
  after(() => oracle.stop());

  const writing = () =>
    routes.filter(({ route, method }) => method !== 'GET' && !STORES_NOTHING.has(route));

  it('that changes a thing of versions asks for the version that was read', async () => {
    const changing = writing().filter(
      ({ route, method }) => method !== 'POST' && !WITHOUT_MATCH.has(route),
    );
    assert.ok(changing.length >= 10);
    for (const { route, parameters } of changing) {
      assert.ok(parameters.includes('header if-match'), route);
      const { person, path, body, headers = {} } = getWrite(writes, route);
      assert.ok('if-match' in headers, route);
      const [method = ''] = route.split(' ');
      const blind = await person.ask(path, { method, body });
      assert.equal(blind.status, 428, `${route}: ${JSON.stringify(blind.body)}`);
      const late = { method, body, headers: { 'if-match': '"v99"' } };
      assert.equal((await person.ask(path, late)).status, 412, route);
    }
  });

  it('that writes does so once with an idempotency key, whatever comes twice', async () => {
    const asked = new Set(writing().map(({ route }) => route));
    assert.deepEqual(
      [...writes.keys()].filter((route) => !asked.has(route)),
      [],
    );
    for (const { route, parameters } of writing()) {
      assert.ok(parameters.includes('header idempotency-key'), `${route} is not described so`);
    }
    // In the order in which they were prepared: the last ones end what the first ones need.
    for (const [route, write] of writes) {
      const { person, path, body, headers, secret = false } = write;
      const [method = ''] = route.split(' ');
      const once = { ...headers, 'idempotency-key': `once ${route}`.replace(/ /g, '-') };
      const first = await person.ask(path, { method, body, headers: once });
      assert.ok(first.status < 300, `${route}: ${first.status} ${JSON.stringify(first.body)}`);
      const again = await person.ask(path, { method, body, headers: once });
      if (secret) {
        const { code } = z.object({ code: z.string() }).parse(again.body);
        assert.equal(code, 'SECRET_SHOWN_BEFORE', route);
        continue;
      }
      // Whoever ended the organisation reaches nothing of it any more.
      if (route === 'DELETE /v1/organisation') continue;
      assert.deepEqual([again.status, again.body], [first.status, first.body], route);
      assert.equal(again.headers.get('idempotent-replayed'), 'true', route);
      const other = await person.ask(`${path}${path.includes('?') ? '&' : '?'}`, {
        ...{ method, body, headers: once },
      });
      assert.equal(other.status, 422, `${route}: ${JSON.stringify(other.body)}`);
    }
    const missing = writing().filter(({ route }) => !writes.has(route));
    assert.deepEqual(
      missing.map(({ route }) => route),
      [],
      'support/writes.ts has no request for these',
    );
  });

  it('that lists is read in pages', () => {
    const lists = routes.filter(
      ({ method, path, answer }) =>
        method === 'GET' && !PARTS.has(path) && Object.values(answer.properties ?? {}).some(isList),
    );
    assert.ok(lists.length >= 13);
    for (const { route, parameters, answer } of lists) {
      for (const name of ['query limit', 'query cursor']) {
        assert.ok(parameters.includes(name), `${route} has no ${name}`);
      }
      assert.ok(answer.properties?.['nextCursor'] !== undefined, `${route} has no nextCursor`);
    }
  });
});

describeOnBothStores('what an organisation reads', (store) => {
  it('has a tag by which it is not sent twice, and pages that lose and repeat no row', async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    const oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
    try {
      const person = await signInAs(oracle.url);
      const body = { kind: 'organisation', name: 'Alder', country: 'DE', gwpSet: 'AR6' };
      const made = await person.ask('/v1/organisations', { method: 'POST', body });
      const { id } = z.looseObject({ id: z.string() }).parse(made.body);
      const query = `?organisation=${id}`;
      for (const name of ['A', 'B', 'C', 'D']) {
        await person.ask(`/v1/workspaces${query}`, { method: 'POST', body: { name } });
      }
      const read = await person.ask(`/v1/workspaces${query}`);
      const etag = read.headers.get('etag') ?? '';
      const headers = { 'if-none-match': etag };
      assert.equal((await person.ask(`/v1/workspaces${query}`, { headers })).status, 304);
      await person.ask(`/v1/workspaces${query}`, { method: 'POST', body: { name: 'E' } });
      assert.equal((await person.ask(`/v1/workspaces${query}`, { headers })).status, 200);
      const page = z.object({
        workspaces: z.array(z.looseObject({ name: z.string() })),
        nextCursor: z.string().nullable(),
      });
      const names: string[] = [];
      let cursor: string | null = '0';
      while (cursor !== null) {
        const path: string = `/v1/workspaces${query}&limit=4&cursor=${cursor}`;
        const { workspaces, nextCursor } = await person.get(path, page);
        names.push(...workspaces.map(({ name }) => name));
        cursor = nextCursor;
      }
      assert.deepEqual(names, ['Main', 'A', 'B', 'C', 'D', 'E']);
      assert.equal(await person.refused(`/v1/workspaces${query}&cursor=x`), 'PARAMETER_INVALID');
    } finally {
      await oracle.stop();
    }
  });
});

function getWrite(writes: ReadonlyMap<string, PreparedWrite>, route: string): PreparedWrite {
  const write = writes.get(route);
  assert.ok(write !== undefined, `support/writes.ts has no request for ${route}`);
  return write;
}
