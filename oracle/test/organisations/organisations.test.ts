import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { auditGenesis, verifyAuditEntries } from '@truetonne/protocol';
import { z } from 'zod';
import {
  auditEntrySchema,
  auditHeadSchema,
  keySchema,
  membershipSchema,
  organisationSchema,
} from '../../src/api/schemas/organisation.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import type { OracleConfig } from '../../src/service/config.ts';
import { openStore } from '../../src/store/database/open.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import {
  addMember,
  createOrganisation,
  signInAs,
  withKey,
  type Person,
} from '../support/people.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';

const START = 1_780_000_000;
const madeKey = keySchema.extend({ key: z.string() });
const auditPage = z.object({ organisationId: z.uuid(), entries: z.array(auditEntrySchema) });

describeOnBothStores('organisations', (store) => {
  let oracle: Oracle;
  let owner: Person;
  let organisation: string;
  let query: string;
  let place: StorePlace;
  let config: OracleConfig;
  before(async () => {
    place = await store.place();
    const { databaseUrl } = place;
    const now = () => Math.floor(Date.now() / 1000);
    config = configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl, now });
    oracle = await startOracle(config);
    owner = await signInAs(oracle.url);
    organisation = await createOrganisation(owner);
    query = `?organisation=${organisation}`;
  });
  after(() => oracle.stop());

  const join = async (role: string): Promise<Person> => {
    const person = await signInAs(oracle.url);
    await addMember(owner, organisation, person, role);
    return person;
  };

  it('are listed to their members with their role', async () => {
    const viewer = await join('viewer');
    const list = z.object({ organisations: z.array(membershipSchema.strict()) });
    const { organisations } = await viewer.get('/v1/organisations', list);
    assert.deepEqual(
      organisations.map(({ id, role }) => [id, role]),
      [[organisation, 'viewer']],
    );
  });

  it('are nobody else’s: the same answer as for one that is not there', async () => {
    const stranger = await signInAs(oracle.url);
    const nowhere = '00000000-0000-4000-8000-000000000000';
    for (const id of [organisation, nowhere]) {
      assert.equal(
        await stranger.refused(`/v1/organisation?organisation=${id}`),
        'ORGANISATION_UNKNOWN',
      );
    }
  });

  it('let a viewer read and not write, and an editor not manage', async () => {
    const [viewer, editor] = [await join('viewer'), await join('editor')];
    assert.equal((await viewer.ask(`/v1/members${query}`)).status, 200);
    const body = { address: viewer.address, role: 'admin' };
    for (const person of [viewer, editor]) {
      const code = await person.refused(`/v1/invitations${query}`, { method: 'POST', body });
      assert.equal(code, 'NOT_ALLOWED');
    }
    const promote = { method: 'PATCH', body: { role: 'owner' }, headers: { 'if-match': '"v1"' } };
    const admin = await join('admin');
    const path = `/v1/members/${admin.address}${query}`;
    assert.equal(await admin.refused(path, promote), 'NOT_ALLOWED');
    assert.equal((await owner.ask(path, promote)).status, 200);
  });

  it('always keep an owner', async () => {
    const mine = await createOrganisation(owner, 'Alone');
    const path = `/v1/members/${owner.address}?organisation=${mine}`;
    const headers = { 'if-match': '"v1"' };
    const down = { method: 'PATCH', body: { role: 'viewer' }, headers };
    assert.equal(await owner.refused(path, down), 'LAST_OWNER');
    assert.equal(await owner.refused(path, { method: 'DELETE', headers }), 'LAST_OWNER');
  });

  it('lose a member at once', async () => {
    const editor = await join('editor');
    const path = `/v1/members/${editor.address}${query}`;
    const remove = { method: 'DELETE', headers: { 'if-match': '"v1"' } };
    assert.equal((await owner.ask(path, remove)).status, 200);
    assert.equal(await editor.refused(`/v1/members${query}`), 'ORGANISATION_UNKNOWN');
    assert.equal(await owner.refused(path), 'MEMBER_UNKNOWN');
  });

  const grant = async (admin: Person) => {
    const expiresAt = Math.floor(Date.now() / 1000) + 3600;
    const body = { name: 'left behind', scopes: ['organisation:read'], expiresAt };
    const { id, key } = await admin.get(`/v1/keys${query}`, madeKey, { method: 'POST', body });
    const guest = await signInAs(oracle.url);
    const invitation = await admin.get(`/v1/invitations${query}`, z.object({ id: z.uuid() }), {
      ...{ method: 'POST', body: { address: guest.address, role: 'admin' } },
    });
    const accept = () =>
      guest.refused(`/v1/invitations/${invitation.id}/accept`, { method: 'POST' });
    return { id, program: withKey(oracle.url, key), invitation: invitation.id, accept };
  };
  const subjectsOf = async (action: string): Promise<readonly string[]> => {
    const { entries } = await owner.get(`/v1/audit${query}&action=${action}`, auditPage);
    return entries.map(({ subject }) => subject);
  };

  for (const [how, asked] of [
    ['is removed', { method: 'DELETE' }],
    ['is an editor from now on', { method: 'PATCH', body: { role: 'editor' } }],
  ] as const) {
    it(`end the keys and invitations of an admin that ${how}`, async () => {
      const [admin, other] = [await join('admin'), await join('admin')];
      const [gone, stays] = [await grant(admin), await grant(other)];
      const path = `/v1/members/${admin.address}${query}`;
      const headers = { 'if-match': '"v1"' };
      assert.equal((await owner.ask(path, { ...asked, headers })).status, 200);
      assert.equal(await gone.program.refused('/v1/organisation'), 'API_KEY_REVOKED');
      assert.equal(await gone.accept(), 'INVITATION_UNKNOWN');
      assert.equal((await stays.program.ask('/v1/organisation')).status, 200);
      assert.ok((await subjectsOf('key.revoked')).includes(gone.id));
      assert.deepEqual((await subjectsOf('invitation.withdrawn')).at(-1), gone.invitation);
    });
  }

  it('keep the keys of an owner that is an admin from now on, but not its invitation of an owner', async () => {
    const second = await join('owner');
    const { program } = await grant(second);
    const guest = await signInAs(oracle.url);
    const invite = { method: 'POST', body: { address: guest.address, role: 'owner' } };
    const made = z.object({ id: z.uuid() });
    const { id } = await second.get(`/v1/invitations${query}`, made, invite);
    const down = { method: 'PATCH', body: { role: 'admin' }, headers: { 'if-match': '"v1"' } };
    assert.equal((await owner.ask(`/v1/members/${second.address}${query}`, down)).status, 200);
    assert.equal((await program.ask('/v1/organisation')).status, 200);
    const accept = { method: 'POST' };
    assert.equal(await guest.refused(`/v1/invitations/${id}/accept`, accept), 'INVITATION_UNKNOWN');
  });

  it('are changed from the version that was read alone', async () => {
    const path = `/v1/organisation?organisation=${await createOrganisation(owner, 'Old')}`;
    const etag = (await owner.ask(path)).headers.get('etag') ?? '';
    const patch = (name: string, match: string | undefined) =>
      owner.ask(path, {
        ...{ method: 'PATCH', body: { name } },
        headers: match === undefined ? {} : { 'if-match': match },
      });
    assert.equal((await patch('Blind', undefined)).status, 428);
    const changed = await patch('New', etag);
    assert.equal(organisationSchema.strict().parse(changed.body).name, 'New');
    assert.equal((await patch('Late', etag)).status, 412);
    const now = (await owner.ask(path)).headers.get('etag') ?? '';
    const same = await owner.ask(path, { headers: { 'if-none-match': now } });
    assert.equal(same.status, 304);
  });

  it('do a write with an idempotency key once', async () => {
    const write = (name: string, key: string) =>
      owner.ask(`/v1/workspaces${query}`, {
        ...{ method: 'POST', body: { name }, headers: { 'idempotency-key': key } },
      });
    const [first, again] = await Promise.all([write('North', 'a-1'), write('North', 'a-1')]);
    assert.deepEqual([first.status, again.status], [201, 201]);
    assert.deepEqual(first.body, again.body);
    const other = await owner.refused(`/v1/workspaces${query}`, {
      ...{ method: 'POST', body: { name: 'South' }, headers: { 'idempotency-key': 'a-1' } },
    });
    assert.equal(other, 'IDEMPOTENCY_KEY_REUSED');
    const twice = await owner.refused(`/v1/workspaces${query}`, {
      ...{ method: 'POST', body: { name: 'North' } },
    });
    assert.equal(twice, 'WORKSPACE_EXISTS');
  });

  it('give keys that do what their scopes say, until they are revoked', async () => {
    const now = Math.floor(Date.now() / 1000);
    const body = { name: 'meter', scopes: ['organisation:read'], expiresAt: now + 3600 };
    const made = await owner.get(`/v1/keys${query}`, madeKey.strict(), { method: 'POST', body });
    const program = withKey(oracle.url, made.key);
    assert.equal((await program.ask('/v1/organisation')).status, 200);
    assert.equal(await program.refused('/v1/members'), 'NOT_ALLOWED');
    assert.equal(await program.refused('/v1/sessions'), 'NOT_ALLOWED');
    const other = await createOrganisation(owner, 'Other');
    assert.equal(
      await program.refused(`/v1/organisation?organisation=${other}`),
      'ORGANISATION_UNKNOWN',
    );
    const listed = await owner.ask(`/v1/keys${query}`);
    assert.ok(!JSON.stringify(listed.body).includes(made.key));
    const revoke = { method: 'DELETE' };
    assert.equal((await owner.ask(`/v1/keys/${made.id}${query}`, revoke)).status, 200);
    assert.equal(await program.refused('/v1/organisation'), 'API_KEY_REVOKED');
    const past = { ...body, expiresAt: START };
    assert.equal(
      await owner.refused(`/v1/keys${query}`, { method: 'POST', body: past }),
      'BODY_MALFORMED',
    );
    const wide = { ...body, scopes: ['members:write'] };
    assert.equal(
      await owner.refused(`/v1/keys${query}`, { method: 'POST', body: wide }),
      'BODY_MALFORMED',
    );
  });

  it('keep a log of every change that shows when an entry was touched', async () => {
    const mine = await createOrganisation(owner, 'Logged');
    const path = `?organisation=${mine}`;
    for (const name of ['A', 'B', 'C']) {
      await owner.ask(`/v1/workspaces${path}`, { method: 'POST', body: { name } });
    }
    const { entries } = await owner.get(`/v1/audit${path}`, auditPage);
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['organisation.created', 'workspace.opened', 'workspace.opened', 'workspace.opened'],
    );
    // Proof: the schema takes nothing but hex.
    const chain = entries as unknown as Parameters<typeof verifyAuditEntries>[0];
    const head = verifyAuditEntries(chain, { number: 0, hash: auditGenesis(mine) });
    const answered = await owner.get(`/v1/audit/verify${path}`, auditHeadSchema.strict());
    assert.equal(answered.hash, head.hash);
    const opened = await owner.get(`/v1/audit${path}&action=workspace.opened&limit=2`, auditPage);
    assert.equal(opened.entries.length, 2);

    // Whoever has the database's own password can change an entry, but not unseen.
    await oracle.stop();
    const database = await openStore(place, () => undefined);
    const change = 'UPDATE audit_entries SET at = at + 1 WHERE organisation_id = $1 AND number = 3';
    await database.run(change, [mine]);
    await database.close();
    oracle = await startOracle(config);
    owner = await signInAs(oracle.url, owner.wallet);
    assert.equal(await owner.refused(`/v1/audit/verify${path}`), 'AUDIT_CHAIN_BROKEN');
  });

  it('end, and nobody reaches them any more', async () => {
    const mine = await createOrganisation(owner, 'Short');
    const path = `/v1/organisation?organisation=${mine}`;
    const gone = await owner.ask(path, { method: 'DELETE', headers: { 'if-match': '"v1"' } });
    assert.equal(gone.status, 200, JSON.stringify(gone.body));
    assert.equal(await owner.refused(path), 'ORGANISATION_UNKNOWN');
  });
});
