import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { toHex } from '@truetonne/protocol';
import { runCli } from './commands/runCli.ts';
import { packEnvelope } from './envelope.ts';
import { makeTemporaryFolder, startFakeOracle } from '../test/fakeOracle.ts';
import { CLAIMED_AT, OWNER, REGISTRY } from '../test/samples.ts';

/** A reading as devices send it today, with the import register added. */
const FLAT = {
  timestamp: CLAIMED_AT + 60,
  current: 11.805,
  voltage: 253.921,
  power: 2997.598,
  ac_power_kw: 2.977305,
  total_energy_kwh: 7.698,
  imported_energy_kwh: 0.016,
  grid_frequency_hz: 59.978,
  power_factor: 0.9938,
  ambient_temp_c: 9.192,
  irradiance_w_m2: 1070.008,
  system_status: 'operational',
  efficiency: 95.31,
};

interface CliResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs commands with a state folder of the test's own; `input` is what any file holds. */
function createCli(context: TestContext) {
  const folder = makeTemporaryFolder(context);
  const run = async (args: readonly string[], input = ''): Promise<CliResult> => {
    const lines: string[] = [];
    const errors: string[] = [];
    const code = await runCli(args, {
      print: (text) => lines.push(text),
      warn: (text) => errors.push(text),
      read: () => new TextEncoder().encode(input),
      write: () => assert.fail('no command here writes a file'),
    });
    return { code, output: `${lines.join('\n')}\n`, errors: errors.join('\n') };
  };
  const state = ['--state', folder];
  return {
    run,
    make: () => run(['provision', ...state]),
    id: () => run(['id', ...state]),
    claim: () =>
      run([
        ...['claim', ...state, '--owner', OWNER, '--registry', REGISTRY],
        ...['--chain-id', '31337', '--at', String(CLAIMED_AT)],
      ]),
    seal: (reading: unknown, ...options: readonly string[]) =>
      run(['seal', 'reading.json', ...state, ...options], JSON.stringify(reading)),
    post: (oracleUrl: string) => run(['post', ...state, '--oracle', oracleUrl]),
  };
}

function fieldsOf(text: string): ReadonlyMap<string, unknown> {
  const parsed: unknown = JSON.parse(text);
  return new Map(Object.entries(parsed ?? {}));
}

test('without a command, and with --help, the commands are listed', async (context) => {
  const { run } = createCli(context);
  assert.equal((await run([])).code, 2);
  const help = await run(['--help']);
  assert.equal(help.code, 0);
  for (const name of ['provision', 'id', 'claim', 'seal', 'post', 'inspect']) {
    assert.match(help.output, new RegExp(`^  ${name} `, 'm'));
    assert.match((await run([name, '--help'])).output, /^Usage: npm run device -- /m);
  }
});

test('a flat reading becomes a signed envelope that inspect finds nothing wrong with', async (context) => {
  const { run, make, claim, seal } = createCli(context);
  const publicKey = String(fieldsOf((await make()).output).get('publicKey'));
  assert.equal((await claim()).code, 0);
  const sealed = await seal(FLAT);
  assert.equal(sealed.errors, '');
  assert.deepEqual(fieldsOf(sealed.output).get('readings'), [FLAT]);
  const place = ['--registry', REGISTRY, '--chain-id', '31337', '--public-key', publicKey];
  const inspected = await run(['inspect', 'window.json', ...place], sealed.output);
  assert.equal(inspected.code, 0);
  assert.match(inspected.output, /activePowerMw: 2977305\n/);
  assert.match(inspected.output, /exportWh: 7698\n/);
  assert.match(inspected.output, /Nothing is wrong with it\.\n$/);
});

