import assert from 'node:assert/strict';
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  createWebCryptoVerifier,
  decodeClaim,
  domainOf,
  fromHex,
  parseRegistrationFile,
  registryAbi,
  verifyMeterReplacement,
  verifyRotation,
} from '@truetonne/protocol';
import { decodeFunctionData, isHex } from 'viem';
import { runCli } from '../src/commands/runCli.ts';
import { makeTemporaryFolder } from './fakeOracle.ts';
import { CLAIMED_AT, DOMAIN, OWNER, REGISTRY } from './samples.ts';

const verify = createWebCryptoVerifier();
const PLACE = ['--registry', REGISTRY, '--chain-id', '31337'];

/** Runs commands in a folder of the test's own; relative paths are of that folder. */
function createCli(context: TestContext) {
  const folder = makeTemporaryFolder(context);
  const path = (name: string) => join(folder, name);
  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const errors: string[] = [];
    const code = await runCli(args, {
      print: (text) => lines.push(text),
      warn: (text) => errors.push(text),
      read: (name) => new Uint8Array(readFileSync(path(name))),
      write: (name, content) => {
        writeFileSync(path(name), content);
      },
    });
    return { code, output: lines.join('\n'), errors: errors.join('\n') };
  };
  return {
    path,
    run,
    fields: async (...args: readonly string[]) => fieldsOf(await run(...args)),
    /** A claimed device in a folder of this name. */
    claim: async (name: string, owner: string = OWNER) => {
      await run('provision', '--state', path(name));
      const at = ['--at', String(CLAIMED_AT), '--owner', owner];
      return fieldsOf(await run('claim', '--state', path(name), ...PLACE, ...at));
    },
    /** Seals a reading some minutes after the claim; answers the window as hex. */
    seal: async (name: string, minutes: number, kwh: number) => {
      const reading = { timestamp: CLAIMED_AT + 60 * minutes, total_energy_kwh: kwh };
      const json = JSON.stringify({ ...reading, imported_energy_kwh: 0 });
      writeFileSync(path('reading.json'), json);
      return run('seal', 'reading.json', '--state', path(name), '--hex');
    },
  };
}

