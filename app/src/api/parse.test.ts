import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { address, big, hex, integer, listOf, object, oneOf, optional, text } from './parse.ts';

describe('parsing what came over the network', () => {
  it('reads an object and ignores fields it does not know', () => {
    const parse = object({ name: text, grams: big });
    const parsed = parse({ name: 'Roof', grams: '12', extra: true }, 'project');
    assert.deepEqual(parsed, { name: 'Roof', grams: 12n });
  });

  it('keeps integers beyond 2^53 exact', () => {
    assert.equal(big('18446744073709551615', 'x'), 18446744073709551615n);
  });

  it('refuses a number that a float has already rounded', () => {
    assert.throws(() => big(2 ** 60, 'grams'), /grams: expected an integer as decimal text/);
  });

  it('keeps zero and empty text, and turns null and missing into undefined', () => {
    const parse = object({ zero: optional(big), none: optional(big), gone: optional(text) });
    assert.deepEqual(parse({ zero: '0', none: null }, 'x'), {
      zero: 0n,
      none: undefined,
      gone: undefined,
    });
  });

  it('names the path of what is wrong', () => {
    const parse = object({ items: listOf(object({ at: integer })) });
    assert.throws(
      () => parse({ items: [{ at: 1 }, { at: 'soon' }] }, 'readings'),
      /readings\.items\[1\]\.at: expected an integer, got "soon"/,
    );
  });

  it('refuses NaN, fractions and exponents', () => {
    for (const value of [Number.NaN, 1.5, '1e3', '', ' 1']) {
      assert.throws(() => integer(value, 'at'));
      assert.throws(() => big(value, 'wh'));
    }
  });

  it('adds the prefix of hex and checks the length of an address', () => {
    assert.equal(hex('ab01', 'x'), '0xab01');
    assert.throws(() => hex('0xabc', 'x'));
    assert.throws(() => address('0xab', 'owner'), /owner: expected an address/);
  });

  it('accepts only the listed words', () => {
    const state = oneOf('accepted', 'refused');
    assert.equal(state('refused', 'state'), 'refused');
    assert.throws(() => state('maybe', 'state'), /accepted \| refused/);
  });
});
