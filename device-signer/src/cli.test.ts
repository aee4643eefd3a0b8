import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { findBytes, type Hex } from '@truetonne/protocol';
import { packEnvelope } from './envelope.ts';
import { makeTemporaryFolder } from '../test/fakeOracle.ts';
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
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the program with a state folder of the test's own. */
function createCli(context: TestContext) {
  const folder = makeTemporaryFolder(context);
  const run = (args: readonly string[], input = ''): CliResult => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'cli.ts'), ...args],
      { encoding: 'utf8', input, cwd: folder },
    );
    return { code: status, output: stdout, errors: stderr };
  };
  const claim = (): CliResult =>
    run([
      ...['claim', '--owner', OWNER, '--registry', REGISTRY],
      ...['--chain-id', '31337', '--at', String(CLAIMED_AT)],
    ]);
  return { folder, run, claim };
}

function fieldsOf(text: string): ReadonlyMap<string, unknown> {
  const parsed: unknown = JSON.parse(text);
  return new Map(Object.entries(parsed ?? {}));
}

test('without a command, and with --help, the commands are listed', (context) => {
  const { run } = createCli(context);
  assert.equal(run([]).code, 2);
  assert.equal(run(['--help']).code, 0);
  for (const name of ['new', 'id', 'claim', 'seal', 'post', 'inspect']) {
    assert.match(run(['--help']).output, new RegExp(`^  ${name} `, 'm'));
  }
});

test('a flat reading becomes a signed envelope that inspect finds nothing wrong with', (context) => {
  const { run, claim, folder } = createCli(context);
  const publicKey = String(fieldsOf(run(['new']).output).get('publicKey'));
  assert.equal(claim().code, 0);
  const sealed = run(['seal', '-'], JSON.stringify(FLAT));
  assert.equal(sealed.errors, '');
  assert.deepEqual(fieldsOf(sealed.output).get('readings'), [FLAT]);
  const file = join(folder, 'window.json');
  writeFileSync(file, sealed.output);
  const place = ['--registry', REGISTRY, '--chain-id', '31337', '--public-key', publicKey];
  const inspected = run(['inspect', file, ...place]);
  assert.equal(inspected.code, 0);
  assert.match(inspected.output, /activePowerMw: 2977305\n/);
  assert.match(inspected.output, /exportWh: 7698\n/);
  assert.match(inspected.output, /Nothing is wrong with it\.\n$/);
});

test('inspect names what is wrong with a window by its code', (context) => {
  const { run, claim } = createCli(context);
  run(['new']);
  claim();
  const hex: Hex = `0x${run(['seal', '-', '--hex'], JSON.stringify(FLAT)).output.trim().slice(2)}`;
  const inspect = (bytes: string): string => run(['inspect', bytes]).output;
  assert.match(inspect(hex), /Signature not checked/);
  assert.match(inspect(hex.slice(0, 300)), /^WINDOW_TRUNCATED: /m);
  assert.match(inspect(`0x00${hex.slice(4)}`), /^VERSION_UNKNOWN: /m);
  assert.match(inspect(`${hex.slice(0, -2)}01`), /^READING_NOT_CANONICAL: /m);
  const elsewhere = run(['inspect', hex, '--registry', OWNER, '--chain-id', '31337']);
  assert.match(elsewhere.output, /^DOMAIN_MISMATCH: /m);
  assert.equal(elsewhere.code, 1);
});

test('inspect decodes a claim', (context) => {
  const { run, claim } = createCli(context);
  run(['new']);
  const text = String(fieldsOf(claim().output).get('claim'));
  assert.match(run(['inspect', text]).output, new RegExp(`owner: ${OWNER}`));
});

test('a value that can not be packed exactly is refused with its field', (context) => {
  const { run, claim } = createCli(context);
  run(['new']);
  claim();
  const refused = run(['seal', '-'], JSON.stringify({ ...FLAT, voltage: 253.9215 }));
  assert.equal(refused.code, 1);
  assert.match(refused.errors, /^VALUE_NOT_EXACT: .*readings\[0\]\.voltage/);
});

test('a missing file, bad JSON and unknown options are said plainly', (context) => {
  const { run } = createCli(context);
  assert.match(run(['seal', 'nowhere.json']).errors, /^PARAMETER_INVALID: .*nowhere\.json/);
  assert.match(run(['seal', '-'], '{').errors, /^BODY_MALFORMED: /);
  assert.match(run(['seal']).errors, /one JSON file/);
  const unknown = run(['new', '--folder', 'x']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.errors, /Unknown option '--folder'/);
  assert.match(run(['fly']).errors, /There is no command "fly"/);
});

test('commands in the wrong order say what comes first', (context) => {
  const { run, claim } = createCli(context);
  assert.match(run(['id']).errors, /run `new` first/);
  assert.match(claim().errors, /run `new` first/);
  run(['new']);
  assert.match(run(['seal', '-'], JSON.stringify(FLAT)).errors, /run `claim` first/);
  assert.match(run(['new']).errors, /^DATA_IN_USE: /);
});

test('post keeps windows for later when the oracle is away', (context) => {
  const { run, claim } = createCli(context);
  run(['new']);
  claim();
  run(['seal', '-'], JSON.stringify(FLAT));
  const posted = run(['post', '--oracle', 'http://127.0.0.1:9']);
  assert.equal(posted.code, 1);
  assert.match(posted.output, /^0 posted, 1 wait: The oracle does not answer/);
});

test('an envelope is packed from hex as from objects', (context) => {
  const { run, claim } = createCli(context);
  run(['new']);
  claim();
  const envelope = fieldsOf(run(['seal', '-'], JSON.stringify(FLAT)).output);
  const packed = packEnvelope(Object.fromEntries(envelope));
  assert.equal(packed.length, 176 + 64 + 88);
  const readings = `0x${Buffer.from(packed.subarray(240)).toString('hex')}`;
  assert.deepEqual(packEnvelope({ ...Object.fromEntries(envelope), readings }), packed);
  assert.notEqual(findBytes(readings), undefined);
});