interface Ran {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function fieldsOf({ code, output, errors }: Ran): (name: string) => string {
  assert.equal(code, 0, errors);
  const parsed: unknown = JSON.parse(output);
  const fields = new Map<string, unknown>(Object.entries(parsed ?? {}));
  return (name) => String(fields.get(name));
}

test('rotate makes the key of the new device and prints what rotateDevice takes', async (context) => {
  const { path, fields, run, claim, seal } = createCli(context);
  await claim('old');
  await seal('old', 1, 5);
  const at = CLAIMED_AT + 90;
  const args = ['rotate', '--state', path('old'), '--to', path('new'), '--at', String(at)];
  const printed = await fields(...args);
  const rotation = await verifyRotation(
    {
      bytes: fromHex(printed('rotation')),
      publicKey: fromHex(printed('oldPublicKey')),
      signature: fromHex(printed('oldSignature')),
    },
    DOMAIN,
    verify,
  );
  const claimed = decodeClaim(fromHex(printed('claim')));
  assert.deepEqual(claimed, {
    domain: DOMAIN,
    deviceId: rotation.successor,
    owner: OWNER,
    claimedAt: at,
    exportWh: 5_000n,
    importWh: 0n,
  });
  const signature = fromHex(printed('signature'));
  const publicKey = fromHex(printed('publicKey'));
  assert.ok(await verify(publicKey, fromHex(printed('claim')), signature));
  assert.equal(statSync(join(path('new'), 'key.pem')).mode & 0o777, 0o600);

  const again = await run(...args.slice(0, -2));
  assert.equal(fieldsOf(again)('rotation'), printed('rotation'));
  assert.equal(fieldsOf(again)('claim'), printed('claim'));
  assert.match((await seal('old', 2, 6)).errors, /^DEVICE_REVOKED/);
  assert.equal((await seal('new', 2, 6)).code, 0);
});

test('rotate takes registers and owner, and wants another folder', async (context) => {
  const { path, fields, run, claim } = createCli(context);
  await claim('old');
  const state = ['rotate', '--state', path('old')];
  const other = ['--owner', REGISTRY, '--export-wh', '7', '--import-wh', '8'];
  const printed = await fields(...state, '--to', path('new'), ...other);
  const { owner, exportWh, importWh } = decodeClaim(fromHex(printed('claim')));
  assert.deepEqual([owner, exportWh, importWh], [REGISTRY, 7n, 8n]);
  for (const to of [[], ['--to', path('old')]]) {
    assert.match((await run(...state, ...to)).errors, /^PARAMETER_INVALID.*another folder/);
  }
  const third = await run(...state, '--to', path('third'));
  assert.match(third.errors, /^SUCCESSOR_MISMATCH/);
});

test('replace-meter prints what the oracle and replaceMeter take, and prints it again', async (context) => {
  const { path, fields, run, claim, seal } = createCli(context);
  await claim('device');
  await seal('device', 1, 5);
  const state = ['replace-meter', '--state', path('device')];
  assert.match((await run(...state)).errors, /^PARAMETER_INVALID: .*--export-wh = not given/);
  assert.match((await run(...state, '--export-wh', '1')).errors, /--import-wh = not given/);
  const at = ['--at', String(CLAIMED_AT + 120)];
  const printed = await fields(...state, '--export-wh', '1', '--import-wh', '0', ...at);
  const replacement = await verifyMeterReplacement(
    {
      bytes: fromHex(printed('statement')),
      publicKey: fromHex(printed('publicKey')),
      signature: fromHex(printed('signature')),
    },
    DOMAIN,
    verify,
  );
  assert.deepEqual([replacement.sequence, replacement.exportWh], [1, 1n]);
  assert.equal((await fields(...state))('statement'), printed('statement'));
  assert.equal((await seal('device', 3, 0.002)).code, 0);
});

test('registration joins folders, and rows of folders and of printed claims', async (context) => {
  const { path, run, claim } = createCli(context);
  const first = await claim('first');
  await claim('second');
  const folders = [path('first'), path('second')];
  const joined = await run('registration', '--out', 'fleet', '--capacity-w', '6000', ...folders);
  assert.equal(joined.errors, '');
  assert.equal(joined.output, '2 devices, 488 bytes in fleet');
  const read = () =>
    parseRegistrationFile(new Uint8Array(readFileSync(path('fleet')))).map(
      ({ claim: { deviceId }, capacityW }) => [deviceId, capacityW],
    );
  assert.deepEqual(read()[0], [first('deviceId'), 6_000]);

  const rows = [
    '\uFEFFfolder,claim,public_key,signature,capacity_w',
    `${path('second')},,,,4000`,
    `,${first('claim')},${first('publicKey')},${first('signature')},5000`,
  ];
  writeFileSync(path('list.csv'), rows.join('\r\n'));
  const listed = await run('registration', '--out', 'fleet', '--list', 'list.csv');
  assert.equal(listed.errors, '');
  assert.deepEqual(read()[1], [first('deviceId'), 5_000]);
  assert.equal(read().length, 2);
});

test('registration refuses what the contract would, and writes nothing', async (context) => {
  const { path, run, claim } = createCli(context);
  const first = await claim('first');
  await claim('foreign', REGISTRY);
  const out = ['registration', '--out', 'fleet'];
  const folders = async (...names: readonly string[]) => {
    const capacity = ['--capacity-w', '1'];
    return (await run(...out, ...capacity, ...names.map(path))).errors;
  };
  const list = async (...lines: readonly string[]) => {
    writeFileSync(path('list.csv'), lines.join('\n'));
    return (await run(...out, '--list', 'list.csv')).errors;
  };
  assert.match(await folders('first', 'first'), /^DEVICE_ALREADY_CLAIMED: .*records\[1\]/);
  assert.match(await folders('first', 'foreign'), /^NOT_DEVICE_OWNER/);
  assert.match(await folders('nowhere'), /^CONFIGURATION_INVALID: .*run `provision` first/);
  assert.match(await list('folder,capacity_w', `${path('first')},0`), /^VALUE_OUT_OF_RANGE/);
  assert.match(await list('folder,capacity_w', `${path('first')},6.5`), /row 1: capacity_w = 6\.5/);
  assert.match(await list('folder', path('first')), /row 1: capacity_w = not given/);
  const row = (signature: string) => [
    'claim,public_key,signature,capacity_w',
    `${first('claim')},${first('publicKey')},${signature},1`,
  ];
  assert.match(await list(...row('0x12')), /^REGISTRATION_INVALID/);
  assert.match(await list(...row('none')), /row 1: signature = none/);
  assert.match(await list(...row(`0x${'01'.repeat(64)}`)), /^SIGNATURE_INVALID/);
  assert.match(await list('a,b', '1'), /^BODY_MALFORMED/);
  assert.match((await run(...out)).errors, /either --list or folders/);
  assert.throws(() => statSync(path('fleet')));
});

test('equivocation makes the call that freezes a device with a copied key', async (context) => {
  const { path, fields, run, claim, seal } = createCli(context);
  const publicKey = (await claim('device'))('publicKey');
  cpSync(path('device'), path('copy'), { recursive: true });
  const [a, b] = [await seal('device', 1, 5), await seal('copy', 1, 6)];
  const args = ['equivocation', a.output, b.output, '--public-key', publicKey, ...PLACE];
  const printed = await fields(...args);
  assert.equal(printed('sequence'), '1');
  const data = printed('calldata');
  assert.ok(isHex(data));
  const call = decodeFunctionData({ abi: registryAbi, data });
  assert.equal(call.functionName, 'freezeDevice');
  assert.deepEqual(
    call.args,
    ['publicKey', 'headerA', 'signatureA', 'headerB', 'signatureB'].map(printed),
  );

  const same = await run('equivocation', a.output, a.output, ...args.slice(3));
  assert.deepEqual([same.code, same.errors.split(':')[0]], [1, 'NOT_EQUIVOCAL']);
  const elsewhere = await run(...args.slice(0, 5), '--registry', OWNER, '--chain-id', '31337');
  assert.match(elsewhere.errors, /^DOMAIN_MISMATCH/);
  assert.notEqual(domainOf(31337, OWNER), DOMAIN);
  assert.match((await run('equivocation', a.output)).errors, /two windows/);
});
