import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  assertSucceeds,
  claimHashOf,
  createWebCryptoVerifier,
  decodeClaim,
  deviceIdOf,
  domainOf,
  fromHex,
  parseWindow,
  toHex,
  verifyMeterReplacement,
  verifyRotation,
  WINDOW_FLAGS,
  type SealedWindow,
} from '@truetonne/protocol';
import { build } from './build.ts';
import { CHAIN_ID, makeHostDevice, OWNER, REGISTRY, type HostDevice } from './ttdevice.ts';

const DOMAIN = domainOf(CHAIN_ID, REGISTRY);
const T0 = 1_735_689_600;
const STORED = { status: 200, body: '{"results":[{"status":"accepted"}]}' };
const folder = await build(['ttdevice']);
const verify = createWebCryptoVerifier();

/** Lines of JSON: a reading each minute, registers growing by 10 and 1 Wh. */
function linesOf(from: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const kwh = (number / 100).toFixed(2);
    const imported = (number / 1000).toFixed(3);
    return `{"timestamp":${T0 + 60 * number},"total_energy_kwh":"${kwh}","imported_energy_kwh":${imported},"voltage":230.5}\n`;
  }).join('');
}

async function claim(device: HostDevice): Promise<{ claim: Uint8Array; publicKey: Uint8Array }> {
  const signed = await device.json('claim', ['--owner', OWNER, '--time', String(T0)]);
  const [bytes, publicKey] = [fromHex(signed['claim'] ?? ''), fromHex(signed['publicKey'] ?? '')];
  const { domain, owner, deviceId, claimedAt } = decodeClaim(bytes);
  assert.deepEqual(
    { domain, owner, deviceId, claimedAt },
    { domain: DOMAIN, owner: OWNER, deviceId: deviceIdOf(publicKey), claimedAt: T0 },
  );
  assert.ok(await verify(publicKey, bytes, fromHex(signed['signature'] ?? '')));
  return { claim: bytes, publicKey };
}

/** Windows of `--print`, each checked, in one chain from the claim. */
async function readWindows(
  output: string,
  publicKey: Uint8Array,
  previousHash: string,
): Promise<SealedWindow[]> {
  const windows = output
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => parseWindow(fromHex(line), DOMAIN));
  for (const [index, window] of windows.entries()) {
    assert.equal(window.header.deviceId, deviceIdOf(publicKey));
    assert.ok(await verify(publicKey, window.headerBytes, window.signature));
    const before = windows[index - 1];
    if (before === undefined) assert.equal(window.header.previousHash, previousHash);
    else assertSucceeds(before, window);
  }
  return windows;
}

test('a device makes its key for its own eyes, and once', async () => {
  const device = await makeHostDevice(folder);
  for (const name of ['key.pem', 'flash.img', 'device.conf']) {
    assert.equal(statSync(join(device.state, name)).mode & 0o777, 0o600, name);
  }
  assert.equal(statSync(join(device.state, 'flash.img')).size, 256 * 1024);
  const key = readFileSync(join(device.state, 'key.pem'), 'utf8');
  const again = await device.run('init', ['--chain-id', '1', '--registry', REGISTRY]);
  assert.equal(again.code, 1);
  assert.match(again.errors, /DEVICE_ALREADY_CLAIMED/);
  assert.equal(readFileSync(join(device.state, 'key.pem'), 'utf8'), key);
});

test('JSON lines become windows in one chain from the claim', async () => {
  const device = await makeHostDevice(folder, ['--readings', '4', '--firmware', '1.2.3']);
  const { claim: bytes, publicKey } = await claim(device);
  const { code, output } = await device.run(
    'run',
    ['--print', '--seal', '--quiet'],
    linesOf(1, 10),
  );
  assert.equal(code, 0);
  const windows = await readWindows(output, publicKey, claimHashOf(bytes));
  assert.deepEqual(
    windows.map(({ readings }) => readings.length),
    [4, 4, 2],
  );
  const [first] = windows[0]?.readings ?? [];
  assert.deepEqual(first, {
    ...{ at: T0 + 60, exportWh: 10n, importWh: 1n, status: 0 },
    fields: { voltageMv: 230_500n, firmware: 66_051n },
  });
  assert.equal(windows[0]?.header.openedAt, T0);
  assert.equal((await device.json('id'))['waiting'], 0);
});

