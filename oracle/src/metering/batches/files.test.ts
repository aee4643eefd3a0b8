import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { decodeBatch, findDigestOfCid } from '@truetonne/protocol';
import { createTestDevice } from '../../../test/support/device.ts';
import { makeFolder } from '../../../test/support/folders.ts';
import { createBatchFiles, packBatch } from './files.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;

function makeBatch() {
  const device = createTestDevice({ domain: DOMAIN, claimedAt: 1_000 });
  const windows = [device.seal(), device.seal({ count: 5 })];
  const opening = { sequence: 0, closedAt: 1_000, exportWh: 0n, importWh: 0n };
  return {
    ...{
      domain: DOMAIN,
      projectId: 1,
      number: 1,
      periodStart: 1_000,
      periodEnd: 9_000,
      deductedWh: 3n,
    },
    devices: [{ publicKey: device.publicKey, opening, closingIndex: 1 }],
    windows,
    findings: [
      { windowIndex: 1, readingIndex: 4, reason: 'SENTINEL_VALUE', deductedWh: 3n } as const,
    ],
  };
}

describe('batch files', () => {
  const folder = makeFolder();
  after(folder.remove);

  it('are gzip with an empty header, the same bytes each time', async () => {
    const batch = makeBatch();
    const [first, second] = [await packBatch(batch), await packBatch(batch)];
    assert.deepEqual([...first.bytes.subarray(0, 4)], [0x1f, 0x8b, 8, 0]);
    assert.deepEqual([...first.bytes.subarray(4, 8)], [0, 0, 0, 0]);
    assert.equal(first.bytes[9], 255);
    assert.deepEqual(first, second);
    const raw = decodeBatch(gunzipSync(first.bytes));
    assert.deepEqual([raw.windows.length, raw.findings, raw.deductedWh], [2, batch.findings, 3n]);
  });

  it('are named by their hash and found by their name', async () => {
    const files = createBatchFiles(folder.path);
    const packed = await packBatch(makeBatch());
    assert.equal(await files.find(packed.cid), undefined);
    await files.save(packed);
    await files.save(packed);
    const found = await files.find(packed.cid);
    assert.deepEqual(Uint8Array.from(found ?? []), Uint8Array.from(packed.bytes));
    const digest = createHash('sha256').update(packed.bytes).digest('hex');
    assert.equal(findDigestOfCid(packed.cid), `0x${digest}`);
    assert.deepEqual(readdirSync(join(folder.path, 'batches')), [packed.cid]);
  });

  it('are looked for under no other name', async () => {
    const files = createBatchFiles(folder.path);
    for (const name of ['../oracle.pid', 'b/../../x', '', 'B', '.'])
      assert.equal(await files.find(name), undefined);
  });
});
