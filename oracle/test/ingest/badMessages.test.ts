import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { encodeWindow, toHex, type ErrorCode, type SealedWindow } from '@truetonne/protocol';
import { BAD_BYTES } from '../support/badBytes.ts';
import { joinWindows } from '../support/client.ts';
import {
  askForAccess,
  connectDevice,
  type BrokerAccess,
  type Connection,
} from '../support/mqtt.ts';
import { DOMAIN, startLoneOracle, type LoneOracle } from '../support/noChain.ts';
import { startRabbitMq } from '../support/rabbitmq.ts';
import { eventually, TRANSPORTS } from '../support/service.ts';

type Sender = 'device' | 'unbound' | 'fast';
const SENDERS: readonly Sender[] = ['device', 'unbound', 'fast'];

interface Broker {
  readonly name: string;
  readonly versions: readonly (4 | 5)[];
  /** Answers the oracle, the port for devices, and what to do at the end. */
  readonly start: () => Promise<Started>;
}

interface Started {
  readonly lone: LoneOracle;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Debian's RabbitMQ speaks 3.1.1 alone. */
const BROKERS: readonly Broker[] = [
  { name: 'the embedded broker', versions: [4, 5], start: startEmbedded },
  { name: 'RabbitMQ', versions: [4], start: startWithRabbit },
];

async function startEmbedded(): Promise<Started> {
  const lone = await startLoneOracle({ transports: { ...TRANSPORTS, mqttPort: 0 } });
  return { lone, port: lone.oracle.mqttPort ?? 0, stop: lone.stop };
}

async function startWithRabbit(): Promise<Started> {
  const rabbit = await startRabbitMq();
  const { amqpUrl, oraclePort, mqttPort } = rabbit;
  const lone = await startLoneOracle({
    port: oraclePort,
    transports: { ...TRANSPORTS, amqpUrl },
  });
  const access = await askForAccess(lone.oracle.url, lone.device, DOMAIN);
  // It lets devices in when the oracle has declared its queues.
  const connection = await eventually(
    () => connectDevice(mqttPort, access).catch(() => undefined),
    (found) => found !== undefined,
  );
  await connection?.close();
  const stop = async (): Promise<void> => {
    await lone.stop();
    await rabbit.stop();
  };
  return { lone, port: mqttPort, stop };
}

/** A device's topic is the device's: what another one signed is refused as that. */
const onOwnTopic = (name: string, code: ErrorCode, field: string) =>
  name === 'an unknown device' ? ['TOPIC_OF_OTHER_DEVICE', 'deviceId'] : [code, field];

for (const broker of BROKERS) {
  describe(`bad input through ${broker.name}`, () => {
    let lone: LoneOracle;
    let port: number;
    let spare: SealedWindow;
    /** Made once: a device that seals goes on from there. */
    let bodies: readonly Uint8Array[];
    let stop: () => Promise<void>;
    const accessOf = new Map<Sender, BrokerAccess>();
    const open = new Map<Sender, { readonly version: 4 | 5; readonly connection: Connection }>();
    before(async () => {
      ({ lone, port, stop } = await broker.start());
      spare = lone.device.seal();
      bodies = BAD_BYTES.map(({ body }) => body(spare, lone));
      for (const name of SENDERS)
        accessOf.set(name, await askForAccess(lone.oracle.url, lone[name], DOMAIN));
    });
    after(async () => {
      for (const { connection } of open.values()) await connection.close();
      await stop();
    });

    /**
     * One connection outlasts all that is sent through it. Leaving and coming back at once would race
     * with RabbitMQ, which takes the queue of the connection that left away in its own time.
     */
    const connectAs = async (name: Sender, protocolVersion: 4 | 5 = 4): Promise<Connection> => {
      const known = open.get(name);
      if (known?.version === protocolVersion) return known.connection;
      await known?.connection.close();
      const access = accessOf.get(name) ?? assert.fail();
      const connection = await connectDevice(port, access, { protocolVersion });
      open.set(name, { version: protocolVersion, connection });
      return connection;
    };
    /** What the store holds of all devices. */
    const readAll = () => lone.client.devices();
    /** RabbitMQ's PUBACK says that the message is in a queue: the store has it soon after. */
    const untilStored = ({ header }: SealedWindow) =>
      eventually(
        () => lone.client.status(lone.device.deviceId, header.sequence).catch(() => undefined),
        (status) => status !== undefined,
      );

    for (const protocolVersion of broker.versions) {
      const version = protocolVersion === 4 ? '3.1.1' : '5';
      describe(`over MQTT ${version} is answered with code and field, and not stored`, () => {
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
          });
        }
      });
    }

    describe('that is half good', () => {
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
        for (const good of [first, third]) await untilStored(good);
        await connection.publish(encodeWindow(second));
        await untilStored(second);
      });

      it('keep what comes before bytes that can not be separated', async () => {
        const connection = await connectAs('device');
        const good = lone.device.seal();
        await connection.publish(Uint8Array.from([...encodeWindow(good), ...new Uint8Array(500)]));
        const answer = await connection.nextAnswer();
        assert.deepEqual([answer.sequence, answer.code], [null, 'COUNT_OUT_OF_RANGE']);
        await untilStored(good);
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
      });
    });
  });
}