test('CSV does the same, an empty cell is not measured, and energy may come by interval', async () => {
  const device = await makeHostDevice(folder, ['--readings', '2']);
  const { claim: bytes, publicKey } = await claim(device);
  const csv = [
    'timestamp,exported_wh,imported_wh,ac_power_kw,system_status',
    '2025-01-01T00:01:00Z,0.6,0,1.5,operational',
    '2025-01-01T01:02:00+01:00,0.6,0.25,,',
    '2025-01-01T00:03:00.000Z,0.9,0.75,-0.000001,257',
    '2025-01-01 00:04:00Z,0,0,0,fault',
  ].join('\r\n');
  const { output } = await device.run('run', ['--print', '--quiet'], csv);
  const windows = await readWindows(output, publicKey, claimHashOf(bytes));
  const readings = windows.flatMap((window) => window.readings);
  assert.deepEqual(
    readings.map(({ at }) => at - T0),
    [60, 120, 180, 240],
  );
  assert.deepEqual(
    readings.map(({ exportWh }) => exportWh),
    [0n, 1n, 2n, 2n],
  );
  assert.deepEqual(
    readings.map(({ importWh }) => importWh),
    [0n, 0n, 1n, 1n],
  );
  assert.deepEqual(
    readings.map(({ fields }) => fields.activePowerMw),
    [1_500_000n, undefined, -1n, 0n],
  );
  assert.deepEqual(
    readings.map(({ status }) => status),
    [1, 0, 257, 4],
  );
});

test('what is not exact or not known is said and left out, and the run goes on', async () => {
  const device = await makeHostDevice(folder, ['--readings', '1']);
  const { claim: bytes, publicKey } = await claim(device);
  const register = '"total_energy_kwh":1,"imported_energy_kwh":0';
  const wrong = [
    `{"timestamp":${T0 + 60},${register},"voltage":230.1234}`,
    `{"timestamp":${T0 + 60},${register},"volts":230}`,
    `{"timestamp":${T0 + 60},"total_energy_kwh":1}`,
    `{"timestamp":"2025-01-01T00:01:00",${register}}`,
    `{"timestamp":${T0 + 60},${register},"device_id":"0x00"}`,
    `{"timestamp":${T0 + 60},${register}`,
    `{"timestamp":${T0 + 60},${register},"voltage":99999999999}`,
    `{"timestamp":${T0 + 60},${register},"current":"a \\" quote"}`,
    `{"timestamp":${T0 + 60},"total_energy_kwh":-1,"imported_energy_kwh":0}`,
    'no columns,at all',
  ];
  const right = `{"timestamp":${T0 + 60},${register},"device_id":"${deviceIdOf(publicKey)}"}`;
  const backwards = `{"timestamp":${T0 + 120},"total_energy_kwh":0.999,"imported_energy_kwh":0}`;
  const { code, output, errors } = await device.run(
    'run',
    ['--print', '--quiet'],
    [...wrong.slice(0, -1), right, backwards].join('\n'),
  );
  assert.equal(code, 0);
  assert.equal(errors.match(/BODY_MALFORMED/g)?.length, wrong.length - 1);
  assert.equal(errors.match(/REGISTER_ROLLBACK/g)?.length, 1);
  assert.equal((await readWindows(output, publicKey, claimHashOf(bytes))).length, 1);
});

