import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inventoryLeaf, toHex } from '@truetonne/protocol';
import { parseProofFile, proveLines, toProofFile } from './proofFile.ts';

const line = JSON.stringify({
  ...{ date: '2024-03-31', method: 'stationary-combustion', scope: '1', category: '1-stationary' },
  ...{ site: 'Leeds', evidence: 'Invoice 7', gwpSet: 'AR5', co2eNg: '1250000000000000' },
  salt: '00112233445566778899aabbccddeeff',
});
const root = inventoryLeaf(line);
const place = {
  ...{
    organisation: toHex(new Uint8Array(32).fill(17)),
    firstDay: '2024-01-01',
    lastDay: '2024-12-31',
  },
  anchorer: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
} as const;
const content = toProofFile({ root, number: 0, lines: [{ position: 0, line, proof: [] }] }, place);

describe('the proof of one line', () => {
  it('holds as it was downloaded, and shows what the line says', async () => {
    const [proven] = await proveLines(parseProofFile(content), root);
    assert.equal(proven?.co2eNg, 1_250_000_000_000_000n);
    assert.equal(proven.site, 'Leeds');
  });

  it('does not hold once a figure in it is another', async () => {
    const forged = parseProofFile(content.replace('1250000000000000', '1250000000000'));
    await assert.rejects(proveLines(forged, root), { code: 'LINE_NOT_IN_INVENTORY' });
  });

  it('does not hold for another root, whatever the file says of its own', async () => {
    const other = inventoryLeaf('another');
    await assert.rejects(proveLines(parseProofFile(content), other), {
      code: 'LINE_NOT_IN_INVENTORY',
    });
  });

  it('is refused by name when the file is something else', () => {
    assert.throws(() => parseProofFile('{"root":"0x00"}'), /file\.number/);
  });
});
