import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodePDFRawStream, PDFArray, PDFDocument, PDFRawStream } from 'pdf-lib';
import { create } from 'qrcode';
import { createPdf } from './pdf.ts';

const URL_OF_VERIFIER = 'https://example.org/certificates/1201600000000000000000000';
/** One transparent pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
/** A filled rectangle as PDF has it: where it is moved to, and its far corner. */
const RECTANGLE =
  /1 0 0 1 ([\d.]+) ([\d.]+) cm\s(?:1 0 0 1 0 0 cm\s)*0 0 m\s0 ([\d.]+) l\s([\d.]+) \3 l\s\4 0 l\sh\sf/g;

interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

async function contentOf(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes);
  const contents = document.getPage(0).node.Contents();
  assert.ok(contents instanceof PDFArray);
  const stream = contents.lookup(0);
  assert.ok(stream instanceof PDFRawStream);
  return Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
}

function squaresOf(content: string): readonly Square[] {
  return [...content.matchAll(RECTANGLE)].map(([, x, y, height, width]) => {
    assert.equal(width, height);
    return { x: Number(x), y: Number(y), side: Number(width) };
  });
}

describe('the PDF of a certificate', () => {
  it('has a QR code of the page that verifies it, square by square and upright', async () => {
    const bytes = await createPdf({
      picture: PICTURE,
      url: URL_OF_VERIFIER,
      title: 'Retirement certificate',
      lines: ['12.5 t CO2e'],
    });
    const squares = squaresOf(await contentOf(bytes));
    const { modules } = create(URL_OF_VERIFIER, { errorCorrectionLevel: 'M' });
    const side = squares[0]?.side ?? 0;
    // The corners of a code are dark but for the lower right one.
    const left = Math.min(...squares.map(({ x }) => x));
    const top = Math.max(...squares.map(({ y }) => y));
    const drawn = squares.map(({ x, y }) => [
      Math.round((top - y) / side),
      Math.round((x - left) / side),
    ]);
    const expected = [...modules.data].flatMap((dark, index) =>
      dark === 0 ? [] : [[Math.floor(index / modules.size), index % modules.size]],
    );
    assert.deepEqual(drawn, expected);
  });

  it('says the same in words: title, lines and address', async () => {
    const lines = ['12.5 t CO2e'];
    const bytes = await createPdf({ picture: PICTURE, url: URL_OF_VERIFIER, title: 'T', lines });
    const document = await PDFDocument.load(bytes);
    assert.equal(document.getTitle(), 'T');
    assert.equal(document.getSubject(), URL_OF_VERIFIER);
    const content = await contentOf(bytes);
    for (const text of [...lines, `Verify: ${URL_OF_VERIFIER}`])
      assert.ok(content.includes(Buffer.from(text).toString('hex').toUpperCase()), text);
  });
});
