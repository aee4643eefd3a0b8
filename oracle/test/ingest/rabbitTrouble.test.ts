import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { encodeWindow, type SealedWindow } from '@truetonne/protocol';
import { createDirectory } from '../../src/metering/ingest/directory.ts';
import { createLimits } from '../../src/metering/ingest/limits.ts';
import { createVerifier } from '../../src/metering/ingest/verifier.ts';
import { createWindowWriter } from '../../src/metering/ingest/writer.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createLog } from '../../src/runtime/log.ts';
import type { Database } from '../../src/store/database/database.ts';
import { openStore } from '../../src/store/database/open.ts';
import * as topology from '../../src/transports/amqp/topology.ts';
import { startWorker, type AmqpWorker } from '../../src/transports/amqp/worker.ts';
import { topicsOf } from '../../src/transports/topics.ts';
import { createTestDevice } from '../support/device.ts';
import { makeDataFolder, type TestFolder } from '../support/folders.ts';
import { CLAIMED_AT, DOMAIN } from '../support/noChain.ts';
import { startRabbitMq, type RabbitMq } from '../support/rabbitmq.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { eventually } from '../support/service.ts';

const { ASIDE, FORMER_WINDOWS_QUEUE, LATER, REFUSED, TOPIC_EXCHANGE, WINDOWS_QUEUE } = topology;
const LIMITS = { deviceWindows: 1_000, ownerWindows: 0, seconds: 2 };
const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
const windowsKey = topology.toRoutingKey(topicsOf(device.deviceId).windows);

let rabbit: RabbitMq;
let folder: TestFolder;
let database: Database;
let connection: ChannelModel;
let channel: ConfirmChannel;
let worker: AmqpWorker;
let start: () => AmqpWorker;
/** What the store throws, as long as there is something. */
let trouble: Error | undefined;
const verifier = createVerifier(1);

before(async () => {
  rabbit = await startRabbitMq();
  folder = await makeDataFolder();
  database = await openStore({ dataFolder: folder.path, databaseUrl: undefined }, () => undefined);
  await seedProject(database, 1);
  await seedDevice(database, device, CLAIMED_AT, 1);
  const directory = createDirectory();
  await directory.reload(database);
  const plain = createWindowWriter(database, () => undefined);
  const writer = {
    ...plain,
    write: async (windows: Parameters<typeof plain.write>[0]) => {
      if (trouble !== undefined) throw trouble;
      return plain.write(windows);
    },
  };
  const acceptance = {
    ...{ database, directory, verifier, writer, domain: DOMAIN },
    ...{ limits: createLimits(LIMITS), metrics: createMetrics() },
    now: () => Math.floor(Date.now() / 1000),
  };
  start = () => startWorker({ acceptance, log: createLog('silent'), amqpUrl: rabbit.amqpUrl });
  connection = await connect(rabbit.amqpUrl);
  channel = await connection.createConfirmChannel();
});
after(async () => {
  await worker.stop();
  await connection.close();
  await rabbit.stop();
  await verifier.stop();
  await database.close();
  folder.remove();
});

const send = async (exchange: string, window: SealedWindow, expiration?: string): Promise<void> => {
  const options = { persistent: true, ...(expiration !== undefined && { expiration }) };
  channel.publish(exchange, windowsKey, Buffer.from(encodeWindow(window)), options);
  await channel.waitForConfirms();
};
const countIn = async (queue: string): Promise<number> =>
  (await channel.checkQueue(queue)).messageCount;
const untilStored = ({ header: { sequence } }: SealedWindow): Promise<unknown> =>
  eventually(
    () => database.run('SELECT 1 FROM windows WHERE sequence = $1', [sequence]),
    (rows) => rows.length === 1,
  );

describe('messages that RabbitMQ acknowledged', () => {
  it('are taken out of the queue of an older oracle, to which none comes any more', async () => {
    const former = { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 };
    await channel.assertQueue(FORMER_WINDOWS_QUEUE, { durable: true, arguments: former });
    await channel.bindQueue(FORMER_WINDOWS_QUEUE, TOPIC_EXCHANGE, 'tt.v1.*.windows');
    const [before, later] = [device.seal(), device.seal()];
    await send(TOPIC_EXCHANGE, before);
    worker = start();
    await untilStored(before);
    await worker.stop();
    await send(TOPIC_EXCHANGE, later);
    assert.equal(await countIn(FORMER_WINDOWS_QUEUE), 0);
    worker = start();
    await untilStored(later);
  });

  it('stay while the store fails, whatever it says, and are stored after that', async () => {
    trouble = new Error('cannot execute INSERT in a read-only transaction');
    const window = device.seal();
    await send(TOPIC_EXCHANGE, window);
    await sleep(2_000);
    assert.equal(worker.unacknowledged(), 1);
    assert.deepEqual([await countIn(REFUSED), await countIn(ASIDE)], [0, 0]);
    trouble = undefined;
    await untilStored(window);
    assert.deepEqual([await countIn(REFUSED), await countIn(ASIDE)], [0, 0]);
  });

  it('are put aside, and never dropped, when oracles end with them again and again', async () => {
    await worker.stop();
    const window = device.seal();
    await send(TOPIC_EXCHANGE, window);
    for (let delivery = 0; delivery < 21; delivery++) {
      const message = await eventually(() => channel.get(WINDOWS_QUEUE), Boolean);
      assert.ok(message !== false);
      channel.nack(message, false, true);
    }
    await eventually(
      () => countIn(ASIDE),
      (count) => count === 1,
    );
    const message = await channel.get(ASIDE);
    assert.ok(message !== false);
    assert.deepEqual(message.content, Buffer.from(encodeWindow(window)));
    channel.ack(message);
    worker = start();
  });

  it('are done with while RabbitMQ lacks memory and takes nothing, also beside a refused one', async () => {
    await worker.stop();
    const refused = await countIn(REFUSED);
    const [forged, ...good] = Array.from({ length: 20 }, () => device.seal());
    assert.ok(forged);
    await send(TOPIC_EXCHANGE, { ...forged, signature: new Uint8Array(64).fill(1) });
    for (const window of good) await send(TOPIC_EXCHANGE, window);
    await rabbit.control('set_vm_memory_high_watermark', '0.00001');
    worker = start();
    const left = async (): Promise<string | undefined> => {
      const listed = await rabbit.control('-q', 'list_queues', 'name', 'messages');
      return listed.split('\n').find((line) => line.startsWith(`${WINDOWS_QUEUE}\t`));
    };
    await eventually(left, (line) => line === `${WINDOWS_QUEUE}\t1`);
    await rabbit.control('set_vm_memory_high_watermark', '0.4');
    await eventually(left, (line) => line === `${WINDOWS_QUEUE}\t0`);
    assert.equal(await countIn(REFUSED), refused + 1);
  });

  it('are not lost on the way from one queue to the next', async () => {
    await channel.unbindQueue(WINDOWS_QUEUE, TOPIC_EXCHANGE, 'tt.v1.*.windows');
    const window = device.seal();
    await send(LATER, window, '1');
    await sleep(1_000);
    assert.equal(await countIn(LATER), 0);
    await channel.bindQueue(WINDOWS_QUEUE, TOPIC_EXCHANGE, 'tt.v1.*.windows');
    await untilStored(window);
  });
});
