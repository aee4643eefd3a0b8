import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJobUnderway, whileUnderway } from './underway.ts';

const interval = whileUnderway(isJobUnderway, 5_000);
const of = (...pages: readonly (readonly string[])[]) =>
  interval({
    state: { data: { pages: pages.map((all) => ({ items: all.map((status) => ({ status })) })) } },
  });

describe('a list of jobs', () => {
  it('is asked for again while one of any page waits or runs', () => {
    assert.equal(of(['done', 'running']), 5_000);
    assert.equal(of(['done'], ['failed', 'queued']), 5_000);
  });

  it('is left alone when all have ended, when there is none, and before it is known', () => {
    assert.equal(of(['done', 'failed'], ['cancelled']), false);
    assert.equal(of([]), false);
    assert.equal(interval({ state: { data: undefined } }), false);
  });
});
