import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HEADER_SIZE, SIGNATURE_SIZE, toHex, TonneError } from '@truetonne/protocol';
import { readSignedHeader } from './evidence.ts';

const SIZE = HEADER_SIZE + SIGNATURE_SIZE;
const bytes = Uint8Array.from({ length: SIZE + 60 }, (_, index) => index % 251);
const [header, signature] = [
  toHex(bytes.subarray(0, HEADER_SIZE)),
  toHex(bytes.subarray(HEADER_SIZE, SIZE)),
];

describe('a window that somebody has', () => {
  it('is taken as hex, with or without its readings and 0x, or as the JSON that a device posts', () => {
    for (const text of [
      toHex(bytes),
      ` ${toHex(bytes).slice(2)}\n`,
      toHex(bytes.subarray(0, SIZE)),
      JSON.stringify({ header, signature, readings: [] }),
      JSON.stringify({ header, signature }, null, 2),
    ]) {
      assert.deepEqual(readSignedHeader(text, 'it'), { header, signature }, text.slice(0, 40));
    }
  });

  it('is refused with what is missing where it is something else', () => {
    for (const [text, part] of [
      ['a window', /not hex/],
      [toHex(bytes.subarray(0, SIZE - 1)), new RegExp(`${SIZE - 1} bytes`)],
      ['{"header":', /JSON/],
      [JSON.stringify({ header }), /it, signature/],
      [JSON.stringify({ header: 1, signature }), /it, header/],
      ['[]', /not hex/],
    ] as const) {
      assert.throws(
        () => readSignedHeader(text, 'it'),
        (error) =>
          error instanceof TonneError &&
          error.code === 'BODY_MALFORMED' &&
          part.test(error.message),
        text.slice(0, 40),
      );
    }
  });
});