test('inspect names what is wrong with a window by its code', async (context) => {
  const { run, make, claim, seal } = createCli(context);
  await make();
  await claim();
  const hex = (await seal(FLAT, '--hex')).output.trim();
  const inspect = async (bytes: string, ...options: readonly string[]): Promise<string> =>
    (await run(['inspect', bytes, ...options])).output;
  assert.match(await inspect(hex), /Signature not checked/);
  assert.match(await inspect(hex.slice(0, 300)), /^WINDOW_TRUNCATED: /m);
  assert.match(await inspect(`0x00${hex.slice(4)}`), /^VERSION_UNKNOWN: /m);
  assert.match(await inspect(`${hex.slice(0, -2)}01`), /^READING_NOT_CANONICAL: /m);
  const elsewhere = ['--registry', OWNER, '--chain-id', '31337'];
  assert.match(await inspect(hex, ...elsewhere), /^DOMAIN_MISMATCH: /m);
  const otherKey = ['--public-key', '11'.repeat(64)];
  assert.match(await inspect(hex, ...otherKey), /^PUBLIC_KEY_MISMATCH: /m);
  assert.equal((await run(['inspect', hex.slice(0, 300)])).code, 1);
});

test('inspect checks the signature against the public key', async (context) => {
  const { run, make, claim, seal } = createCli(context);
  const publicKey = String(fieldsOf((await make()).output).get('publicKey'));
  await claim();
  const hex = (await seal(FLAT, '--hex')).output.trim();
  // Byte 176 is the first of the signature.
  const flipped = hex.slice(354, 356) === '01' ? '02' : '01';
  const forged = `${hex.slice(0, 354)}${flipped}${hex.slice(356)}`;
  const { output } = await run(['inspect', forged, '--public-key', publicKey]);
  assert.match(output, /^SIGNATURE_INVALID: /m);
});

test('inspect decodes a claim', async (context) => {
  const { run, make, claim } = createCli(context);
  await make();
  const text = String(fieldsOf((await claim()).output).get('claim'));
  assert.match((await run(['inspect', text])).output, new RegExp(`owner: ${OWNER}`));
});

test('a value that can not be packed exactly is refused with its field', async (context) => {
  const { make, claim, seal } = createCli(context);
  await make();
  await claim();
  const refused = await seal({ ...FLAT, voltage: 253.9215 });
  assert.equal(refused.code, 1);
  assert.match(refused.errors, /^VALUE_NOT_EXACT: .*readings\[0\]\.voltage/);
});

test('bad JSON and options that are missing or unknown are said plainly', async (context) => {
  const { run } = createCli(context);
  assert.match((await run(['seal', 'x.json'], '{')).errors, /^BODY_MALFORMED: /);
  assert.match((await run(['seal'])).errors, /one JSON file/);
  assert.match((await run(['claim'])).errors, /^PARAMETER_INVALID: .*--chain-id = not given/);
  const unknown = await run(['provision', '--folder', 'x']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.errors, /Unknown option '--folder'/);
  assert.match((await run(['fly'])).errors, /There is no command "fly"/);
});

test('commands in the wrong order say what comes first', async (context) => {
  const { id, make, claim, seal } = createCli(context);
  assert.match((await id()).errors, /run `provision` first/);
  assert.match((await claim()).errors, /run `provision` first/);
  await make();
  assert.equal((await id()).code, 0);
  assert.match((await seal(FLAT)).errors, /run `claim` first/);
  assert.match((await make()).errors, /^DATA_IN_USE: /);
});

test('post sends what waits, and keeps it for later when the oracle is away', async (context) => {
  const oracle = await startFakeOracle(context);
  const { make, claim, seal, post } = createCli(context);
  await make();
  await claim();
  await seal(FLAT);
  const away = await post('http://127.0.0.1:9');
  assert.equal(away.code, 1);
  assert.match(away.output, /^0 posted, 1 wait: The oracle does not answer/);
  assert.deepEqual(await post(oracle.url), {
    code: 0,
    output: '1 posted, none wait\n',
    errors: '',
  });
  assert.equal(oracle.accepted.length, 1);
});

test('an envelope is packed from hex as from objects', async (context) => {
  const { make, claim, seal } = createCli(context);
  await make();
  await claim();
  const envelope = Object.fromEntries(fieldsOf((await seal(FLAT)).output));
  const packed = packEnvelope(envelope);
  assert.equal(packed.length, 176 + 64 + 88);
  const readings = toHex(packed.subarray(240));
  assert.deepEqual(packEnvelope({ ...envelope, readings }), packed);
});

test('the program itself prints to the right stream and leaves with the right code', () => {
  const program = join(import.meta.dirname, 'cli.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'inspect', 'nowhere'], {
    encoding: 'utf8',
  });
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^PARAMETER_INVALID: .*nowhere/);
});
