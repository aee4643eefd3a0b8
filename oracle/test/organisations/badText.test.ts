import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { openBooks, type Person, signInAs } from '../support/people.ts';
import { APP_ORIGIN, configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';
import { ACTIVITY, FACTOR } from '../support/tenantFill.ts';

describeOnBothStores('text that is none', (store) => {
  let oracle: Oracle;
  let owner: Person;
  let query: string;
  let workspaceId: string;
  before(async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
    owner = await signInAs(oracle.url);
    ({ query, workspaceId } = await openBooks(owner));
  });
  after(() => oracle.stop());

  const refused = (path: string, body?: unknown) =>
    owner.refused(`${path}${query}`, body === undefined ? {} : { method: 'POST', body });

  it('is refused where a half of a character stands alone, which no database keeps', async () => {
    const half = 'Kiel \ud800';
    const whole = { ...ACTIVITY, workspaceId, site: 'Kiel 🏭' };
    const asked = { method: 'POST', body: whole };
    assert.equal((await owner.ask(`/v1/activities${query}`, asked)).status, 201);
    for (const [path, body] of [
      ['/v1/activities', { ...whole, site: half }],
      ['/v1/activities', { ...whole, evidence: half }],
      ['/v1/private-factors', { ...FACTOR, source: half }],
      ['/v1/suppliers', { name: half, country: 'DE' }],
      ['/v1/suppliers', { name: 'Fir', country: 'DE', contact: half }],
    ] as const) {
      assert.equal(await refused(path, body), 'BODY_MALFORMED', JSON.stringify(body));
    }
  });

  it('is refused where the bytes are not UTF-8, rather than kept as something else', async () => {
    const text = JSON.stringify({ ...ACTIVITY, workspaceId, evidence: 'M?ller' });
    const answer = await fetch(`${oracle.url}/v1/activities${query}`, {
      method: 'POST',
      body: Buffer.from(text.replace('?', 'ü'), 'latin1'),
      headers: { cookie: owner.cookie, origin: APP_ORIGIN, 'x-csrf-token': owner.csrfToken },
    });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /BODY_MALFORMED.*UTF-8/);
  });

  it('is refused in the address, as are days that no calendar has', async () => {
    for (const [path, more] of [
      ['activities', 'site=%00'],
      ['audit', 'subject=%00'],
      ['activities', 'from=2024-02-30'],
      ['activities', 'until=0000-01-01'],
    ] as const) {
      const code = await owner.refused(`/v1/${path}${query}&${more}`);
      assert.equal(code, 'PARAMETER_INVALID', more);
    }
    const days = { firstDay: '2024-01-01', lastDay: '2024-02-30' };
    assert.equal(await refused('/v1/periods', days), 'BODY_MALFORMED');
  });

  it('is told from text by the description, which asks for nothing that may be left out', async () => {
    const text = await (await fetch(`${oracle.url}/openapi.json`)).text();
    // A pattern has no flags in JSON Schema: what looks like one would match nothing.
    assert.doesNotMatch(text, /"pattern":"[^"]*\$\/[a-z]+"/);
    assert.match(text, /"required":\["value","unit"\]/);
    assert.match(text, /"required":\["method","date","items"\]/);
  });

  it('is no unit, whatever else knows its name', async () => {
    for (const unit of ['constructor', '__proto__', 'toString']) {
      const items = [{ ...ACTIVITY.items[0], inputs: { fuel: { value: '7', unit } } }];
      const body = { ...ACTIVITY, workspaceId, items };
      assert.equal(await refused('/v1/activities/preview', body), 'UNIT_UNKNOWN', unit);
    }
  });
});
