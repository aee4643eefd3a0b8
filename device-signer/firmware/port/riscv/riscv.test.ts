import assert from 'node:assert/strict';
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  assertLowS,
  assertSucceeds,
  claimHashOf,
  decodeClaim,
  deviceIdOf,
  parseWindow,
  WINDOW_FLAGS,
  type SealedWindow,
} from '@truetonne/protocol';
import { DOMAIN, OWNER } from '../../../test/samples.ts';
import { readSandiaDay } from '../../../src/plants/sandia.ts';
import { runTool } from '../toolchain.ts';
import { buildImage, type Image } from './build.ts';
import { DAY_BEGINS } from './day.ts';
import { runImage, type BoardOutput } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'truetonne-riscv-'));
const SETTINGS = {
  seed: new Uint8Array(randomBytes(32)),
  domain: DOMAIN,
  owner: OWNER,
  startedAt: DAY_BEGINS,
};

let image: Image;
let board: BoardOutput;
let windows: readonly SealedWindow[];

/** The only one of its kind: the board says it at each start, and always the same. */
function onlyOf(word: string): Uint8Array {
  const said = board.bytes(word);
  const [first] = said;
  assert.ok(first !== undefined, `the board printed no ${word}`);
  for (const other of said) assert.deepEqual(other, first);
  return first;
}

before(async () => {
  image = await buildImage(folder);
  board = await runImage(image, folder, SETTINGS);
  windows = board.bytes('window').map((bytes) => parseWindow(bytes, DOMAIN));
});

after(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('each window that RV32IMC seals is valid, signed, and follows the one before', () => {
  const publicKey = onlyOf('public-key');
  const claim = onlyOf('claim');
  const [x, y] = [publicKey.subarray(0, 32), publicKey.subarray(32)].map((half) =>
    Buffer.from(half).toString('base64url'),
  );
  const jwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const isSigned = (message: Uint8Array, signature: Uint8Array): boolean => {
    assertLowS(signature);
    return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
  };

  assert.ok(isSigned(claim, onlyOf('claim-signature')));
  assert.deepEqual(decodeClaim(claim), {
    ...{ domain: DOMAIN, deviceId: deviceIdOf(publicKey), owner: OWNER },
    ...{ claimedAt: DAY_BEGINS, exportWh: 0n, importWh: 0n },
  });
  assert.equal(windows[0]?.header.sequence, 1);
  assert.equal(windows[0]?.header.previousHash, claimHashOf(claim));
  windows.forEach((window, index) => {
    assert.equal(window.header.deviceId, deviceIdOf(publicKey));
    assert.ok(isSigned(window.headerBytes, window.signature), `window ${index + 1}`);
    const previous = windows[index - 1];
    if (previous !== undefined) assertSucceeds(previous, window);
  });
});

test('the day on the board is the measured day, minute by minute', () => {
  const day = readSandiaDay('Sys1');
  const readings = windows.flatMap((window) => window.readings);
  // 1,351 rows of the file, which lacks 22:31 to 23:59.
  assert.equal(readings.length, 1_351);
  for (const { at, status, fields } of readings) {
    const measured = day.findReading(DAY_BEGINS, at);
    assert.ok(measured !== undefined, `nothing was measured at ${at}`);
    // The board has no sensor on the DC side, so it states no efficiency.
    const same = { ...measured.fields };
    delete same.efficiencyE4;
    assert.deepEqual([status, fields], [measured.status, same]);
  }
});

test('registers that the board integrates agree with the sums of the source', () => {
  // SOURCE.md of the data: 17.2 kWh out; the file's sums are 17,226.513 Wh and 30.067 Wh.
  const last = windows.at(-1)?.header;
  assert.deepEqual([last?.exportWh, last?.importWh], [17_226n, 30n]);
});

test('power cuts between and in the middle of writes lose nothing and are stated', () => {
  assert.deepEqual(board.all('boot'), ['0', '1', '2', '3']);
  assert.equal(board.lines.filter((line) => line === 'cut').length, 3);
  // Torn records, found at the starts after cuts in the middle of a write (TT_EVENT_TORN_RECORD).
  assert.equal(board.all('event').filter((event) => event.startsWith('2 ')).length, 2);
  const restarted = windows.filter(
    ({ header }) => (header.flags & WINDOW_FLAGS.deviceRestarted) !== 0,
  );
  assert.equal(restarted.length, 3);
});

test('a morning without a network is delivered whole and in order from noon on', () => {
  const firstSent = board.lines.findIndex((line) => line.startsWith('window '));
  const sealedBefore = board.lines
    .slice(0, firstSent)
    .filter((line) => line.startsWith('event 4 ')).length;
  assert.equal(sealedBefore, (12 * 60) / 15);
  assert.deepEqual(
    windows.map(({ header }) => header.sequence),
    windows.map((_, index) => index + 1),
  );
});

test('the figures stay within an ESP32-C3', () => {
  assert.ok(image.sizes.image < 48 * 1024, `${image.sizes.image} bytes of code`);
  assert.ok(board.figure('stack') < 3 * 1024, `${board.figure('stack')} bytes of stack`);
  assert.ok(board.figure('device') < 2 * 1024, `${board.figure('device')} bytes of tt_device`);
  // An ESP32-C3 runs at 160 MHz: a seal is a fifth of a second at worst.
  assert.ok(board.figure('seal.highest') < 32_000_000);
});

test('a stack that is too small traps and overwrites nothing', async () => {
  const small = await buildImage(folder, { stackSize: 1_024 });
  const run = runImage(small, folder, SETTINGS);
  // Store access fault: the fence below the stack. Its lowest address is that of the RAM.
  await assert.rejects(run, /trap 7 /);
});

test('what is not installed, or can not be brought, is said in a sentence', async () => {
  await assert.rejects(
    runTool('riscv-gcc-of-nobody', [], { debianPackage: 'some-package' }),
    /riscv-gcc-of-nobody is not installed; on Debian it comes with some-package/,
  );
  const home = process.env['CARGO_HOME'];
  process.env['CARGO_HOME'] = join(folder, 'empty');
  process.env['CARGO_NET_OFFLINE'] = 'true';
  try {
    await assert.rejects(buildImage(folder), /needs the sources of micro-ecc .* could not bring/s);
  } finally {
    if (home === undefined) delete process.env['CARGO_HOME'];
    else process.env['CARGO_HOME'] = home;
    delete process.env['CARGO_NET_OFFLINE'];
  }
});
