import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { encodeWindow, toHex, type ErrorCode, type SealedWindow } from '@truetonne/protocol';
import { BAD_BYTES } from './badBytes.ts';
import { joinWindows } from './client.ts';
import { askForAccess, connectDevice, type BrokerAccess, type Connection } from './mqtt.ts';
import { DOMAIN, startLoneOracle, type LoneOracle } from './noChain.ts';
import { TRANSPORTS } from './service.ts';

type Sender = 'device' | 'unbound' | 'fast';
const SENDERS: readonly Sender[] = ['device', 'unbound', 'fast'];

let lone: LoneOracle;
let port: number;
let spare: SealedWindow;
/** Made once: a device that seals goes on from there. */
let bodies: readonly Uint8Array[];
const accessOf = new Map<Sender, BrokerAccess>();
before(async () => {
  lone = await startLoneOracle({ transports: { ...TRANSPORTS, mqttPort: 0 } });
  port = lone.oracle.mqttPort ?? 0;
  spare = lone.device.seal();
  bodies = BAD_BYTES.map(({ body }) => body(spare, lone));
  for (const name of SENDERS)
    accessOf.set(name, await askForAccess(lone.oracle.url, lone[name], DOMAIN));
});
after(async () => {
  await lone.stop();
});

const connectAs = (name: Sender, protocolVersion: 4 | 5 = 4): Promise<Connection> => {
  const access = accessOf.get(name);
  assert.ok(access);
  return connectDevice(port, access, { protocolVersion });
};

/** What the store holds of all devices. */
const readAll = () => lone.client.devices();

/** A device's topic is the device's: what another one signed is refused as that. */
const onOwnTopic = (name: string, code: ErrorCode, field: string) =>
  name === 'an unknown device' ? ['TOPIC_OF_OTHER_DEVICE', 'deviceId'] : [code, field];

for (const protocolVersion of [4, 5] as const) {
  const version = protocolVersion === 4 ? '3.1.1' : '5';
  describe(`bad input over MQTT ${version} is answered with code and field, and not stored`, () => {
    for (const [index, { name, code, field, from = 'device' }] of BAD_BYTES.entries()) {
      it(name, async () => {
        const connection = await connectAs(from, protocolVersion);
        const before = await readAll();
        // Returns at the PUBACK: a message that can never be stored must not come for ever.
        await connection.publish(bodies[index] ?? assert.fail());
        const answer = await connection.nextAnswer();
        assert.deepEqual([answer.code, answer.field], onOwnTopic(name, code, field));
        assert.match(answer.detail, /\S/);
        assert.deepEqual(await readAll(), before);
        await connection.close();
      });
    }
  });
}

describe('messages over MQTT that are half good', () => {
  it('keep the good windows around a bad one, and name the place of the bad one', async () => {
    const connection = await connectAs('device');
    const [first, second, third] = [spare, lone.device.seal(), lone.device.seal()];
    const spoiled = joinWindows([first, second, third]);
    const place = encodeWindow(first).length + 180;
    spoiled[place] = (spoiled[place] ?? 0) ^ 1;
    await connection.publish(spoiled);
    const answer = await connection.nextAnswer();
    assert.deepEqual(
      [answer.sequence, answer.code, answer.field],
      [second.header.sequence, 'SIGNATURE_INVALID', 'windows[1].signature'],
    );
    for (const { header } of [first, third])
      await lone.client.status(lone.device.deviceId, header.sequence);
    await connection.publish(encodeWindow(second));
    await lone.client.status(lone.device.deviceId, second.header.sequence);
    await connection.close();
  });

  it('keep what comes before bytes that can not be separated', async () => {
    const connection = await connectAs('device');
    const good = lone.device.seal();
    await connection.publish(Uint8Array.from([...encodeWindow(good), ...new Uint8Array(500)]));
    const answer = await connection.nextAnswer();
    assert.deepEqual([answer.sequence, answer.code], [null, 'COUNT_OUT_OF_RANGE']);
    await lone.client.status(lone.device.deviceId, good.header.sequence);
    await connection.close();
  });

  it('are not JSON: the same text is taken over HTTP only', async () => {
    const connection = await connectAs('device');
    const window = lone.device.seal();
    const text = JSON.stringify({
      header: toHex(window.headerBytes),
      signature: toHex(window.signature),
      readings: toHex(window.readingsBytes),
    });
    await connection.publish(new TextEncoder().encode(text));
    assert.equal((await connection.nextAnswer()).code, 'COUNT_OUT_OF_RANGE');
    const { status } = await lone.client.postJson('/v1/windows', JSON.parse(text));
    assert.equal(status, 200);
    await connection.close();
  });

  it('tell of EQUIVOCATION when a sequence number is used twice, and keep the first', async () => {
    const connection = await connectAs('device');
    const window = lone.device.seal();
    await connection.publish(encodeWindow(window));
    await connection.publish(encodeWindow(lone.device.forge(window, 1n)));
    const answer = await connection.nextAnswer();
    assert.deepEqual(
      [answer.sequence, answer.code, answer.status],
      [window.header.sequence, 'EQUIVOCATION', 409],
    );
    const stored = await lone.client.window(lone.device.deviceId, window.header.sequence);
    assert.equal(stored.headerHash, window.headerHash);
    await connection.close();
  });
});
