import assert from 'node:assert/strict';
import { it } from 'node:test';
import { and, eq, ne } from 'drizzle-orm';
import { importSchema } from '../../src/api/schemas/import.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { fingerprintOf, type ActivityDraft } from '../../src/inventory/activities/activity.ts';
import { toDraft } from '../../src/inventory/activities/write.ts';
import type { Database } from '../../src/store/database/database.ts';
import { openStore } from '../../src/store/database/open.ts';
import { activities } from '../../src/store/tables/schema.ts';
import { HEAD, openImportDesk, OPTIONS } from '../support/importDesk.ts';
import { addMember, signInAs } from '../support/people.ts';
import { eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

/** The activity of an import that has evidence, as it was before evidence counted. */
async function draftOf(database: Database, importId: string): Promise<ActivityDraft> {
  const [row] = await database.orm
    .select()
    .from(activities)
    .where(and(eq(activities.importId, importId), ne(activities.evidence, '')));
  assert.ok(row);
  return { ...toDraft(row), evidence: '' };
}

describeOnBothStores('imports beside what else happens', (store) => {
  const desk = openImportDesk(store);
  const { renew, post, ended, load, row, lines, restart } = desk;

  it('tell equal figures of two invoices apart, and know each again', async () => {
    await renew();
    const options = { ...OPTIONS, mapping: { ...OPTIONS.mapping, Invoice: 'evidence' } };
    const file = [`${HEAD},Invoice`, `${row('40')},INV-1`, `${row('40')},INV-2`, `${row('40')},`];
    const done = await load(file.join('\n'), { options });
    assert.deepEqual([done.accepted, done.duplicate], [3, 0]);
    const again = await load(file.join('\n'), { options });
    assert.deepEqual([again.accepted, again.duplicate], [0, 3]);
  });

  it('know what a release stored that told figures apart without their evidence', async () => {
    await renew();
    const { place } = desk.at();
    const options = { ...OPTIONS, mapping: { ...OPTIONS.mapping, Invoice: 'evidence' } };
    const file = [`${HEAD},Invoice`, `${row('41')},Rechnung №7`, `${row('42')},`].join('\n');
    const done = await load(file, { options });
    await restart(async () => {
      const database = await openStore(place, () => undefined);
      const bare = fingerprintOf(await draftOf(database, done.id));
      const print = Buffer.from(bare.slice(2), 'hex');
      await database.run("UPDATE activities SET fingerprint = $1 WHERE evidence <> ''", [print]);
      await database.run("DELETE FROM migrations WHERE name = '0081_prints_with_evidence.sql'", []);
      await database.close();
    });
    const again = await load(file, { options });
    assert.deepEqual([again.accepted, again.duplicate], [0, 2]);
  });

  it('keep the days from being closed until they end or are cancelled', async () => {
    await renew();
    const { owner, query } = desk.at();
    const rows = Array.from({ length: 40_000 }, (_, index) => row(String(index + 1)));
    const file = [HEAD, ...rows].join('\n');
    const { id } = importSchema.parse((await post(file)).body);
    const close = () =>
      owner.ask(`/v1/periods${query}`, {
        ...{ method: 'POST', body: { firstDay: '2024-01-01', lastDay: '2024-12-31' } },
      });
    const refusal = problemSchema.parse((await close()).body);
    assert.deepEqual([refusal.code, refusal.field], ['PERIOD_IMPORT_RUNNING', 'import']);
    assert.match(refusal.detail, new RegExp(id));
    await eventually(lines, (count) => count > 0);
    assert.equal(problemSchema.parse((await close()).body).code, 'PERIOD_IMPORT_RUNNING');
    const cancelled = await owner.get(`/v1/imports/${id}${query}`, importSchema, {
      method: 'DELETE',
    });
    assert.equal(cancelled.state, 'cancelled');
    assert.equal(await lines(), 0, 'what it stored is gone when it is cancelled');
    await load([HEAD, row('1')].join('\n'));
    assert.equal((await post(file, { dryRun: 'true' })).status, 202);
    assert.equal((await close()).status, 201, 'a dry run stores nothing');
    assert.equal(await lines(), 1);
  });

  it('stop and take back what they stored when the member is removed in the middle', async () => {
    await renew();
    const { oracle, owner, organisation, query } = desk.at();
    const editor = await signInAs(oracle.url);
    await addMember(owner, organisation, editor, 'editor');
    const rows = Array.from({ length: 12_000 }, (_, index) => row(String(index + 1)));
    const answer = await post([HEAD, ...rows].join('\n'), {}, '/v1/imports', editor);
    const { id } = importSchema.parse(answer.body);
    await eventually(
      () => owner.get(`/v1/imports/${id}${query}`, importSchema),
      ({ rows: read }) => read > 0,
    );
    const headers = { 'if-match': '"v1"' };
    await owner.ask(`/v1/members/${editor.address}${query}`, { method: 'DELETE', headers });
    const done = await ended(id);
    // On a fast machine it may have ended before the member was removed: then all of it is there.
    if (done.state === 'done') assert.equal(await lines(), 12_000);
    else {
      assert.deepEqual([done.state, done.code], ['failed', 'NOT_ALLOWED']);
      assert.equal(await lines(), 0);
    }
  });

  it('go on when the session that began them has ended', async () => {
    await renew();
    const { oracle, owner, organisation } = desk.at();
    const editor = await signInAs(oracle.url);
    await addMember(owner, organisation, editor, 'editor');
    const rows = Array.from({ length: 4_500 }, (_, index) => row(String(index + 1)));
    const answer = await post([HEAD, ...rows].join('\n'), {}, '/v1/imports', editor);
    await editor.ask('/v1/session', { method: 'DELETE' });
    const done = await ended(importSchema.parse(answer.body).id);
    assert.deepEqual([done.state, done.accepted], ['done', 4_500]);
    assert.equal(await lines(), 4_500);
    const late = await post(HEAD, {}, '/v1/imports', editor);
    assert.equal(problemSchema.parse(late.body).code, 'SESSION_EXPIRED');
  });
});
