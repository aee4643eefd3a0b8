import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { ErrorCode, Law } from '@truetonne/protocol';
import { ALTERATIONS, alterOneByte, isAlteration, type Alteration } from './alter.ts';
import { makeSampleBatch, type SampleBatch } from '../../batchFile/sampleBatch.ts';
import { verifyFile, type PhaseProgress, type Verification } from './verifyFile.ts';

const WINDOWS = 5;
let sample: SampleBatch;

before(async () => {
  sample = await makeSampleBatch(WINDOWS);
});

function verify(
  file: Uint8Array<ArrayBuffer>,
  progress: PhaseProgress[] = [],
): Promise<Verification> {
  return verifyFile({
    file,
    batchId: undefined,
    readRecord: (batchId) => {
      assert.equal(batchId, 7_000_001n);
      return Promise.resolve(sample.record);
    },
    onProgress: (step) => progress.push(step),
  });
}

describe('verifying a batch file in the browser', () => {
  it('recomputes the grams of an honest file and lists its windows', async () => {
    const { result, windows, timings } = await verify(sample.file);
    assert.equal(result.verified, true);
    assert.ok(result.verified);
    assert.equal(result.summary.grams, 348n);
    assert.equal(result.summary.readings, 2 * WINDOWS);
    assert.deepEqual(
      windows.map(({ sequence }) => sequence),
      [1, 2, 3, 4, 5],
    );
    const phases = timings.map(({ phase }) => phase);
    assert.deepEqual(phases, ['unpack', 'chain', 'signatures', 'recompute']);
  });

  it('reports progress up to the last signature', async () => {
    const progress: PhaseProgress[] = [];
    await verify(sample.file, progress);
    assert.ok(progress.some(({ phase, done }) => phase === 'signatures' && done === WINDOWS));
  });

  const answers: Readonly<Record<Alteration, readonly [ErrorCode, Law, number | undefined]>> = {
    reading: ['READING_REGISTER_ORDER', 'sameBytes', 3],
    header: ['READING_REGISTER_ORDER', 'sameBytes', 3],
    signature: ['SIGNATURE_INVALID', 'sameBytes', 3],
    deduction: ['CHAIN_RECORD_MISMATCH', 'onlyDown', undefined],
    packing: ['FILE_ALTERED', 'sameBytes', undefined],
  };

  for (const name of Object.keys(ALTERATIONS)) {
    it(`names law and place when someone alters ${name}`, async () => {
      assert.ok(isAlteration(name));
      const { file, description } = await alterOneByte(sample.file, name);
      assert.match(description, /^Byte \d+ of the (content|packed file): .. became ..$/);
      const { result } = await verify(file);
      assert.ok(!result.verified);
      const { code, law, place } = result.failure;
      assert.deepEqual([code, law, place.sequence], answers[name]);
    });
  }

  it('leaves the original bytes alone', async () => {
    const copy = sample.file.slice();
    await alterOneByte(sample.file, 'packing');
    assert.deepEqual(sample.file, copy);
  });

  it('says that bytes that are no gzip, or end early, are no batch file', async () => {
    const broken = [new Uint8Array(0), new Uint8Array([1, 2, 3]), sample.file.slice(0, -9)];
    for (const file of broken) {
      const { result } = await verify(file);
      assert.ok(!result.verified);
      assert.equal(result.failure.code, 'FILE_MALFORMED');
    }
  });

  it('gives no verdict when the chain is silent', async () => {
    const silent = verifyFile({
      file: sample.file,
      batchId: 1n,
      readRecord: () => Promise.reject(new Error('no chain')),
      onProgress: () => undefined,
    });
    await assert.rejects(silent, /no chain/);
  });
});
