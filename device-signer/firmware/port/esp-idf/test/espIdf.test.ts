import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, globSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  decodeClaim,
  deviceIdOf,
  fromHex,
  parseWindow,
  verifyMeterReplacement,
} from '@truetonne/protocol';
import { DOMAIN, OWNER } from '../../../../test/samples.ts';
import { makeBuildFolder, runTool } from '../../toolchain.ts';
import {
  assertChain,
  buildPort,
  FLAGS,
  MINUTE,
  PORT,
  readClaim,
  runPort,
  STARTED_AT,
  startReceiver,
  TRANSPORTS,
  verifySignature,
  STORED,
} from './port.ts';

const EXAMPLE = join(import.meta.dirname, '../examples/esp32-pzem/main');

const folder = mkdtempSync(join(tmpdir(), 'truetonne-esp-'));
let program: string;

before(async () => {
  program = await buildPort(folder, 'http');
});

after(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('port and example compile without a warning against the stub headers', async () => {
  const sources = [...globSync(join(PORT, 'src/*.c')), ...globSync(join(EXAMPLE, '*.c'))];
  assert.ok(sources.length >= 13);
  const flags = [...FLAGS, ...TRANSPORTS.mqtt, '-fsyntax-only'];
  await runTool('gcc', [...flags, ...sources], { debianPackage: 'gcc' });
});

test('every source of the port is in its CMakeLists.txt, and every setting in Kconfig', () => {
  const cmake = readFileSync(join(PORT, 'CMakeLists.txt'), 'utf8');
  for (const file of globSync('*.c', { cwd: join(PORT, 'src') }))
    assert.ok(cmake.includes(`src/${file}`), `${file} is not built`);
  const kconfig = [join(PORT, 'Kconfig'), join(EXAMPLE, 'Kconfig.projbuild')]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const files = [join(PORT, 'include/truetonne_kconfig.h'), ...globSync(join(PORT, 'src/*.c'))];
  for (const file of [...files, ...globSync(join(EXAMPLE, '*.c'))])
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/CONFIG_((?:TT|EXAMPLE)_\w+)/g))
      assert.match(kconfig, new RegExp(`config ${name ?? ''}\\b`), `${file}: ${name ?? ''}`);
});

test('a first start makes a key and a claim that the registry takes; later ones keep both', async (context) => {
  const flash = makeBuildFolder(context);
  const first = await runPort(program, flash, [`time ${STARTED_AT}`, 'open', 'claim']);
  const { claim, publicKey, signature } = readClaim(first);
  assert.ok(await verifySignature(publicKey, claim, signature));
  const decoded = decodeClaim(claim);
  assert.deepEqual(
    [decoded.domain, decoded.deviceId, decoded.owner, decoded.claimedAt],
    [DOMAIN, deviceIdOf(publicKey), OWNER, STARTED_AT],
  );
  const second = await runPort(program, flash, [`time ${STARTED_AT + 100}`, 'open', 'claim']);
  assert.deepEqual(readClaim(second).claim, claim);
  assert.ok(!first.join('').includes(readFileSync(join(flash, 'nvs-key')).toString('hex')));
});

test('a clock that was not set since 1970 makes no claim', async (context) => {
  const lines = await runPort(program, makeBuildFolder(context), ['time 100', 'open', 'claim']);
  assert.deepEqual(lines, ['open OK', 'claim DEVICE_CLOCK_NOT_SET']);
});

test('a start that was cut before the journal was whole is made up for', async (context) => {
  const flash = makeBuildFolder(context);
  // The key is in NVS, but nothing says that its journal was made.
  await runPort(program, flash, [`time ${STARTED_AT}`, 'open']);
  rmSync(join(flash, 'nvs-kept'));
  rmSync(join(flash, 'partition.bin'));
  const lines = await runPort(program, flash, [`time ${STARTED_AT}`, 'open', 'claim']);
  assert.deepEqual(lines.slice(0, 1), ['open OK']);
});

test('a key that signed and lost its journal is not used again', async (context) => {
  const flash = makeBuildFolder(context);
  await runPort(program, flash, [`time ${STARTED_AT}`, 'open', 'claim']);
  rmSync(join(flash, 'partition.bin'));
  const lines = await runPort(program, flash, [`time ${STARTED_AT}`, 'open']);
  assert.deepEqual(lines, ['open DEVICE_STORE_CORRUPT']);
});

test('flash that takes no writes is an error and costs nothing that was stored', async (context) => {
  const flash = makeBuildFolder(context);
  const [, , failed] = await runPort(program, flash, [
    `time ${STARTED_AT}`,
    ...['open', 'claim', 'storage 0', ...MINUTE],
  ]).then((lines) => [lines[0], lines[1], lines.at(-1)]);
  assert.equal(failed, 'sample DEVICE_STORE_FAILED');
  const again = await runPort(program, flash, [`time ${STARTED_AT}`, 'open', ...MINUTE, 'seal']);
  assert.deepEqual(again, ['open OK', 'sample OK', 'seal OK']);
  assert.equal(statSync(join(flash, 'partition.bin')).size, 256 * 1024);
});

