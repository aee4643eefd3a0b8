import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PDFDocument } from 'pdf-lib';
import type { Invoice } from './invoice.ts';
import { createInvoicePdf } from './pdf.ts';
import { readPdf } from './readPdf.ts';

const invoice: Invoice = {
  number: '0x00000000000000000000000000000000000000aa-3',
  title: 'Invoice',
  seller: ['Operator Ltd', 'Dublin'],
  billedTo: ['Moulin & Fils', '1 Rue de l’Été, Liège', 'VAT BE 0123.456.789'],
  rows: [
    ['For', 'Professional, 30 days'],
    ['Discount', '40 %, promo code'],
    ['Paid with', '29.85\u00a0USDC'],
  ],
  total: ['Total, without tax', '$29.85'],
  proof: [`Chain 137, transaction 0x${'ab'.repeat(32)}`],
};
const noPicture = () => Promise.reject(new Error('drawn as a picture'));

describe('the PDF of an invoice', () => {
  it('has every line as text, and the number in its title', async () => {
    const bytes = await createInvoicePdf(invoice, noPicture);
    const text = await readPdf(bytes);
    const { seller, rows, total, proof } = invoice;
    const plain = ['Invoice', ...seller, 'Moulin & Fils', 'VAT BE 0123.456.789'];
    for (const part of [...plain, ...rows.flat(), ...total, ...proof])
      assert.ok(text.includes(part), `${part} is not in:\n${text}`);
    const document = await PDFDocument.load(bytes);
    assert.equal(document.getTitle(), `Invoice ${invoice.number}`);
  });

  it('has a name in any script: what the fonts lack is drawn as a picture', async () => {
    const drawn: string[] = [];
    // The smallest PNG.
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
      'base64',
    );
    const bytes = await createInvoicePdf(
      { ...invoice, billedTo: ['株式会社みどり', 'Tokyo'] },
      (text) => {
        drawn.push(text);
        return Promise.resolve(png);
      },
    );
    assert.deepEqual(drawn, ['株式会社みどり']);
    assert.ok((await readPdf(bytes)).includes('Tokyo'));
  });
});
