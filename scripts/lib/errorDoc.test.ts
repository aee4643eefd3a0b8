import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { renderErrorDoc } from './errorDoc.ts';
import { ROOT } from './paths.ts';

test('docs/errors.md is the catalogue', () => {
  const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
  assert.equal(page, renderErrorDoc(), 'run: node scripts/writeErrorDoc.ts');
});
