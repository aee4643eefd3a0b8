import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import { encodeBatch, type BatchContent } from '../batch/file.ts';
import { WHOLE_WINDOW, type Finding } from '../batch/findings.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { createWebCryptoVerifier } from '../identity/signature.ts';
import { encodeWindow } from '../window/window.ts';
import type { ChainRecord } from './record.ts';
import { verifyBatch, type VerificationResult } from './verifyBatch.ts';
import { verifyBatchFile } from './verifyFile.ts';
import { digestOf, makeSampleBatch, rootOfContent } from '../../test/sampleBatch.ts';
import { createSampleKey, readingAt, sealSigned } from '../../test/samples.ts';

const { keys, content, record } = await makeSampleBatch();
const verifySignature = createWebCryptoVerifier();
const BATCH_PREFIX = 88;
const DEVICE_SIZE = 100;
const WINDOW_SIZES = content.windows.map((window) => encodeWindow(window).length);
const WINDOWS_AT = BATCH_PREFIX + DEVICE_SIZE * content.devices.length;

async function verifyBytes(bytes: Uint8Array, chain = record): Promise<VerificationResult> {
  const fileDigest = await digestOf(bytes);
  return verifyBatch({ content: bytes, fileDigest, record: chain, verifySignature });
}

/** Verifies what a careless or hostile oracle made; root and digest on the chain are its own. */
async function verifyMade(
  changes: Partial<BatchContent>,
  chain: Partial<ChainRecord> = {},
): Promise<VerificationResult> {
  const made = { ...content, ...changes };
  const root = await rootOfContent(made);
  const fileDigest = await digestOf(made);
  return verifyBytes(encodeBatch(made), { ...record, root, fileDigest, ...chain });
}

function assertFails(result: VerificationResult, code: ErrorCode, place: object = {}): void {
  assert.ok(!result.verified, 'it verifies');
  assert.equal(result.failure.code, code, result.failure.message);
  for (const [name, value] of Object.entries(place)) {
    assert.deepEqual(
      Object.entries(result.failure.place).find(([key]) => key === name)?.[1],
      value,
    );
  }
}

/** Index of the window that a byte of the file lies in. */
function windowAt(offset: number): number | undefined {
  let start = WINDOWS_AT;
  for (const [index, size] of WINDOW_SIZES.entries()) {
    if (offset >= start && offset < start + size) return index;
    start += size;
  }
  return undefined;
}

test('a sound batch verifies, with the sums worked out by hand', async () => {
  const result = await verifyBytes(encodeBatch(content));
  assert.ok(result.verified, result.verified ? '' : result.failure.message);
  assert.deepEqual(result.summary, {
    batchId: record.batchId,
    devices: 2,
    windows: 4,
    readings: 6,
    root: record.root,
    exportedWh: 2_000n,
    importedWh: 10n,
    deductedWh: 300n,
    creditableWh: 1_600n,
    grams: 563n,
  });
});

test('every altered byte of the file is found, and named by its window where it lies in one', async () => {
  const bytes = encodeBatch(content);
  for (let offset = 0; offset < bytes.length; offset++) {
    const altered = bytes.slice();
    altered[offset] = (altered[offset] ?? 0) ^ 0x01;
    const result = await verifyBytes(altered);
    assert.equal(result.verified, false, `byte ${offset}`);
    const windowIndex = windowAt(offset);
    if (windowIndex === undefined || result.verified) continue;
    const { code, place, message } = result.failure;
    if (code === 'FILE_MALFORMED') continue;
    assert.notEqual(code, 'FILE_ALTERED', `byte ${offset}`);
    assert.equal(place.windowIndex, windowIndex, `byte ${offset}: ${message}`);
  }
});

test('every altered byte of the compressed file is found', async () => {
  const file = new Uint8Array(gzipSync(encodeBatch(content)));
  const fileDigest = await digestOf(file);
  const chain = { ...record, fileDigest };
  const whole = await verifyBatchFile({ file, record: chain, verifySignature });
  assert.equal(whole.verified, true);
  for (let offset = 0; offset < file.length; offset += 3) {
    const altered = file.slice();
    altered[offset] = (altered[offset] ?? 0) ^ 0x10;
    const result = await verifyBatchFile({ file: altered, record: chain, verifySignature });
    assert.equal(result.verified, false, `byte ${offset}`);
  }
});

