import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fingerprintOf } from './fingerprint.ts';

const root = dirname(import.meta.dirname);
const copy = mkdtempSync(join(tmpdir(), 'truetonne-fingerprint-'));
after(() => rmSync(copy, { recursive: true }));
for (const name of ['model', 'ponder.config.ts', 'ponder.schema.ts', 'schema', 'src']) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}

test('The fingerprint is the same wherever the code lies', () => {
  assert.equal(fingerprintOf(copy, []), fingerprintOf(root, []));
});

test('Another ABI is another fingerprint', () => {
  assert.notEqual(fingerprintOf(root, [{ type: 'event' }]), fingerprintOf(root, []));
});

test('A changed handler or model is another fingerprint; tests and the API are not in it', () => {
  const before = fingerprintOf(copy, []);
  writeFileSync(join(copy, 'src', 'api', 'index.ts'), '// changed');
  writeFileSync(join(copy, 'model', 'month.test.ts'), '// changed');
  assert.equal(fingerprintOf(copy, []), before);
  writeFileSync(join(copy, 'model', 'month.ts'), '// changed');
  const changed = fingerprintOf(copy, []);
  assert.notEqual(changed, before);
  writeFileSync(join(copy, 'src', 'added.ts'), '// added');
  assert.notEqual(fingerprintOf(copy, []), changed);
});
