import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { encodeRegistrationRecords, fromHex } from '@truetonne/protocol';
import { toHex, type Hex } from 'viem';
import type { Meter } from './support/meter.ts';
import { AUGUST_END, JULY_END, JUNE_END, Scenario } from './support/scenario.ts';
import { BUYER, OWNER, VALIDATOR } from './support/world.ts';

const NOBODY = `0x${'0'.repeat(40)}` as const;
const [owner, buyer, validator] = [OWNER, BUYER, VALIDATOR].map((wallet) => wallet.toLowerCase());

let scenario: Scenario;

before(async () => {
  scenario = await Scenario.begin();
  await scenario.creditJuly();
  await scenario.startIndexer();
});

after(() => scenario.end());

/** What the tables hold of a device's life, oldest first. */
async function lifeOf({ deviceId }: Meter, fields: string): Promise<unknown> {
  const answer = await scenario.indexer.query(`{
    deviceEvents(where: { deviceId: "${deviceId}" }, orderBy: "id", limit: 100) {
      items { ${fields} }
    }
  }`);
  return (answer as { deviceEvents: { items: unknown } }).deviceEvents.items;
}

/** A plant with room for `count` devices of 6 kW each: plant 3. */
async function registerMany(count: number): Promise<readonly Meter[]> {
  const meters = Array.from({ length: count }, () => scenario.newMeter());
  const registers = { at: JULY_END, exportWh: 3n, importWh: 1n };
  const records = meters.map((meter) => {
    const [bytes = '0x', publicKey = '0x', signature = '0x'] = meter.claim(OWNER, registers);
    const [claim, key, proof] = [bytes, publicKey, signature].map((hex) => fromHex(hex));
    assert.ok(claim && key && proof);
    return { bytes: claim, publicKey: key, signature: proof, capacityW: 6_000 };
  });
  const file = toHex(encodeRegistrationRecords(records));
  await scenario.world.registry(OWNER, 'registerDevices', [3, file]);
  for (const meter of meters) scenario.countFrom(meter, registers);
  return meters;
}

async function rotate(old: Meter, at: number): Promise<Meter> {
  const successor = scenario.newMeter();
  const registers = { at, exportWh: 0n, importWh: 0n };
  const claim = successor.claim(OWNER, registers);
  const rotation = old.rotation(successor.deviceId, at);
  await scenario.world.registry(OWNER, 'rotateDevice', [...rotation, ...claim]);
  scenario.countFrom(successor, registers);
  return successor;
}

test('Many devices of one transaction are there, each with its claim and its binding', async () => {
  const { world, indexer } = scenario;
  await world.registerProject(3, 'Two roofs', 0);
  const [first] = await registerMany(2);
  assert.ok(first);
  await scenario.assertEqualsChain();
  assert.deepEqual(await lifeOf(first, 'kind by effectiveAt projectId capacityW'), [
    { kind: 'claimed', by: owner, effectiveAt: JULY_END, projectId: null, capacityW: null },
    { kind: 'bound', by: owner, effectiveAt: null, projectId: 3, capacityW: '6000' },
  ]);
  const answer = await indexer.query('{ project(id: 3) { deviceCount boundCapacityW } }');
  assert.deepEqual(answer, { project: { deviceCount: 2, boundCapacityW: '12000' } });
});

test('A rotated key leads to its successor and back, and the capacity stays the same', async () => {
  const { carport, indexer } = scenario;
  const successor = await rotate(carport, JULY_END);
  await scenario.assertEqualsChain();
  const fields = 'state capacityW predecessor successor';
  const answer = await indexer.query(`{
    old: device(id: "${carport.deviceId}") { ${fields} }
    new: device(id: "${successor.deviceId}") { ${fields} }
    project(id: 1) { boundCapacityW }
  }`);
  const capacityW = '6000';
  assert.deepEqual(answer, {
    old: { state: 'revoked', capacityW, predecessor: null, successor: successor.deviceId },
    new: { state: 'bound', capacityW, predecessor: carport.deviceId, successor: null },
    project: { boundCapacityW: '12000' },
  });
  assert.deepEqual(await lifeOf(carport, 'kind successor effectiveAt'), [
    { kind: 'claimed', successor: null, effectiveAt: JUNE_END },
    { kind: 'bound', successor: null, effectiveAt: null },
    { kind: 'revoked', successor: null, effectiveAt: JULY_END },
    { kind: 'rotated', successor: successor.deviceId, effectiveAt: JULY_END },
  ]);
});