test('a file cut off, and no file at all, is malformed', async () => {
  const bytes = encodeBatch(content);
  for (const length of [0, 1, 87, 88, 300, bytes.length - 1]) {
    assertFails(await verifyBytes(bytes.slice(0, length)), 'FILE_MALFORMED');
  }
});

test('a number on the chain that is not that of the file is found, whichever it is', async () => {
  const [first, second] = record.devices;
  assert.ok(first !== undefined && second !== undefined);
  const wrong: readonly (readonly [ErrorCode, Partial<ChainRecord>])[] = [
    ['CHAIN_RECORD_MISMATCH', { domain: `0x${'11'.repeat(32)}` }],
    ['CHAIN_RECORD_MISMATCH', { projectId: 8 }],
    ['CHAIN_RECORD_MISMATCH', { number: 4 }],
    ['CHAIN_RECORD_MISMATCH', { periodStart: 1 }],
    ['CHAIN_RECORD_MISMATCH', { periodEnd: 1 }],
    ['CHAIN_RECORD_MISMATCH', { deductedWh: 299n }],
    ['CHAIN_RECORD_MISMATCH', { exportedWh: 2_001n }],
    ['CHAIN_RECORD_MISMATCH', { importedWh: 9n }],
    ['CHAIN_RECORD_MISMATCH', { creditableWh: 1_601n }],
    ['GRAMS_MISMATCH', { grams: 564n }],
    ['GRAMS_MISMATCH', { factorUgPerWh: 353_000n }],
    ['GRAMS_MISMATCH', { openingRemainderUg: 800_000n }],
    ['CHAIN_RECORD_MISMATCH', { openingDeficitWh: 89n }],
    ['ROOT_MISMATCH', { root: `0x${'11'.repeat(32)}` }],
    ['FILE_ALTERED', { fileDigest: `0x${'11'.repeat(32)}` }],
    ['CHAIN_RECORD_MISMATCH', { devices: [first] }],
    ['CHAIN_RECORD_MISMATCH', { devices: [{ ...first, sequence: 7 }, second] }],
    ['CHAIN_RECORD_MISMATCH', { devices: [{ ...first, closedAt: 1 }, second] }],
    ['CHAIN_RECORD_MISMATCH', { devices: [{ ...first, exportWh: 2_001n }, second] }],
    ['CHAIN_RECORD_MISMATCH', { devices: [{ ...first, importedWh: 6n }, second] }],
    ['FINDING_MISSING', { devices: [{ ...first, capacityW: 100n }, second] }],
  ];
  for (const [code, change] of wrong) {
    assertFails(await verifyBytes(encodeBatch(content), { ...record, ...change }), code);
  }
});

test('a gap that is not deducted is named with its reading', async () => {
  const result = await verifyMade({ findings: [], deductedWh: 0n }, { deductedWh: 0n });
  assertFails(result, 'FINDING_MISSING', { windowIndex: 1, readingIndex: 0 });
});

test('a gap that is deducted in part only is named', async () => {
  const findings: readonly Finding[] = [
    { windowIndex: 1, readingIndex: 0, reason: 'TIME_GAP', deductedWh: 299n },
  ];
  const result = await verifyMade({ findings, deductedWh: 299n }, { deductedWh: 299n });
  assertFails(result, 'FINDING_MISSING', { windowIndex: 1, readingIndex: 0 });
});

test('an oracle may deduct more, and the batch verifies with fewer grams', async () => {
  const more: Finding = {
    windowIndex: 3,
    readingIndex: 1,
    reason: 'SENTINEL_VALUE',
    deductedWh: 400n,
  };
  const findings = [...content.findings, more];
  const chain = { deductedWh: 700n, creditableWh: 1_200n, grams: 422n };
  const result = await verifyMade({ findings, deductedWh: 700n }, chain);
  assert.ok(result.verified, result.verified ? '' : result.failure.message);
});