test('windows go over HTTP in order, through a refusal, and survive a restart', async (context) => {
  const receiver = await startReceiver(context);
  const flash = makeBuildFolder(context);
  const begin = [`time ${STARTED_AT}`, 'open', 'claim'];
  const minutes = [1, 2, 3].flatMap(() => [...MINUTE, 'seal']);
  const first = await runPort(program, flash, [...begin, ...minutes]);
  const { claim, publicKey } = readClaim(first);

  let answers = 0;
  receiver.answer = () => {
    answers++;
    if (answers === 1) return [503, { code: 'STORE_UNAVAILABLE' }];
    if (answers === 3) return [422, { title: 'x', code: 'READING_TIME_ORDER' }];
    return [200, STORED];
  };
  const lines = await runPort(
    program,
    flash,
    [...[`time ${STARTED_AT + 300}`, 'open', 'deliver', 'wait 2000', 'deliver', 'deliver']],
    receiver,
  );
  assert.deepEqual(lines, [
    'open OK',
    'deliver ORACLE_UNREACHABLE 3',
    'deliver OK 0',
    'deliver OK 0',
  ]);
  const windows = receiver.bodies.map((body) => parseWindow(new Uint8Array(body), DOMAIN));
  assert.deepEqual(
    windows.map(({ header }) => header.sequence),
    [1, 1, 2, 3],
  );
  await assertChain(windows.slice(1), claim, publicKey);
  assert.equal(windows.at(-1)?.header.exportWh, 15n);
});

test('a new meter is stated once, and said again after its line was lost', async (context) => {
  const flash = makeBuildFolder(context);
  const none = await runPort(program, flash, [`time ${STARTED_AT}`, 'open', 'claim', 'again']);
  assert.equal(none.at(-1), 'again WINDOW_UNKNOWN');
  const { publicKey } = readClaim(none);
  const first = await runPort(program, flash, [
    ...[`time ${STARTED_AT + 60}`, 'open', ...MINUTE, 'wait 60000', 'replace 7 1', 'again'],
  ]);
  // Proof: fromHex refuses what is no hex.
  const [stated, again] = first
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<'statement' | 'signature', string>);
  assert.equal(again?.statement, stated?.statement);
  for (const said of [stated, again]) {
    const signed = {
      bytes: fromHex(said?.statement ?? '0x'),
      publicKey,
      signature: fromHex(said?.signature ?? '0x'),
    };
    const { exportWh, importWh, sequence } = await verifyMeterReplacement(
      signed,
      DOMAIN,
      verifySignature,
    );
    assert.deepEqual([exportWh, importWh, sequence], [7n, 1n, 1]);
  }
});

test('an oracle that is away is asked again later', async (context) => {
  const lines = await runPort(program, makeBuildFolder(context), [
    ...[`time ${STARTED_AT}`, 'open', 'claim', ...MINUTE, 'seal', 'deliver'],
  ]);
  assert.equal(lines.at(-1), 'deliver ORACLE_UNREACHABLE 1');
});

test('an HTTP answer settles a window only when it is the oracle that says so', async (context) => {
  const [LATER, ACCEPTED, REFUSED] = ['verdict 0', 'verdict 2', 'verdict 3'];
  const cases: readonly (readonly [string, string])[] = [
    ['200 {"results":[{"sequence":1,"status":"accepted"}]}', ACCEPTED],
    ['200 {"results": [{"status": "duplicate"}]}', ACCEPTED],
    ['200 <h1>Sign in</h1>', LATER],
    ['0', LATER],
    ['302 <html>', LATER],
    ['403 <html>hotspot</html>', LATER],
    ['413 {"code":"REQUEST_TOO_LARGE"}', REFUSED],
    ['404 {"title":"t","code" : "DEVICE_UNKNOWN"}', LATER],
    ['422 {"code":"TIME_FUTURE"}', LATER],
    ['422 {"code":"SIGNATURE_INVALID"}', REFUSED],
    ['422 {"code":5}', LATER],
    ['422 {"code":"SIGNATURE_INV', LATER],
    ['429 {"code":"RATE_LIMITED"}', LATER],
    ['500 {"code":"SIGNATURE_INVALID"}', LATER],
  ];
  const lines = await runPort(
    program,
    makeBuildFolder(context),
    cases.map(([answer]) => `verdict ${answer}`),
  );
  assert.deepEqual(
    lines,
    cases.map(([, verdict]) => verdict),
  );
});
