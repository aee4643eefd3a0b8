import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eq } from 'drizzle-orm';
import { createTestDevice } from '../../test/support/device.ts';
import { seedDevice, seedProject } from '../../test/support/seed.ts';
import { describeOnBothStores } from '../../test/support/stores.ts';
import type { FleetState } from '../domain/fleetState.ts';
import { reviewFleet } from '../metering/alerts/alerts.ts';
import { readAlerts } from './alerts.ts';
import { expectAnew, letGo } from './believed.ts';
import type { Database } from './database/database.ts';
import { countFleet, readFleet, readSilent } from './fleet.ts';
import { saveHandOver } from './life.ts';
import { savePresences } from './presences.ts';
import { saveBinding } from './registry.ts';
import { devices } from './tables/schema.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const SEEN = 1_467_331_200;
/** A month after it was claimed and last seen. */
const BOUND = SEEN + 30 * 86_400;
const NEW_OWNER = `0x${'99'.repeat(20)}` as const;
const ALL = { projectId: undefined, state: undefined, idStart: '0x' };
const PAGE = { after: 0, limit: 10 };

describeOnBothStores('state of a device in the fleet', (store) => {
  async function setUp(cadenceSeconds?: number) {
    const database = await store.empty();
    await seedProject(database, 1);
    const device = createTestDevice({ domain: DOMAIN, claimedAt: SEEN });
    const deviceNumber = await seedDevice(database, device, SEEN, 1);
    if (cadenceSeconds !== undefined) {
      const silence = { firmware: null, batteryMv: null, signalDbm: null };
      const last = { lastSeenAt: SEEN, lastSequence: 1, lastClosedAt: SEEN, cadenceSeconds };
      await savePresences(database, [{ deviceNumber, ...last, ...silence }]);
    }
    const set = (values: Partial<Record<'frozenSequence' | 'revokedFrom', number>>) =>
      database.orm.update(devices).set(values).where(eq(devices.number, deviceNumber));
    return { database, set };
  }
  /** As a page says, which has to agree with the totals, the filter and the alerts. */
  async function stateAfter(database: Database, seconds: number): Promise<FleetState | undefined> {
    const now = SEEN + seconds;
    const [device] = await readFleet(database, ALL, now, PAGE);
    const state = device?.state;
    assert.deepEqual([...(await countFleet(database, 1, now))], [[state, 1]]);
    assert.equal((await readFleet(database, { ...ALL, state }, now, PAGE)).length, 1);
    assert.equal((await readSilent(database, now)).length, state === 'silent' ? 1 : 0);
    return state;
  }
  const statesAfter = (database: Database, times: readonly number[]) =>
    times.reduce<Promise<unknown[]>>(
      async (before, seconds) => [...(await before), await stateAfter(database, seconds)],
      Promise.resolve([]),
    );

  it('follows its own cadence from online over late to silent', async () => {
    const { database } = await setUp(60);
    const states = await statesAfter(database, [0, 180, 181, 660, 661]);
    assert.deepEqual(states, ['online', 'online', 'late', 'late', 'silent']);
  });

  it('gives a device that sends each hour as many of its intervals', async () => {
    const { database } = await setUp(3_600);
    const states = await statesAfter(database, [7_260, 7_261, 21_900, 21_901]);
    assert.deepEqual(states, ['online', 'late', 'late', 'silent']);
  });

  it('is what the registry says before anything that it sends', async () => {
    const { database, set } = await setUp(60);
    await set({ revokedFrom: SEEN });
    assert.deepEqual(await statesAfter(database, [0, 9_999]), ['revoked', 'revoked']);
    await set({ frozenSequence: 1 });
    assert.equal(await stateAfter(database, 9_999), 'frozen');
  });

  it('is silent after six days at the latest, however long its newest window was', async () => {
    const { database } = await setUp(30 * 86_400);
    const states = await statesAfter(database, [172_860, 172_861, 518_700, 518_701]);
    assert.deepEqual(states, ['online', 'late', 'late', 'silent']);
  });

  it('has someone told when nothing ever came of it, six hours after it was bound', async () => {
    const { database, set } = await setUp();
    const isTold = async (seconds: number) =>
      (await readSilent(database, SEEN + seconds)).map(({ lastSeenAt }) => lastSeenAt);
    assert.deepEqual(await isTold(21_900), []);
    assert.deepEqual(await isTold(21_901), [null]);
    await reviewFleet(database, SEEN + 21_901);
    const page = { beforeId: 2 ** 31, limit: 10 };
    const [alert, ...others] = await readAlerts(database, { open: true }, page);
    assert.deepEqual([alert?.kind, alert?.since, others], ['device-silent', SEEN, []]);
    assert.match(alert?.detail ?? '', /^nothing ever came/);
    await set({ revokedFrom: SEEN });
    assert.deepEqual(await isTold(9_999_999), []);
  });

  /** Offered by its project and bound to another one a month after its claim. */
  async function moveLate(database: Database): Promise<void> {
    const [device] = await readFleet(database, ALL, SEEN, PAGE);
    const { deviceId } = device ?? assert.fail();
    await saveHandOver(database, deviceId, NEW_OWNER);
    assert.deepEqual(await readSilent(database, BOUND - 1), [], 'no project waits for it');
    await seedProject(database, 2);
    await saveBinding(database, deviceId, { projectId: 2, capacityW: 1n, boundAt: BOUND });
  }
  const waitsSince = async (database: Database, seconds: number) =>
    (await readSilent(database, BOUND + seconds)).map(({ since }) => since);

  it('has nobody told of it before its project could have heard of it, long after its claim', async () => {
    const { database } = await setUp();
    await moveLate(database);
    assert.deepEqual(await waitsSince(database, 21_900), []);
    assert.deepEqual(await waitsSince(database, 21_901), [BOUND]);
  });

  it('has its new project wait for as many of its own intervals, whatever it sent before', async () => {
    const { database } = await setUp(60);
    await moveLate(database);
    assert.deepEqual(await waitsSince(database, 660), []);
    assert.deepEqual(await waitsSince(database, 661), [BOUND]);
  });

  it('is bound since it was first heard of, when events are read anew', async () => {
    const { database } = await setUp();
    await moveLate(database);
    const [device] = await readFleet(database, ALL, SEEN, PAGE);
    const binding = { projectId: 2, capacityW: 1n, boundAt: BOUND + 9_999_999 };
    await saveBinding(database, device?.deviceId ?? assert.fail(), binding);
    assert.deepEqual(await waitsSince(database, 21_901), [BOUND]);
  });

  it('is bound anew when the chain that bound it is gone', async () => {
    const { database } = await setUp();
    const [device] = await readFleet(database, ALL, SEEN, PAGE);
    const deviceId = device?.deviceId ?? assert.fail();
    await expectAnew(database);
    await seedProject(database, 1);
    await letGo(database);
    await database.orm.update(devices).set({ gone: false }).where(eq(devices.deviceId, deviceId));
    await saveBinding(database, deviceId, { projectId: 1, capacityW: 1n, boundAt: BOUND });
    assert.deepEqual(await waitsSince(database, 21_900), []);
  });

  it('is never seen until something comes, unless the registry says more', async () => {
    const { database, set } = await setUp();
    assert.equal(await stateAfter(database, 9_999), 'never');
    await set({ revokedFrom: SEEN });
    assert.equal(await stateAfter(database, 9_999), 'revoked');
  });
});