test('no finding deducts more than its reading exported, twice, or nowhere', async () => {
  const finding = (windowIndex: number, readingIndex: number, deductedWh: bigint): Finding => ({
    windowIndex,
    readingIndex,
    reason: 'SENTINEL_VALUE',
    deductedWh,
  });
  const wrong: readonly (readonly Finding[])[] = [
    [finding(3, 1, 401n)],
    [finding(3, WHOLE_WINDOW, 701n)],
    [finding(3, 1, 1n), finding(3, 1, 1n)],
    [finding(3, WHOLE_WINDOW, 1n), finding(3, 1, 1n)],
    [finding(3, 1, 1n), finding(3, WHOLE_WINDOW, 1n)],
    [finding(3, 2, 0n)],
    [finding(4, 0, 0n)],
  ];
  for (const extra of wrong) {
    const findings = [...content.findings, ...extra];
    assertFails(await verifyMade({ findings }), 'FINDING_INVALID');
  }
});

test('findings that do not add up to the deduction are found', async () => {
  const extra: Finding = {
    windowIndex: 3,
    readingIndex: 1,
    reason: 'SENTINEL_VALUE',
    deductedWh: 1n,
  };
  const result = await verifyMade({ findings: [...content.findings, extra] });
  assertFails(result, 'CHAIN_RECORD_MISMATCH');
});

test('a window that was left out is missed, even when the root on the chain lacks it too', async () => {
  const [, ...rest] = content.windows;
  const devices = content.devices.map((device) => ({
    ...device,
    closingIndex: device.closingIndex - 1,
  }));
  const findings: readonly Finding[] = [
    { windowIndex: 0, readingIndex: 0, reason: 'TIME_GAP', deductedWh: 300n },
  ];
  // The gap of sequence now makes 600 Wh of the next reading worth nothing.
  assertFails(await verifyMade({ windows: rest, devices, findings }), 'FINDING_MISSING');
});

test('a device may not stand twice in place of another that is left out', async () => {
  const [first, second] = content.devices;
  assert.ok(first !== undefined && second !== undefined);
  const windows = content.windows.slice(0, 2);
  const result = await verifyMade({ devices: [first, first], windows });
  assertFails(result, 'WINDOW_ORDER', { deviceId: keys[0]?.deviceId });
});

test('devices and windows in another order are refused', async () => {
  const devices = content.devices.toReversed();
  assertFails(await verifyMade({ devices }), 'WINDOW_ORDER');
  const windows = content.windows.toReversed();
  assertFails(await verifyMade({ windows }), 'WINDOW_ORDER');
});

test('a window of a device that is not in the file is refused', async () => {
  const stranger = await createSampleKey();
  const foreign = await sealSigned(stranger, { readings: [readingAt(100_900, 5n)] });
  const windows = [...content.windows, foreign].toSorted((a, b) =>
    a.header.deviceId < b.header.deviceId ? -1 : 1,
  );
  const result = await verifyMade({ windows });
  assertFails(result, 'DEVICE_UNKNOWN', { deviceId: stranger.deviceId });
});

test("a window signed with another device's key is named", async () => {
  const [first, ...rest] = content.windows;
  const [, other] = keys;
  assert.ok(first !== undefined && other !== undefined);
  const forged = { ...first, signature: await other.sign(first.headerBytes) };
  const result = await verifyMade({ windows: [forged, ...rest] });
  assertFails(result, 'SIGNATURE_INVALID', { windowIndex: 0, sequence: 5 });
});

test('progress is told up to the last window', async () => {
  const steps: (readonly [number, number])[] = [];
  const bytes = encodeBatch(content);
  await verifyBatch({
    content: bytes,
    fileDigest: await digestOf(bytes),
    record,
    verifySignature,
    onProgress: (done, total) => steps.push([done, total]),
  });
  assert.deepEqual(steps.at(-1), [4, 4]);
});
