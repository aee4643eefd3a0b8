import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import {
  deviceIdOf,
  fromHex,
  parseWindow,
  verifyCredentialRequest,
  type Hex,
} from '@truetonne/protocol';
import { DOMAIN } from '../../../../test/samples.ts';
import { makeBuildFolder } from '../../toolchain.ts';
import answers from './answers.json' with { type: 'json' };
import {
  assertChain,
  buildPort,
  MINUTE,
  readClaim,
  runPort,
  STARTED_AT,
  startReceiver,
  verifySignature,
} from './port.ts';

const folder = mkdtempSync(join(tmpdir(), 'truetonne-esp-'));
let program: string;

before(async () => {
  program = await buildPort(folder, 'mqtt');
});

after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Up to the first published window; the oracle gives out the password `secret`. */
const MQTT_BEGIN = [
  ...[`time ${STARTED_AT}`, 'open', 'claim', ...MINUTE, 'seal', ...MINUTE, 'seal'],
  ...['deliver', 'connected 1', 'deliver'],
];

test('over MQTT the password is asked for with the key, and a window waits for its PUBACK', async (context) => {
  const receiver = await startReceiver(context);
  receiver.answer = () => [200, { clientId: 'c', username: 'u', password: 'secret' }];
  const lines = await runPort(
    program,
    makeBuildFolder(context),
    [
      ...MQTT_BEGIN,
      ...['deliver', 'puback', 'deliver', 'wait 2000', 'deliver', 'puback', 'deliver', 'wait 2000'],
      'deliver',
    ],
    receiver,
  );
  const { claim, publicKey } = readClaim(lines);
  const id = deviceIdOf(publicKey).slice(2);

  assert.deepEqual(receiver.paths, [`/v1/devices/0x${id}/mqtt-credentials`]);
  // Proof: the port wrote this JSON; what is wrong in it fails the verification.
  const asked = JSON.parse(String(receiver.bodies[0])) as { request: Hex; signature: Hex };
  const signed = { bytes: fromHex(asked.request), publicKey, signature: fromHex(asked.signature) };
  const request = await verifyCredentialRequest(signed, DOMAIN, verifySignature);
  assert.equal(request.deviceId, deviceIdOf(publicKey));
  assert.ok(lines.includes(`connect mqtt://192.168.1.10:1883 ${id} ${id} secret`));
  assert.ok(lines.includes(`subscribe tt/v1/${id}/answers 1`));

  const published = lines.filter((line) => line.startsWith('publish'));
  const windows = published.map((line) => {
    const [, topic, qos, retain, hex] = line.split(' ');
    assert.deepEqual([topic, qos, retain], [`tt/v1/${id}/windows`, '1', '0']);
    return parseWindow(fromHex(`0x${hex ?? ''}`), DOMAIN);
  });
  assert.equal(windows.length, 2);
  await assertChain(windows, claim, publicKey);
  const waiting = lines.filter((line) => line.startsWith('deliver')).map((line) => line.at(-1));
  assert.deepEqual(waiting, ['2', '2', '2', '2', '1', '1', '0']);
});

/** Settles the first window with an answer of the oracle; the last line says how many wait then. */
const settle = async (context: TestContext, answer: string) => {
  const receiver = await startReceiver(context);
  receiver.answer = () => [200, { password: 'secret' }];
  const settled = ['puback', `answer ${answer}`, 'deliver', 'wait 2000', 'deliver'];
  return runPort(program, makeBuildFolder(context), [...MQTT_BEGIN, ...settled], receiver);
};

test('over MQTT the window stays when the oracle asks to wait, and goes at any other refusal', async (context) => {
  const waiting: Record<string, string | undefined> = {};
  for (const answer of answers) {
    const code = /"code":"(\w+)"/.exec(answer)?.[1] ?? '';
    waiting[code] = (await settle(context, answer)).at(-1);
  }
  assert.deepEqual(waiting, {
    TIME_FUTURE: 'deliver OK 2',
    ENTITLEMENT_DEVICES: 'deliver OK 2',
    EQUIVOCATION: 'deliver OK 1',
    SIGNATURE_INVALID: 'deliver OK 1',
  });
});

test('over MQTT the window stays when an answer is not understood', async (context) => {
  const filled = (length: number): string =>
    '{"sequence":1,"code":"TIME_OVERLAP","detail":"'.padEnd(length - 2, 'x') + '"}';
  const cases: readonly (readonly [string, string])[] = [
    [filled(1_024), 'deliver OK 1'],
    [filled(1_025), 'deliver OK 2'],
    [filled(3_000), 'deliver OK 2'],
    ['{"sequence":1}', 'deliver OK 2'],
  ];
  for (const [answer, expected] of cases) {
    assert.equal((await settle(context, answer)).at(-1), expected, answer.slice(0, 60));
  }
});

test('over MQTT what was not acknowledged is published again', async (context) => {
  const receiver = await startReceiver(context);
  receiver.answer = () => [200, { password: 'secret' }];
  const lines = await runPort(
    program,
    makeBuildFolder(context),
    [
      ...MQTT_BEGIN,
      // No PUBACK for a minute; then one with an answer that asks to wait.
      ...['wait 61000', 'deliver', 'puback', `answer ${answers[0] ?? ''}`],
      ...['wait 2000', 'deliver', 'deliver', 'wait 60000', 'deliver'],
    ],
    receiver,
  );
  const published = lines.filter((line) => line.startsWith('publish'));
  assert.equal(published.length, 3);
  assert.equal(new Set(published).size, 1);
  assert.equal(lines.at(-1), 'deliver OK 2');
});

test('over MQTT an answer that refuses for good lets the next window go', async (context) => {
  const receiver = await startReceiver(context);
  receiver.answer = () => [200, { password: 'secret' }];
  const lines = await runPort(
    program,
    makeBuildFolder(context),
    [
      ...MQTT_BEGIN,
      ...[
        'puback',
        'answer {"sequence":1,"code":"TIME_OVERLAP"}',
        'deliver',
        'wait 2000',
        'deliver',
      ],
    ],
    receiver,
  );
  assert.equal(lines.at(-1), 'deliver OK 1');
});

test('a broker that refuses the password is answered with a new one', async (context) => {
  const receiver = await startReceiver(context);
  let passwords = 0;
  receiver.answer = () => [200, { password: `secret${++passwords}` }];
  const lines = await runPort(
    program,
    makeBuildFolder(context),
    [...[`time ${STARTED_AT}`, 'open', 'claim', 'deliver', 'refused', 'deliver']],
    receiver,
  );
  assert.ok(lines.some((line) => line.startsWith('connect') && line.endsWith(' secret1')));
  assert.ok(lines.some((line) => line.startsWith('reconnect') && line.endsWith(' secret2')));
});
