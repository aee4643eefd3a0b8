import assert from 'node:assert/strict';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fingerprintOf, PROTOCOL_SOURCES } from './fingerprint.ts';

const indexer = dirname(import.meta.dirname);
const protocol = dirname(fileURLToPath(import.meta.resolve('@truetonne/protocol')));
const root = { indexer, protocol };
const folder = mkdtempSync(join(tmpdir(), 'truetonne-fingerprint-'));
const copy = { indexer: join(folder, 'indexer'), protocol: join(folder, 'protocol') };
after(() => rmSync(folder, { recursive: true }));
for (const name of ['model', 'ponder.config.ts', 'ponder.schema.ts', 'schema', 'src']) {
  cpSync(join(indexer, name), join(copy.indexer, name), { recursive: true });
}
for (const name of PROTOCOL_SOURCES) cpSync(join(protocol, name), join(copy.protocol, name));

test('The fingerprint is the same wherever the code lies', () => {
  assert.equal(fingerprintOf(copy, []), fingerprintOf(root, []));
});

test('Another ABI is another fingerprint', () => {
  assert.notEqual(fingerprintOf(root, [{ type: 'event' }]), fingerprintOf(root, []));
});

test('A changed handler or model is another fingerprint; tests and the API are not in it', () => {
  const before = fingerprintOf(copy, []);
  writeFileSync(join(copy.indexer, 'src', 'api', 'index.ts'), '// changed');
  writeFileSync(join(copy.indexer, 'model', 'month.test.ts'), '// changed');
  assert.equal(fingerprintOf(copy, []), before);
  writeFileSync(join(copy.indexer, 'model', 'month.ts'), '// changed');
  const changed = fingerprintOf(copy, []);
  assert.notEqual(changed, before);
  writeFileSync(join(copy.indexer, 'src', 'added.ts'), '// added');
  assert.notEqual(fingerprintOf(copy, []), changed);
});

test('The code of the protocol that makes rows is in the fingerprint', () => {
  for (const name of PROTOCOL_SOURCES) {
    const before = fingerprintOf(copy, []);
    writeFileSync(join(copy.protocol, name), '// changed');
    assert.notEqual(fingerprintOf(copy, []), before, name);
  }
});

test('Nothing that the handlers call of the protocol is left out', () => {
  const handlers = globSync('{src,model}/**/*.ts', { cwd: indexer });
  const called = handlers.flatMap((path) =>
    namesIn(readFileSync(join(indexer, path), 'utf8'), '@truetonne/protocol'),
  );
  assert.ok(called.includes('decodeAdvance'));
  const exported = readFileSync(join(protocol, 'index.ts'), 'utf8');
  for (const name of called) {
    const source = PROTOCOL_SOURCES.find((path) => namesIn(exported, `./${path}`).includes(name));
    assert.notEqual(source, undefined, `${name} decides rows`);
  }
});

/** The names that a file imports or exports from a module. */
function namesIn(text: string, module: string): string[] {
  const lists = [...text.matchAll(/(?:im|ex)port \{([^}]*)\} from '([^']*)'/g)];
  return lists
    .filter(([, , from]) => from === module)
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
    .filter((name) => name !== '');
}
