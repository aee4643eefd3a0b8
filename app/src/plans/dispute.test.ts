import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keccak256, toBytes } from 'viem';
import { reasonHashOf } from './dispute.ts';

describe('the hash of the reason of a dispute', () => {
  it('is keccak-256 of its UTF-8 bytes', () => {
    assert.equal(reasonHashOf('Straße\nzu'), keccak256(toBytes('Straße\nzu')));
  });

  it('is the same with spaces or lines around the text, as it was passed on', () => {
    assert.equal(reasonHashOf('  it never worked\n'), reasonHashOf('it never worked'));
    assert.notEqual(reasonHashOf('it never  worked'), reasonHashOf('it never worked'));
  });
});
