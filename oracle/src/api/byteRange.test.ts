import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { namesTag, parseByteRange } from './byteRange.ts';

describe('a range of bytes', () => {
  it('is read as RFC 9110 has it in its examples', () => {
    assert.deepEqual(parseByteRange('bytes=0-499', 10_000), { first: 0, last: 499 });
    assert.deepEqual(parseByteRange('bytes=-500', 10_000), { first: 9_500, last: 9_999 });
    assert.deepEqual(parseByteRange('bytes=9500-', 10_000), { first: 9_500, last: 9_999 });
    assert.deepEqual(parseByteRange('bytes=0-20000', 10_000), { first: 0, last: 9_999 });
  });

  it('is the whole file where it is none, backwards, or more than one', () => {
    for (const header of [
      undefined,
      '',
      'bytes=',
      'bytes=-',
      'bytes=5-4',
      'bytes=0-1,3-4',
      'x=0-1',
    ]) {
      assert.equal(parseByteRange(header, 10), undefined, header);
    }
  });

  it('holds no byte behind the end, and nothing of nothing', () => {
    assert.equal(parseByteRange('bytes=10-', 10), 'unsatisfiable');
    assert.equal(parseByteRange('bytes=-0', 10), 'unsatisfiable');
    assert.equal(parseByteRange('bytes=-5', 0), 'unsatisfiable');
  });

  it('never leaves the file', () => {
    const text = fc.tuple(fc.option(fc.nat()), fc.option(fc.nat()));
    fc.assert(
      fc.property(text, fc.nat({ max: 1_000 }), ([from, to], size) => {
        const range = parseByteRange(`bytes=${from ?? ''}-${to ?? ''}`, size);
        if (range === undefined || range === 'unsatisfiable') return;
        assert.ok(range.first >= 0 && range.first <= range.last && range.last < size);
      }),
    );
  });
});

describe('a tag that is known already', () => {
  it('is one of a list, weak or strong, or any', () => {
    assert.equal(namesTag('"a", W/"b"', '"b"'), true);
    assert.equal(namesTag('*', '"b"'), true);
    assert.equal(namesTag('"a"', '"b"'), false);
    assert.equal(namesTag(undefined, '"b"'), false);
  });
});
