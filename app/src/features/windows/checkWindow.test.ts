import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  buildTree,
  decodeBatch,
  fromHex,
  HEADER_SIZE,
  joinLeaves,
  parseWindow,
  proofOf,
  rootOf,
  type Hex,
} from '@truetonne/protocol';
import { gunzip } from '../../batchFile/index.ts';
import { makeSampleBatch } from '../../batchFile/sampleBatch.ts';
import { checkWindow, readingHex, type WindowBytes } from './checkWindow.ts';

const INDEX = 2;
let input: WindowBytes;
let root: Hex;

before(async () => {
  const { file, record } = await makeSampleBatch(5);
  const { domain, devices, windows } = decodeBatch(await gunzip(file));
  const hashes = windows.map((bytes) => parseWindow(bytes, domain).headerHash);
  const tree = await buildTree(joinLeaves(hashes));
  const [bytes, device] = [windows[INDEX], devices[0]];
  assert.ok(bytes && device);
  input = { bytes, domain, publicKey: device.publicKey, proof: proofOf(tree, INDEX) };
  root = rootOf(tree);
  assert.equal(root, record.root);
});

describe('checking one window in the browser', () => {
  it('finds key and signature right and follows the proof to the root', async () => {
    const check = await checkWindow(input);
    assert.equal(check.keyIsDevices, true);
    assert.equal(check.signatureValid, true);
    assert.equal(check.root, root);
  });

  it('has no root to compare while no batch holds the window', async () => {
    assert.equal((await checkWindow({ ...input, proof: undefined })).root, undefined);
  });

  it('does not take the key of another device', async () => {
    const other = await makeSampleBatch(1);
    const [device] = decodeBatch(await gunzip(other.file)).devices;
    assert.ok(device);
    const check = await checkWindow({ ...input, publicKey: device.publicKey });
    assert.equal(check.keyIsDevices, false);
    assert.equal(check.signatureValid, false);
  });

  it('sees a signature with one changed bit', async () => {
    const bytes = input.bytes.slice();
    const byte = HEADER_SIZE + 31;
    bytes[byte] = (bytes[byte] ?? 0) ^ 1;
    const check = await checkWindow({ ...input, bytes });
    assert.equal(check.keyIsDevices, true);
    assert.equal(check.signatureValid, false);
  });

  it('ends at another root with another proof', async () => {
    const proof = (input.proof ?? []).toReversed();
    assert.notEqual((await checkWindow({ ...input, proof })).root, root);
  });

  it('refuses readings that the header does not commit to', async () => {
    const bytes = input.bytes.slice();
    bytes[bytes.length - 1] = 1;
    await assert.rejects(checkWindow({ ...input, bytes }), { code: 'READING_NOT_CANONICAL' });
  });

  it('shows the 88 bytes of each reading', async () => {
    const { window } = await checkWindow(input);
    const both = [readingHex(window, 0), readingHex(window, 1)].map(fromHex);
    assert.deepEqual(
      both.map(({ length }) => length),
      [88, 88],
    );
  });
});
