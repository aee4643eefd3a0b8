import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkSpan } from './span.ts';

describe('the days of an export', () => {
  it('run to the end of the last one', () => {
    const checked = checkSpan('2026-03-01', '2026-03-01');
    const from = Date.UTC(2026, 2, 1) / 1000;
    assert.deepEqual(checked, { ok: true, value: { from, to: from + 86_400 } });
  });

  it('are refused when they are not there or the wrong way round', () => {
    assert.equal(checkSpan('', '2026-03-01').ok, false);
    assert.equal(checkSpan('2026-03-02', '2026-03-01').ok, false);
  });
});
