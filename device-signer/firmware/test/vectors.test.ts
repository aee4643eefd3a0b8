import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { OPTIONAL_FIELD_NAMES } from '@truetonne/protocol';
import claims from '../../vectors/claims.json' with { type: 'json' };
import identity from '../../vectors/identity.json' with { type: 'json' };
import readings from '../../vectors/readings.json' with { type: 'json' };
import statements from '../../vectors/statements.json' with { type: 'json' };
import succession from '../../vectors/succession.json' with { type: 'json' };
import windows from '../../vectors/windows.json' with { type: 'json' };
import { build, startLines } from './build.ts';

// With sanitizers: an invalid vector must not make the codec read a byte too far.
const folder = await build(['lines'], { SANITIZE: '1' });
const { ask } = startLines(join(folder, 'lines'));

/** Hex as the line program takes it; `-` for no bytes. */
const bare = (hex: string): string => (hex === '0x' || hex === '' ? '-' : hex.replace(/^0x/, ''));

/** The first word of an answer: `valid` or a code. */
async function verdict(...words: readonly string[]): Promise<string> {
  return (await ask(words.join(' '))).split(' ')[0] ?? '';
}

for (const { name, chainId, registry, domain } of identity.domains) {
  test(`identity in C: domain of ${name}`, async () => {
    assert.equal(`0x${await ask(`domain ${chainId} ${bare(registry)}`)}`, domain);
  });
}

for (const { name, publicKey, deviceId } of identity.devices) {
  test(`identity in C: id of ${name}`, async () => {
    assert.equal(`0x${await ask(`id ${bare(publicKey)}`)}`, deviceId);
  });
}

for (const { name, sender, claim, publicKey, signature, expect } of claims.cases) {
  test(`claims in C: ${name}`, async () => {
    const words = [claims.domain, sender, publicKey, signature, claim].map(bare);
    const answer = (await ask(`claim ${words.join(' ')}`)).split(' ');
    assert.equal(answer[0], expect);
    if (expect === 'valid') assert.equal(`0x${answer[1] ?? ''}`, claim);
  });
}

for (const given of readings.cases) {
  test(`readings in C: ${given.name}`, async () => {
    const [answer, ...rest] = (await ask(`reading ${bare(given.bytes)}`)).split(' ');
    assert.equal(answer, given.expect);
    if (!('reading' in given)) return;
    const { at, exportWh, importWh, status, fields } = given.reading;
    const present = OPTIONAL_FIELD_NAMES.reduce(
      (bits, name, bit) => (name in fields ? bits | (1 << bit) : bits),
      0,
    );
    const values = OPTIONAL_FIELD_NAMES.map(
      (name) => new Map(Object.entries(fields)).get(name) ?? '0',
    );
    const expected = [at, exportWh, importWh, present, status, ...values, bare(given.bytes)];
    assert.deepEqual(rest, expected.map(String));
  });
}

for (const { name, publicKey, window, expect } of windows.cases) {
  test(`windows in C: ${name}`, async () => {
    const answer = await verdict('window', bare(windows.domain), bare(publicKey), bare(window));
    assert.equal(answer, expect);
  });
}

for (const { name, next, expect } of succession.cases) {
  test(`succession in C: ${name}`, async () => {
    for (const window of [succession.previous, next]) {
      const words = [succession.domain, succession.publicKey, window].map(bare);
      assert.equal(await verdict('window', ...words), 'valid');
    }
    assert.equal(await verdict('succession', bare(succession.previous), bare(next)), expect);
  });
}

for (const given of statements.rotations) {
  test(`rotations in C: ${given.name}`, async () => {
    const words = [statements.domain, given.publicKey, given.signature, given.statement].map(bare);
    const [answer, rotatedAt, successor, again] = (await ask(`rotation ${words.join(' ')}`)).split(
      ' ',
    );
    assert.equal(answer, given.expect);
    if (!('rotation' in given)) return;
    assert.equal(rotatedAt, String(given.rotation.rotatedAt));
    assert.equal(successor, bare(given.rotation.successor));
    assert.equal(again, bare(given.statement));
  });
}

for (const given of statements.meterReplacements) {
  test(`meter replacements in C: ${given.name}`, async () => {
    const words = [statements.domain, given.publicKey, given.signature, given.statement].map(bare);
    const [answer, ...rest] = (await ask(`replacement ${words.join(' ')}`)).split(' ');
    assert.equal(answer, given.expect);
    if (!('replacement' in given)) return;
    const { sequence, replacedAt, exportWh, importWh } = given.replacement;
    const expected = [sequence, replacedAt, exportWh, importWh, bare(given.statement)];
    assert.deepEqual(rest, expected.map(String));
  });
}