test('ended without warning again and again, it goes on where it was', async () => {
  const device = await makeHostDevice(folder, ['--readings', '3']);
  const { claim: bytes, publicKey } = await claim(device);
  // Windows that were printed before a kill may be printed again, never others with their number.
  const seen = new Map<number, SealedWindow>();
  let kills = 0;
  for (let number = 1; kills < 25; kills++) {
    const { output } = await device.kill(
      ['--print', '--quiet'],
      linesOf(number, 300),
      4 + (kills % 9) * 5,
    );
    const lines = output.split('\n').slice(0, -1);
    for (const window of lines.map((line) => parseWindow(fromHex(line), DOMAIN))) {
      const { sequence } = window.header;
      assert.equal(seen.get(sequence)?.headerHash ?? window.headerHash, window.headerHash);
      seen.set(sequence, window);
    }
    const { sequence, exportWh, openReadings } = await device.json('id');
    assert.ok(Number(sequence) >= seen.size && Number(openReadings) <= 3);
    // Its registers say which line it took last.
    number = Number(exportWh) / 10 + 1;
  }
  const { output } = await device.run('run', ['--print', '--seal', '--quiet'], linesOf(9_000, 3));
  for (const line of output.trim().split('\n')) {
    const window = parseWindow(fromHex(line), DOMAIN);
    seen.set(window.header.sequence, window);
  }
  const chain = [...seen.values()].sort((a, b) => a.header.sequence - b.header.sequence);
  const joined = chain.map(({ headerBytes, signature, readingsBytes }) =>
    toHex(Buffer.concat([headerBytes, signature, readingsBytes])),
  );
  const windows = await readWindows(joined.join('\n'), publicKey, claimHashOf(bytes));
  const times = windows.flatMap(({ readings }) => readings.map(({ at }) => (at - T0) / 60));
  const before = times.filter((number) => number < 9_000);
  assert.deepEqual(
    before,
    Array.from(before, (_, index) => index + 1),
    'a reading is missing',
  );
  assert.ok(windows.some(({ header }) => (header.flags & WINDOW_FLAGS.deviceRestarted) !== 0));
});