test('A new meter begins with its own registers, and the sums of the old one stay', async () => {
  const { world, roof, indexer } = scenario;
  const [replacedAt, exportWh, importWh] = [JULY_END + 3_600, 40n, 7n];
  const replacement = roof.replacement({ at: replacedAt, exportWh, importWh });
  await world.registry(VALIDATOR, 'replaceMeter', replacement);
  // July counted 600,000 Wh out and 1,200 Wh in.
  scenario.countFrom(roof, { exportWh: exportWh - 600_000n, importWh: importWh - 1_200n });
  await scenario.assertEqualsChain();
  await world.submit(1, [replacedAt, AUGUST_END], [[roof, 500_040n, 107n]]);
  await scenario.assertEqualsChain();
  const answer = await indexer.query(`{
    device(id: "${roof.deviceId}") {
      exportedWh importedWh
      meterReplacements { items {
        validatorAddress sequence oldClosedAt oldExportWh oldImportWh replacedAt exportWh importWh
      } }
    }
  }`);
  assert.deepEqual(answer, {
    device: {
      exportedWh: '1100000',
      importedWh: '1300',
      meterReplacements: {
        items: [
          {
            validatorAddress: validator,
            sequence: 1,
            oldClosedAt: JULY_END,
            oldExportWh: '601000',
            oldImportWh: '1220',
            replacedAt,
            exportWh: '40',
            importWh: '7',
          },
        ],
      },
    },
  });
});

test('A device is offered, offered elsewhere, withdrawn and at last handed over', async () => {
  const { world, barn } = scenario;
  const { deviceId } = barn;
  for (const to of [VALIDATOR, BUYER, NOBODY, BUYER] as const) {
    await world.registry(OWNER, 'offerDevice', [deviceId, to]);
    await scenario.assertEqualsChain();
  }
  await world.registry(BUYER, 'acceptDevice', [deviceId]);
  await scenario.assertEqualsChain();
  assert.deepEqual((await life(deviceId)).slice(2), [
    { kind: 'offered', by: owner, counterparty: validator, projectId: null },
    { kind: 'offered', by: owner, counterparty: buyer, projectId: null },
    { kind: 'withdrawn', by: owner, counterparty: null, projectId: null },
    { kind: 'offered', by: owner, counterparty: buyer, projectId: null },
    { kind: 'handedOver', by: buyer, counterparty: owner, projectId: 2 },
  ]);
});

async function life(deviceId: Hex): Promise<unknown[]> {
  const answer = await scenario.indexer.query(`{
    device(id: "${deviceId}") { events(orderBy: "id") { items {
      kind by counterparty projectId
    } } }
  }`);
  return (answer as { device: { events: { items: unknown[] } } }).device.events.items;
}

test('A device that two windows froze is frozen, and its capacity becomes free', async () => {
  const { world, roof, indexer } = scenario;
  const proof = roof.equivocate({ at: AUGUST_END + 900, exportWh: 500_100n, importWh: 107n });
  await world.registry(BUYER, 'freezeDevice', proof);
  await scenario.assertEqualsChain();
  const answer = await indexer.query(`{
    device(id: "${roof.deviceId}") { state freeze { reporter sequence headerHashA headerHashB } }
    project(id: 1) { deviceCount boundCapacityW }
  }`);
  const { device, project } = answer as {
    device: { state: string; freeze: Record<string, unknown> };
    project: unknown;
  };
  assert.equal(device.state, 'frozen');
  assert.equal(device.freeze['reporter'], buyer);
  assert.equal(device.freeze['sequence'], 3);
  assert.notEqual(device.freeze['headerHashA'], device.freeze['headerHashB']);
  assert.deepEqual(project, { deviceCount: 3, boundCapacityW: '6000' });
});

test('A reorganisation takes back what happened to devices', async () => {
  const { anvil, world, indexer } = scenario;
  await scenario.assertEqualsChain();
  const counts = `{
    deviceEvents { totalCount }
    meterReplacements { totalCount }
    deviceFreezes { totalCount }
  }`;
  const before = await indexer.query(counts);
  const unbound = await scenario.claimMeter();
  await scenario.assertEqualsChain();
  const known = await indexer.query(counts);
  assert.notDeepEqual(known, before);
  const snapshot = await anvil.client.snapshot();
  await world.registry(OWNER, 'offerDevice', [unbound.deviceId, BUYER]);
  const proof = unbound.equivocate({ at: JULY_END, exportWh: 9n, importWh: 0n });
  await world.registry(BUYER, 'freezeDevice', proof);
  await scenario.assertEqualsChain();
  assert.notDeepEqual(await indexer.query(counts), known);
  await anvil.client.revert({ id: snapshot });
  await anvil.client.mine({ blocks: 4 });
  await scenario.assertEqualsChain();
  assert.deepEqual(await indexer.query(counts), known);
});
