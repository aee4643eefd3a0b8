import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { generate, parser, type Packet } from 'mqtt-packet';
import { encodeWindow } from '@truetonne/protocol';
import { joinWindows } from '../support/client.ts';
import { askForAccess, connectDevice, type BrokerAccess } from '../support/mqtt.ts';
import { DOMAIN, startLoneOracle, type LoneOracle } from '../support/noChain.ts';
import { eventually, TRANSPORTS } from '../support/service.ts';

let lone: LoneOracle;
let access: BrokerAccess;
let port: number;
before(async () => {
  lone = await startLoneOracle({ transports: { ...TRANSPORTS, mqttPort: 0 } });
  access = await askForAccess(lone.oracle.url, lone.device, DOMAIN);
  port = lone.oracle.mqttPort ?? 0;
});
after(async () => {
  await lone.stop();
});

const VERSIONS = [4, 5] as const;

for (const protocolVersion of VERSIONS) {
  describe(`MQTT ${protocolVersion === 4 ? '3.1.1' : '5'}`, () => {
    it('stores a window before its PUBACK', async () => {
      const device = await connectDevice(port, access, { protocolVersion });
      const window = lone.device.seal();
      await device.publish(encodeWindow(window));
      const { sequence } = await lone.client.status(lone.device.deviceId, window.header.sequence);
      assert.equal(sequence, window.header.sequence);
      await device.close();
    });

    it('takes a large window in one write with CONNECT (MQTT 3.1.1, section 3.1.4)', async () => {
      const window = lone.device.seal({ count: 60, seconds: 3_600 });
      const { clientId, username, password } = access;
      const packets: readonly Packet[] = [
        {
          ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion, clean: true, keepalive: 60 },
          ...{ clientId, username, password: Buffer.from(password) },
        },
        {
          ...{ cmd: 'publish', topic: access.publish, qos: 1, dup: false, retain: false },
          ...{ messageId: 1, payload: Buffer.from(encodeWindow(window)) },
        },
      ];
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(Buffer.concat(packets.map((packet) => generate(packet, { protocolVersion }))));
      const reader = parser({ protocolVersion });
      const heard: string[] = [];
      reader.on('packet', ({ cmd }) => heard.push(cmd));
      socket.on('data', (chunk: Buffer) => void reader.parse(chunk));
      const ended = new Promise((resolve) => void socket.once('close', resolve));
      reader.on('packet', ({ cmd }) => void (cmd === 'puback' && socket.end()));
      await ended;
      assert.deepEqual(heard, ['connack', 'puback']);
      await lone.client.status(lone.device.deviceId, window.header.sequence);
    });

    it('stores many in one message, and takes the same again', async () => {
      const device = await connectDevice(port, access, { protocolVersion });
      const windows = [lone.device.seal(), lone.device.seal(), lone.device.seal()];
      await device.publish(joinWindows(windows));
      await device.publish(joinWindows(windows));
      const last = windows[2]?.header.sequence ?? 0;
      assert.equal((await lone.client.status(lone.device.deviceId, last)).sequence, last);
      await device.close();
    });

    it('answers a refused window with its sequence and code, and goes on', async () => {
      const device = await connectDevice(port, access, { protocolVersion });
      const [good, bad] = [lone.device.seal(), lone.device.seal()];
      const spoiled = encodeWindow(bad);
      spoiled[180] = (spoiled[180] ?? 0) ^ 1;
      await device.publish(spoiled);
      const answer = await device.nextAnswer();
      assert.deepEqual([answer.sequence, answer.code], [bad.header.sequence, 'SIGNATURE_INVALID']);
      await device.publish(encodeWindow(good));
      await device.publish(encodeWindow(bad));
      await device.publish(new Uint8Array(7));
      assert.deepEqual((await device.nextAnswer()).sequence, null);
      await device.close();
    });

    it('keeps no answer that a device does not acknowledge for a later session', async () => {
      const { clientId, username, password } = access;
      const qos = 1;
      const packets: readonly Packet[] = [
        {
          ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion, clean: false, keepalive: 60 },
          ...{ clientId, username, password: Buffer.from(password) },
          ...(protocolVersion === 5 ? { properties: { sessionExpiryInterval: 3_600 } } : {}),
        },
        { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: access.subscribe, qos }] },
        {
          ...{ cmd: 'publish', topic: access.publish, qos, dup: false, retain: false },
          ...{ messageId: 2, payload: Buffer.from('no window') },
        },
      ];
      const deaf = connect(port, '127.0.0.1');
      const reader = parser({ protocolVersion });
      deaf.on('data', (chunk: Buffer) => void reader.parse(chunk));
      deaf.write(Buffer.concat(packets.map((packet) => generate(packet, { protocolVersion }))));
      await new Promise<void>((resolve) => {
        reader.on('packet', ({ cmd }) => void (cmd === 'publish' && resolve()));
      });
      deaf.destroy();
      const device = await connectDevice(port, access, { protocolVersion, clean: false });
      const window = lone.device.seal();
      const spoiled = encodeWindow(window);
      spoiled[180] = (spoiled[180] ?? 0) ^ 1;
      await device.publish(spoiled);
      assert.equal((await device.nextAnswer()).sequence, window.header.sequence);
      await device.publish(encodeWindow(window));
      await device.close();
    });

    it('lets a device publish to no topic but its own', async () => {
      const others = `tt/v1/${lone.unbound.deviceId.slice(2)}/windows`;
      for (const topic of [others, access.subscribe, 'tt/v1/x/windows', '$SYS/x', 'a/b/c']) {
        const device = await connectDevice(port, access, { protocolVersion });
        await assert.rejects(device.expect(device.publish(new Uint8Array(1), topic)), topic);
        await device.close();
      }
    });

    it('lets a device subscribe to nothing but its own answers', async () => {
      const device = await connectDevice(port, access, { protocolVersion });
      const others = `tt/v1/${lone.unbound.deviceId.slice(2)}/answers`;
      for (const topic of [others, '#', 'tt/v1/+/answers', '$SYS/#', access.publish]) {
        await assert.rejects(device.client.subscribeAsync(topic, { qos: 1 }), topic);
      }
      await device.close();
    });

    it('refuses a wrong password, name, or client id', async () => {
      const stranger = lone.unbound.deviceId.slice(2);
      for (const wrong of [
        { password: 'x' },
        { username: stranger },
        { clientId: stranger },
        { clientId: stranger, username: stranger },
      ]) {
        await assert.rejects(connectDevice(port, access, { protocolVersion, ...wrong }));
      }
    });
  });
}