/** A receiver that answers as told and remembers the windows. */
async function startReceiver() {
  const received: SealedWindow[] = [];
  const state = { answer: STORED };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      assert.equal(request.headers['content-type'], 'application/octet-stream');
      if (state.answer === STORED) received.push(parseWindow(Buffer.concat(parts), DOMAIN));
      response.writeHead(state.answer.status, { 'content-type': 'application/problem+json' });
      response.end(state.answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  // Proof: a server that listens on a port has an AddressInfo.
  return { received, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test('windows wait while the receiver is away or busy, and are dropped when it refuses them', async () => {
  const device = await makeHostDevice(folder, ['--readings', '2']);
  await claim(device);
  const { received, state, url } = await startReceiver();
  const send = (from: number, oracle: string) =>
    device.run('run', ['--oracle', oracle, '--wait', '0', '--quiet'], linesOf(from, 2));
  const away = await send(1, 'http://127.0.0.1:9');
  assert.match(`${away.code} ${away.errors}`, /^0 .*"code":"ORACLE_UNREACHABLE"/s);
  const sendAnswered = (from: number, status: number, body: string) => {
    state.answer = { status, body };
    return send(from, url);
  };
  await sendAnswered(3, 503, '{"code":"STORE_UNAVAILABLE"}');
  await sendAnswered(5, 404, '{"code":"DEVICE_UNKNOWN"}');
  // A proxy's error page says nothing about the window, nor does a hotspot's, though it is a 200.
  await sendAnswered(7, 403, '<h1>Forbidden</h1>');
  await sendAnswered(9, 200, '<h1>Sign in</h1>');
  assert.equal((await device.json('id'))['waiting'], 5);

  state.answer = STORED;
  await device.run('run', ['--oracle', url, '--quiet'], '');
  assert.deepEqual(
    received.map(({ header }) => header.sequence),
    [1, 2, 3, 4, 5],
  );

  const { errors } = await sendAnswered(11, 403, '{"type":"about:blank","code":"DEVICE_REVOKED"}');
  assert.match(errors, /"code":"DEVICE_REVOKED"/);
  assert.equal((await device.json('id'))['waiting'], 0);
});

test('two processes can not run one device', async () => {
  const device = await makeHostDevice(folder);
  await claim(device);
  await device.during(async () => {
    const { code, errors } = await device.run('run', ['--print'], linesOf(1, 3));
    assert.equal(code, 1);
    assert.match(errors, /DATA_IN_USE/);
  });
  assert.equal((await device.run('run', ['--print'], linesOf(1, 3))).code, 0);
});

test('a new key is named by the old one, and its chain begins with a claim', async () => {
  const device = await makeHostDevice(folder, ['--readings', '2']);
  const first = await claim(device);
  await device.run('run', ['--print', '--quiet'], linesOf(1, 3));
  const rotated = await device.json('rotate', ['--time', String(T0 + 600)]);
  const signed = {
    bytes: fromHex(rotated['rotation'] ?? ''),
    publicKey: first.publicKey,
    signature: fromHex(rotated['signature'] ?? ''),
  };
  const { successor, rotatedAt } = await verifyRotation(signed, DOMAIN, verify);
  assert.equal(rotatedAt, T0 + 600);
  assert.deepEqual(JSON.parse(readFileSync(join(device.state, 'rotation.json'), 'utf8')), rotated);
  const status = await device.json('id');
  assert.equal(status['deviceId'], successor);
  assert.equal(status['waiting'], 1, 'the last window of the old key');
  const next = await device.json('claim', ['--owner', OWNER, '--time', String(T0 + 660)]);
  const { deviceId, claimedAt, exportWh } = decodeClaim(fromHex(next['claim'] ?? ''));
  assert.deepEqual([deviceId, claimedAt, exportWh], [successor, T0 + 660, 30n]);
  // One line for the page: the claim with the rotation before it.
  assert.deepEqual(
    [next['rotation'], next['oldPublicKey'], next['oldSignature']],
    [rotated['rotation'], rotated['publicKey'], rotated['signature']],
  );
});

test('a replaced meter is stated once and the chain goes on from it', async () => {
  const device = await makeHostDevice(folder, ['--readings', '2']);
  const { publicKey } = await claim(device);
  const { output } = await device.run('run', ['--print', '--quiet'], linesOf(101, 3));
  const stated = await device.json('replace-meter', [
    '--export-wh',
    '10',
    '--import-wh',
    '1',
    '--time',
    String(T0 + 6300),
  ]);
  const signed = {
    bytes: fromHex(stated['statement'] ?? ''),
    publicKey,
    signature: fromHex(stated['signature'] ?? ''),
  };
  const replacement = await verifyMeterReplacement(signed, DOMAIN, verify);
  assert.deepEqual(
    [replacement.sequence, replacement.exportWh, replacement.importWh],
    [2, 10n, 1n],
  );
  const more = `{"timestamp":${T0 + 6360},"total_energy_kwh":"0.02","imported_energy_kwh":0.001}\n`;
  const after = await device.run('run', ['--print', '--seal', '--quiet'], more);
  const lines = `${output}${after.output}`.trim().split('\n');
  const windows = lines.map((line) => parseWindow(fromHex(line), DOMAIN));
  assert.equal(windows[1]?.headerHash, replacement.previousHash);
  assert.equal(windows[2]?.header.previousHash, claimHashOf(signed.bytes));
  assert.equal(windows[2]?.header.openedAt, T0 + 6300);
});

test('a flash image that is spoilt or of another key is refused', async () => {
  const device = await makeHostDevice(folder);
  await claim(device);
  const image = readFileSync(join(device.state, 'flash.img'));
  const other = await makeHostDevice(folder);
  writeFileSync(join(device.state, 'flash.img'), readFileSync(join(other.state, 'flash.img')));
  assert.match((await device.run('id')).errors, /PUBLIC_KEY_MISMATCH/);
  // The journal is in one of its two slots of 32 KB.
  for (const slot of [0, 32_768]) image.fill(0, slot, slot + 16);
  writeFileSync(join(device.state, 'flash.img'), image);
  assert.match((await device.run('id')).errors, /DEVICE_STORE_CORRUPT/);
});
