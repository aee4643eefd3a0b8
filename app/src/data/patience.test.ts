import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../api/index.ts';
import { PATIENCE } from './patience.ts';

const limited = new Problem(429, 'REQUESTS_LIMITED', 'Too many', undefined, 17);

test('what came too fast is asked again when the plan allows it', () => {
  assert.equal(PATIENCE.retry(0, limited), true);
  assert.equal(PATIENCE.retryDelay(0, limited), 17_000);
  assert.equal(PATIENCE.retry(3, limited), false);
});

test('anything else is asked again once, after a second', () => {
  const unknown = new Problem(404, 'BATCH_UNKNOWN', 'No batch', undefined);
  assert.equal(PATIENCE.retry(0, unknown), true);
  assert.equal(PATIENCE.retry(1, unknown), false);
  assert.equal(PATIENCE.retryDelay(0, unknown), 1_000);
});