describe('what comes to the MQTT port', () => {
  it("refuses another device's window on this device's topic", async () => {
    const device = await connectDevice(port, access);
    await device.publish(encodeWindow(lone.unbound.seal()));
    assert.equal((await device.nextAnswer()).code, 'TOPIC_OF_OTHER_DEVICE');
    await device.close();
  });

  it('breaks a connection that is no MQTT or states too large a packet, and goes on', async () => {
    const garbage = [
      'GET / HTTP/1.1\r\n\r\n',
      Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]),
      Buffer.alloc(0),
    ];
    for (const bytes of [...garbage, Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff])]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.end(bytes);
      await once(socket, 'close');
    }
    const device = await connectDevice(port, access);
    const closed = device.closed;
    device.client.publish(access.publish, Buffer.alloc(2_000_000), { qos: 1 });
    await closed;
    await device.close();
    const again = await connectDevice(port, access);
    await again.publish(encodeWindow(lone.device.seal()));
    await again.close();
  });

  it('breaks a connection whose CONNECT is too large, in however many pieces it comes', async () => {
    // A remaining length of 5,000, then its bytes one by one.
    for (const pieces of [[[0x10, 0x88, 0x27]], [[0x10], [0x88], [0x27]]]) {
      const socket = connect(port, '127.0.0.1').setNoDelay(true);
      socket.on('error', () => undefined);
      const ended = once(socket, 'close');
      for (const piece of pieces) {
        socket.write(Buffer.from(piece));
        await sleep(20);
      }
      await ended;
    }
  });

  it('keeps nothing for later, whatever is asked', async () => {
    const device = await connectDevice(port, access);
    const window = lone.device.seal();
    await device.client.publishAsync(access.publish, Buffer.from(encodeWindow(window)), {
      qos: 1,
      retain: true,
    });
    await device.client.publishAsync(access.publish, Buffer.from(encodeWindow(window)), { qos: 2 });
    await device.close();
    await lone.client.status(lone.device.deviceId, window.header.sequence);
  });

  it('takes a later connection of a device for the only one', async () => {
    const first = await connectDevice(port, access);
    const closed = first.closed;
    const second = await connectDevice(port, access);
    await closed;
    await second.publish(encodeWindow(lone.device.seal()));
    await second.close();
    await first.close();
  });

  it('counts connections', async () => {
    const device = await connectDevice(port, access);
    await device.close();
    await eventually(
      () => lone.client.health(),
      ({ status }) => status === 'degraded',
    );
  });
});
