import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CATALOGUE } from './catalogue.ts';

const folder = new URL('entries/', import.meta.url);

test('no two parts of the catalogue have the same code: one would hide the other', () => {
  const codes = readdirSync(folder).flatMap((file) => {
    const source = readFileSync(new URL(file, folder), 'utf8');
    return [...source.matchAll(/^ {2}(\w+): \{$/gm)].map(([, code]) => code);
  });
  assert.deepEqual(codes.toSorted(), Object.keys(CATALOGUE).toSorted());
});
