import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, type ConfirmChannel } from 'amqplib';
import { encodeWindow } from '@truetonne/protocol';
import { REFUSED, WINDOWS_QUEUE } from '../../src/transports/amqp/topology.ts';
import { joinWindows } from '../support/client.ts';
import { askForAccess, connectDevice, type BrokerAccess } from '../support/mqtt.ts';
import { DOMAIN, startLoneOracle, type LoneOracle } from '../support/noChain.ts';
import { startRabbitMq, type RabbitMq } from '../support/rabbitmq.ts';
import { eventually, TRANSPORTS } from '../support/service.ts';

/** Windows of a device in so many seconds. */
const LIMIT = 100;
const LIMIT_SECONDS = 4;

let rabbit: RabbitMq;
let lone: LoneOracle;
let access: BrokerAccess;
before(async () => {
  rabbit = await startRabbitMq();
  const { amqpUrl, oraclePort: port } = rabbit;
  const limits = { deviceWindows: LIMIT, ownerWindows: 0, seconds: LIMIT_SECONDS };
  lone = await startLoneOracle({ port, transports: { ...TRANSPORTS, amqpUrl, limits } });
  access = await askForAccess(lone.oracle.url, lone.device, DOMAIN);
});
after(async () => {
  await lone.stop();
  await rabbit.stop();
});

const isStored = (sequence: number): Promise<boolean> =>
  lone.client.status(lone.device.deviceId, sequence).then(
    () => true,
    () => false,
  );
const untilStored = (sequence: number) => eventually(() => isStored(sequence), Boolean);

/** Connects as soon as the broker lets the device in: the oracle declares its queues first. */
const connectSoon = () =>
  eventually(
    () => connectDevice(rabbit.mqttPort, access).catch(() => undefined),
    (connection) => connection !== undefined,
  ).then((connection) => {
    assert.ok(connection);
    return connection;
  });

async function withChannel<T>(work: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
  const connection = await connect(rabbit.amqpUrl);
  try {
    return await work(await connection.createConfirmChannel());
  } finally {
    await connection.close();
  }
}

const countIn = (queue: string) =>
  withChannel(async (channel) => (await channel.checkQueue(queue)).messageCount);

describe('RabbitMQ between devices and the oracle', () => {
  it('lets the first device in when its queues outlast a crash of the broker', async () => {
    await (await connectSoon()).close();
    await rabbit.restart();
    const device = await connectSoon();
    const window = lone.device.seal();
    await device.publish(encodeWindow(window));
    await untilStored(window.header.sequence);
    await device.close();
  });

  it('brings windows to the store, one and many in a message', async () => {
    const device = await connectSoon();
    await device.publish(encodeWindow(lone.device.seal()));
    const many = [lone.device.seal(), lone.device.seal()];
    await device.publish(joinWindows(many));
    await untilStored(many[1]?.header.sequence ?? 0);
    await device.close();
  });

  it('tells a device what was refused, and puts the message aside', async () => {
    const device = await connectSoon();
    const window = lone.device.seal();
    const spoiled = encodeWindow(window);
    spoiled[180] = (spoiled[180] ?? 0) ^ 1;
    await device.publish(spoiled);
    const answer = await device.nextAnswer();
    assert.deepEqual([answer.sequence, answer.code], [window.header.sequence, 'SIGNATURE_INVALID']);
    await device.publish(new Uint8Array([1, 2, 3]));
    assert.equal((await device.nextAnswer()).code, 'WINDOW_TRUNCATED');
    await eventually(
      () => countIn(REFUSED),
      (count) => count === 2,
    );
    assert.equal(await countIn(WINDOWS_QUEUE), 0);
    await device.publish(encodeWindow(window));
    await untilStored(window.header.sequence);
    await device.close();
  });

  it('keeps devices to their own topics, and strangers out', async () => {
    const others = `tt/v1/${lone.unbound.deviceId.slice(2)}`;
    for (const topic of [`${others}/answers`, '#', access.publish]) {
      const device = await connectSoon();
      await assert.rejects(device.expect(device.client.subscribeAsync(topic, { qos: 1 })), topic);
      await device.close();
    }
    for (const topic of [`${others}/windows`, access.subscribe, 'a/b']) {
      const device = await connectSoon();
      await assert.rejects(device.expect(device.publish(new Uint8Array(1), topic)), topic);
      await device.close();
    }
    await assert.rejects(connectDevice(rabbit.mqttPort, { ...access, password: 'x' }));
    const clientId = lone.unbound.deviceId.slice(2);
    await assert.rejects(connectDevice(rabbit.mqttPort, { ...access, clientId }));
  });

  it('keeps what comes while no oracle runs, and through a crash of the broker', async () => {
    const device = await connectSoon();
    // What the broker may do was asked before; it remembers the answers for a minute.
    await device.publish(encodeWindow(lone.device.seal()));
    await lone.oracle.stop();
    const windows = Array.from({ length: 50 }, () => lone.device.seal());
    await Promise.all(windows.map((window) => device.publish(encodeWindow(window))));
    await device.close();
    await rabbit.restart();
    lone = await lone.restart();
    for (const { header } of windows) await untilStored(header.sequence);
  });

  it('lets a device that floods wait and loses nothing of it', async () => {
    const device = await connectSoon();
    const flood = Array.from({ length: 3 * LIMIT }, () => lone.device.seal());
    const started = performance.now();
    for (let start = 0; start < flood.length; start += LIMIT) {
      await device.publish(joinWindows(flood.slice(start, start + LIMIT)));
    }
    for (const { header } of flood) await untilStored(header.sequence);
    // However slow the machine is, the third hundred has no room before the second time has passed.
    const seconds = (performance.now() - started) / 1_000;
    assert.ok(seconds >= LIMIT_SECONDS, `all were stored after ${seconds} s`);
    await device.close();
  });
});
