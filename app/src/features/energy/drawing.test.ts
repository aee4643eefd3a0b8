import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cancellation } from '../../api/indexer/index.ts';
import { drawCancellation, printedLines } from './drawing.ts';

const contract = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const cancellation: Cancellation = {
  id: 32_024n * 10n ** 20n + 2n,
  account: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  certificateId: 32_024n,
  certificates: 2n,
  firstSerial: 2n,
  beneficiary: 'Example Ltd',
  purpose: 'Office in Tirana, 2024',
  at: 1_735_689_600,
  transactionHash: `0x${'ab'.repeat(32)}`,
  certificate: undefined,
};
const name = 'Vlora wind, electricity of 2024';

function draw(changes: Partial<Cancellation> = {}): string {
  const image = drawCancellation({ cancellation: { ...cancellation, ...changes }, name, contract });
  const [prefix, encoded = ''] = image.split(',');
  assert.equal(prefix, 'data:image/svg+xml;base64');
  return Buffer.from(encoded, 'base64').toString('utf8');
}

describe('the picture of a cancellation', () => {
  it('says wallet, amount, date, serials, words and where the record is kept', () => {
    const svg = draw();
    const { id, account, beneficiary, purpose } = cancellation;
    const told = ['2 MWh', name, beneficiary, purpose, account, '2 to 3, 2025-01-01'];
    for (const text of [...told, `Cancellation ${String(id)} of ${contract}`])
      assert.ok(svg.includes(`>${text}</text>`), text);
  });

  it('draws hostile words as words', () => {
    const svg = draw({
      beneficiary: '<script>alert("1")</script>',
      purpose: '\u202ereversed\u0007',
    });
    assert.ok(svg.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'));
    assert.ok(!svg.includes('<script') && !/[\u202e\u0007]/.test(svg));
  });

  it('fits the longest words that the contract takes, in any script', () => {
    const svg = draw({ beneficiary: 'b'.repeat(128), purpose: 'ф'.repeat(128) });
    const lines = [...svg.matchAll(/<text [^>]*y="([\d.]+)"[^>]*>([^<]*)</g)];
    assert.ok(Math.max(...lines.map(([, y]) => Number(y))) < 700);
    assert.ok(lines.every(([, , text = '']) => [...text].length <= 96));
    assert.ok(draw({ purpose: 'p'.repeat(256) }).includes('p'.repeat(58)));
  });

  it('says it in plain ASCII too, for search and screen readers', () => {
    const lines = printedLines({ cancellation, name, contract });
    assert.ok(lines.every((line) => /^[\x20-\x7e]*$/.test(line)));
    assert.match(
      lines.join(' '),
      /2 MWh, certificate 32024, serials 2 to 3, cancelled on 2025-01-01/,
    );
  });
});
