import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Limited } from '../runtime/limited.ts';
import { createRequestLimits, takeOfTenant, withDay } from './requestLimits.ts';

const RATES = { each: 3, together: 5 };

const refusalOf = (work: Promise<unknown>): Promise<Limited> =>
  work.then(
    () => assert.fail('it was let in'),
    (error: unknown) => {
      assert.ok(error instanceof Limited);
      return error;
    },
  );

it('an organisation has a limit over its sessions and keys, and each of them its own', async () => {
  const limits = createRequestLimits();
  const take = (organisation: string, credential: string) =>
    takeOfTenant(limits, organisation, credential, RATES);
  for (let call = 0; call < 3; call++) await take('a', 'first');
  const own = await refusalOf(take('a', 'first'));
  assert.match(own.message, /at most 3 requests in a minute/);
  assert.doesNotMatch(own.message, /organisation/);
  // What was refused to one key took nothing from the others.
  await take('a', 'second');
  const last = await take('a', 'second');
  assert.equal(
    last['ratelimit-remaining'],
    '0',
    'of the organisation, though the key has one left',
  );
  assert.equal(last['ratelimit-limit'], '5');
  assert.equal(last['ratelimit-policy'], '3;w=60, 5;w=60;comment="organisation"');
  const all = await refusalOf(take('a', 'third'));
  assert.match(all.message, /at most 5 requests in a minute of the whole organisation/);
  assert.equal(all.headers['ratelimit-limit'], '5');
  assert.ok(Number(all.headers['retry-after']) <= 60);
  assert.equal((await take('b', 'first'))['ratelimit-remaining'], '2', 'another organisation');
});

it('of minute and day the one that is reached first is shown', async () => {
  const minute = await takeOfTenant(createRequestLimits(), 'a', 'first', RATES);
  assert.equal(withDay(minute, undefined), minute);
  const policy = '3;w=60, 5;w=60;comment="organisation", 100;w=86400';
  const early = withDay(minute, { used: 1, limit: 100, reset: 80_000 });
  assert.deepEqual([early['ratelimit-remaining'], early['ratelimit-policy']], ['2', policy]);
  const late = withDay(minute, { used: 99, limit: 100, reset: 80_000 });
  assert.deepEqual([late['ratelimit-remaining'], late['ratelimit-reset']], ['1', '80000']);
  assert.equal(late['ratelimit-policy'], policy);
});
