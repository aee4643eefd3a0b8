import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { encodeWindow, registryAbi, type Hex } from '@truetonne/protocol';
import { encodeAbiParameters, encodeEventTopics, type Log } from 'viem';
import { z } from 'zod';
import {
  activitySchema,
  explainedSchema,
  inventorySchema,
} from '../../src/api/schemas/inventory.ts';
import { periodSchema, proofSchema } from '../../src/api/schemas/period.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { applyEvents } from '../../src/chain/apply.ts';
import { AT_ONCE } from '../../src/chain/consequences.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { citationShape } from '../../src/inventory/citations/citation.ts';
import { saveForeign } from '../../src/store/batches.ts';
import { openStore } from '../../src/store/database/open.ts';
import { saveFreeze } from '../../src/store/life.ts';
import { insertWindows } from '../../src/store/windows.ts';
import { createClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import { createWallet, openBooks, type Person, signInAs } from '../support/people.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const HOUR = 3600;
/** An hour of four readings in which 1.25 kWh are imported. */
const STEP = { exportWh: 0n, importWh: 1_250n, seconds: HOUR, count: 4 };
const ROOT: Hex = `0x${'5a'.repeat(32)}`;

/** A log of the registry that says what became of a batch. */
function settledLog(batchId: bigint, status: number): Log {
  const eventName = 'BatchSettled';
  const topics = encodeEventTopics({ abi: registryAbi, eventName, args: { batchId } });
  return {
    ...{ address: DEAD_DEPLOYMENT.registry, topics, removed: false },
    data: encodeAbiParameters([{ type: 'uint8' }], [status]),
    ...{
      blockHash: ROOT,
      blockNumber: 9n,
      logIndex: 0,
      transactionHash: ROOT,
      transactionIndex: 0,
    },
    // Proof: the topics of an event begin with its signature; none of them is null.
  } as unknown as Log;
}

describeOnBothStores('signed readings as the source of electricity', (store) => {
  let oracle: Oracle;
  let owner: Person;
  let query: string;
  let workspaceId: string;
  const wallet = createWallet();
  const walletAddress = wallet.address.toLowerCase() as Hex;
  const devices = new Map<string, TestDevice>();
  const get = (name: string): TestDevice => {
    const device = devices.get(name);
    assert.ok(device);
    return device;
  };

  before(async () => {
    const place = await store.place();
    const config = configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl: place.databaseUrl });
    const database = await openStore(config, () => undefined);
    await seedProject(database, 1);
    const numbers = new Map<string, number>();
    for (const name of ['main', 'second', 'gap', 'foreign', 'voided', 'copied', 'replaced']) {
      const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
      devices.set(name, device);
      const theirs = name === 'foreign' ? undefined : walletAddress;
      numbers.set(name, await seedDevice(database, device, CLAIMED_AT, 1, theirs));
    }
    for (const [number, name, status, fileDigest] of [
      [1, 'main', 3, '0x01'],
      [2, 'voided', 5, '0x02'],
    ] as const) {
      const chain = {
        ...{ projectId: 1, number, root: ROOT, fileDigest, cid: `b${number}` },
        ...{ vintage: 2016, periodStart: CLAIMED_AT, periodEnd: CLAIMED_AT + 9 * HOUR },
        ...{ exportedWh: 0n, importedWh: 1n, deductedWh: 0n, creditableWh: 0n, grams: 0n },
        ...{ blockNumber: 8, txHash: ROOT },
      } as const;
      const closing = { sequence: 4, closedAt: CLAIMED_AT + 4 * HOUR, exportWh: 0n, importWh: 4n };
      await saveForeign(database, chain, [
        {
          ...{ deviceNumber: numbers.get(name) ?? 0, openingSequence: 0, closing },
          ...{ exportedWh: 0n, importedWh: 4n, record: null },
        },
      ]);
      const applying = { session: database, now: 0, consequences: AT_ONCE };
      await applyEvents(applying, [settledLog(1_000_000n + BigInt(number), status)]);
    }
    // Stored before its key was copied: from then on none is taken.
    const copies = Array.from({ length: 8 }, () => get('copied').seal(STEP));
    await insertWindows(
      database,
      copies.map((window) => ({
        ...{ deviceNumber: numbers.get('copied') ?? 0, window, bytes: encodeWindow(window) },
        receivedAt: window.header.closedAt,
      })),
    );
    await saveFreeze(database, get('copied').deviceId, 1);
    await database.close();
    oracle = await startOracle(config);
    const client = createClient(oracle.url);
    for (const [name, device] of devices) {
      if (name === 'copied') continue;
      const windows = Array.from({ length: 8 }, (_, index) => {
        if (name === 'replaced' && index === 4) {
          device.replaceMeter({ exportWh: 0n, importWh: 20n, pause: 60 });
        }
        return device.seal(name === 'voided' ? { ...STEP, count: 2 } : STEP);
      });
      await client.post(name === 'gap' ? windows.toSpliced(3, 1) : windows);
    }
    owner = await signInAs(oracle.url, wallet);
  });
  after(() => oracle.stop());

  const renew = async (): Promise<void> => {
    ({ query, workspaceId } = await openBooks(owner));
  };
  const day = new Date(CLAIMED_AT * 1000).toISOString().slice(0, 10);
  const span = (from: number, until: number, ...names: string[]) => ({
    deviceIds: names.map((name) => get(name).deviceId),
    ...{ from: CLAIMED_AT + from, until: CLAIMED_AT + until },
  });
  const bodyOf = (readings: object, change: object = {}) => ({
    ...{ workspaceId, method: 'purchased-energy', category: 'electricity', date: day },
    ...{ region: 'DEU', market: { instruments: [], residual: 'none-published' }, readings },
    items: [
      {
        inputs: {},
        factor: {
          kind: 'own',
          factor: {
            ...{ name: 'Grid', source: 'supplier statement', unit: 'kWh' },
            gases: [{ gas: 'CO2', value: '0.4', massUnit: 'kg' }],
          },
        },
      },
    ],
    ...change,
  });
  const log = (body: unknown) =>
    owner.get(`/v1/activities${query}`, activitySchema.strict(), { method: 'POST', body });
  const refused = async (body: unknown) => {
    const answer = await owner.ask(`/v1/activities${query}`, { method: 'POST', body });
    const { code, detail } = problemSchema.parse(answer.body);
    return { code, detail };
  };
  const refusal = async (body: unknown) => (await refused(body)).code;

  it('give kilowatt-hours by the difference of the registers, with what proves them', async () => {
    await renew();
    const body = bodyOf(span(HOUR, 7 * HOUR, 'main', 'second'));
    const preview = await owner.get(`/v1/activities/preview${query}`, explainedSchema, {
      ...{ method: 'POST', body },
    });
    assert.equal(preview.lines[0]?.kgCo2e, '6');
    const made = await log(body);
    // Two devices, six hours each of 1.25 kWh.
    assert.deepEqual(made.input.items[0]?.inputs['energy'], { value: '15', unit: 'kWh' });
    assert.equal(made.readings?.importWh, '15000');
    const [first] = made.readings.devices;
    assert.equal(first?.importWh, '7500');
    assert.equal(first.opening.readingId, `${first.deviceId}.1.3`);
    assert.equal(first.closing.sequence, 7);
    assert.deepEqual(first.batches, [{ batchId: '1000001', root: ROOT }]);
    assert.deepEqual(made.readings.devices[1]?.batches, []);
    // The leaf is the window's, as anyone reads it.
    const client = createClient(oracle.url);
    const window = await client.window(first.deviceId, first.closing.sequence);
    assert.equal(window.headerHash, first.closing.leaf);
    assert.equal(window.readings[3]?.importWh, first.closing.importWh);
    const totals = await owner.get(
      `/v1/inventory${query}&from=${day.slice(0, 7)}&until=${day.slice(0, 7)}`,
      inventorySchema,
    );
    assert.deepEqual(
      totals.scopes.map(({ scope, kgCo2e }) => [scope, kgCo2e]),
      [
        ['2-location', '6'],
        ['2-market', '6'],
      ],
    );
  });

  it('are checked again, sealed with the line, and shown to an auditor', async () => {
    await renew();
    const made = await log(bodyOf(span(0, 4 * HOUR, 'second')));
    const check = await owner.get(
      `/v1/activities/${made.id}/readings${query}`,
      z.object({ readings: citationShape, sound: z.boolean(), code: z.null(), detail: z.null() }),
    );
    assert.equal(check.sound, true);
    const closed = await owner.get(`/v1/periods${query}`, periodSchema, {
      ...{ method: 'POST', body: { firstDay: day, lastDay: day } },
    });
    const proof = await owner.get(
      `/v1/proofs${query}&period=${closed.id}&number=0&activity=${made.id}`,
      proofSchema,
    );
    const line = z
      .object({ readings: citationShape })
      .parse(JSON.parse(proof.lines[0]?.line ?? ''));
    assert.deepEqual(line.readings, made.readings);
  });

  it('are refused where a window is missing, void, foreign, replaced or not there yet', async () => {
    await renew();
    const missing = await refused(bodyOf(span(HOUR, 7 * HOUR, 'gap')));
    assert.equal(missing.code, 'READINGS_MISSING');
    assert.match(missing.detail, /6 windows of .*expected 7, from 1 to 7/);
    assert.equal(await refusal(bodyOf(span(HOUR, 3 * HOUR, 'foreign'))), 'READINGS_NOT_OWN');
    const voided = await refused(bodyOf(span(HOUR, 3 * HOUR, 'voided')));
    assert.equal(voided.code, 'READINGS_VOID');
    assert.match(voided.detail, /batch 1000002.*it was voided/);
    assert.equal(await refusal(bodyOf(span(HOUR, 3 * HOUR, 'copied'))), 'READINGS_VOID');
    const replaced = await refused(bodyOf(span(HOUR, 7 * HOUR, 'replaced')));
    assert.equal(replaced.code, 'READINGS_MISSING');
    assert.match(replaced.detail, /window 5 .*cite both sides apart/);
    const later = await refused(bodyOf(span(HOUR, 40 * HOUR, 'main')));
    assert.equal(later.code, 'READINGS_MISSING');
    assert.match(later.detail, /a time such as 2016-/);
    assert.equal(await refusal(bodyOf(span(HOUR, HOUR, 'main'))), 'READINGS_MISSING');
    // Before the batch that was voided ends, nothing stands; after it, readings do.
    const within = span(3.5 * HOUR, 8 * HOUR, 'voided');
    assert.equal(await refusal(bodyOf(within)), 'READINGS_VOID');
    await log(bodyOf(span(4 * HOUR, 8 * HOUR, 'voided')));
  });

  it('are refused for what they do not measure, or where the figure is another', async () => {
    await renew();
    const readings = span(HOUR, 3 * HOUR, 'main');
    const items = bodyOf(readings).items.map((item) => ({
      ...item,
      inputs: { energy: { value: '3', unit: 'kWh' } },
    }));
    assert.equal(await refusal(bodyOf(readings, { items })), 'READINGS_DIFFER');
    assert.equal(await refusal(bodyOf(readings, { date: '2016-01-01' })), 'READINGS_DIFFER');
    assert.equal(await refusal(bodyOf(readings, { category: 'steam' })), 'INPUT_UNKNOWN');
  });

  it('count once: a second activity can’t cite them, until the first lets them go', async () => {
    await renew();
    const made = await log(bodyOf(span(HOUR, 4 * HOUR, 'main')));
    const again = bodyOf(span(3 * HOUR, 6 * HOUR, 'main'));
    const { code, detail } = await refused(again);
    assert.equal(code, 'READINGS_CITED');
    assert.match(detail, new RegExp(`activity ${made.id} `));
    await log(bodyOf(span(4 * HOUR, 6 * HOUR, 'main')));
    const path = `/v1/activities/${made.id}${query}`;
    const headers = { 'if-match': '"v1"' };
    // Its own readings stand in its own way as little as nobody's.
    const shorter = bodyOf(span(HOUR, 3 * HOUR, 'main'));
    assert.equal((await owner.ask(path, { method: 'PUT', body: shorter, headers })).status, 200);
    assert.equal(await refusal(again), 'READINGS_CITED');
    await owner.ask(path, { method: 'DELETE', headers: { 'if-match': '"v2"' } });
    await log(bodyOf(span(HOUR, 4 * HOUR, 'main')));
  });

  it('are offered by device and project to those who keep the books', async () => {
    await renew();
    const list = z.object({
      devices: z.array(z.looseObject({ deviceId: z.string(), void: z.boolean() })),
    });
    const offered = (await owner.get(`/v1/own-devices${query}`, list)).devices;
    assert.equal(offered.length, 6);
    const copied = offered.find(({ deviceId }) => deviceId === get('copied').deviceId);
    assert.equal(copied?.void, true);
    assert.ok(!offered.some(({ deviceId }) => deviceId === get('foreign').deviceId));
  });
});
