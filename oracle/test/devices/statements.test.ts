import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createWebCryptoVerifier, readChainRecord, verifyBatchFile } from '@truetonne/protocol';
import { z } from 'zod';
import { dryRunSchema } from '../../src/api/schemas/methodology.ts';
import {
  batchStatementsSchema,
  calibrationSchema,
  type calibrationShape,
  invoiceSchema,
} from '../../src/api/schemas/statement.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createClient, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { signInAs, type Person } from '../support/people.ts';
import { configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

/** A midnight of the project, which is seven hours behind. */
const START = Date.parse('2016-07-03T00:00:00-07:00') / 1000;
/** Imports 10 Wh an hour, and exports 24 kWh from eight to four. */
const hourOf = (hour: number) => ({
  ...{ seconds: 3_600, importWh: 10n, exportWh: hour >= 8 && hour < 16 ? 3_000n : 0n },
});
const EVIDENCE = `0x${'e5'.repeat(32)}`;

const calibrationPage = z.strictObject({
  calibrations: z.array(calibrationSchema.strict()),
  nextCursor: z.string().nullable(),
});

const calibration: z.input<typeof calibrationShape> = {
  ...{ calibratedOn: '2015-07-02', validUntil: '2016-07-02', permissibleErrorPercent: '0.5' },
  ...{ foundErrorPercent: null, evidence: EVIDENCE, supersedes: null },
};
const invoice = {
  ...{ firstDay: '2016-07-03', lastDay: '2016-07-03', exportWh: '24000', importWh: '240' },
  ...{ evidence: EVIDENCE, supersedes: null },
};

describeOnBothStores('what the owner states of calibrations and invoices', (store) => {
  let chain: TestChain;
  let oracle: Oracle;
  let client: TestClient;
  let owner: Person;

  before(async () => {
    chain = await startChain();
    const { dataFolder, databaseUrl } = await store.place();
    oracle = await startOracle(configOf(chain.deployment, dataFolder, { databaseUrl }));
    client = createClient(oracle.url);
    owner = await signInAs(oracle.url, roles.owner);
  });
  after(async () => {
    await oracle.stop();
    await chain.stop();
  });

  async function addPlant(): Promise<{ readonly projectId: number; readonly device: TestDevice }> {
    const projectId = await chain.addProject();
    const options = { domain: chain.domain, claimedAt: START, owner: roles.owner.address };
    const device = createTestDevice(options);
    await chain.claim(device);
    await chain.bind(device, projectId);
    await eventually(
      async () => (await client.devices()).find(({ deviceId }) => deviceId === device.deviceId),
      (found) => found?.status === 'bound',
    );
    return { projectId, device };
  }
  /** As the browser and the command line do: from the file and the chain alone. */
  async function assertVerifies(batchId: string): Promise<void> {
    const record = await readChainRecord(chain.client, chain.deployment.registry, BigInt(batchId));
    const response = await fetch(`${oracle.url}/v1/batches/${batchId}/file`);
    const file = new Uint8Array(await response.arrayBuffer());
    const verifySignature = createWebCryptoVerifier();
    const result = await verifyBatchFile({ file, record, verifySignature });
    assert.deepEqual(result.verified ? [] : result.failure, []);
  }
  const day = (device: TestDevice) =>
    Array.from({ length: 24 }, (_, hour) => device.seal(hourOf(hour)));
  const closeUntil = async (projectId: number, until: number, batches: number) => {
    await client.postJson(`/v1/projects/${projectId}/close`, { until });
    const all = await eventually(
      () => client.batches(projectId),
      (found) => found.filter(({ phase }) => phase === 'confirmed').length === batches,
    );
    return client.batch(all.at(-1)?.batchId ?? '');
  };
  const calibrationsOf = ({ deviceId }: TestDevice) => `/v1/devices/${deviceId}/calibrations`;
  const invoicesOf = (projectId: number) => `/v1/projects/${projectId}/invoices`;
  const calibrate = (device: TestDevice, body = calibration) =>
    owner.get(calibrationsOf(device), calibrationSchema.strict(), { method: 'POST', body });
  const state = (projectId: number, body: Record<string, unknown>) =>
    owner.get(invoicesOf(projectId), invoiceSchema.strict(), { method: 'POST', body });
  const statementsOf = (batchId: string) =>
    client.get(`/v1/batches/${batchId}/statements`, batchStatementsSchema.strict());
  const dryRun = async (batchId: string, query = '') => {
    const path = `/v1/batches/${batchId}/dry-run${query}`;
    const { versions } = await client.get(path, dryRunSchema);
    return versions.flatMap(({ result }) => result ?? []);
  };

  describe('of a calibration that is overdue', () => {
    let plant: Awaited<ReturnType<typeof addPlant>>;
    let batchId: string;

    it('lowers export and raises import in the batch, exactly as the dry run computes', async () => {
      plant = await addPlant();
      await calibrate(plant.device);
      await client.post(day(plant.device));
      const batch = await closeUntil(plant.projectId, START + 86_400, 1);
      ({ batchId } = batch);
      // 24,000 x 0.5 % and 240 x 0.5 %, up.
      assert.deepEqual([batch.deductedWh, batch.creditableWh], ['122', String(24_000 - 240 - 122)]);
      const [supposed] = await dryRun(batchId, '?permissibleErrorPercent=0.5');
      const [stated] = await dryRun(batchId);
      assert.equal(supposed?.creditableWh, batch.creditableWh);
      assert.equal(stated?.creditableWh, batch.creditableWh);
      const [none] = await dryRun(batchId, '?permissibleErrorPercent=0');
      assert.equal(none?.creditableWh, '23760');
      await assertVerifies(batchId);
    });

    it('is told by reading, by batch, and beside the statements', async () => {
      const status = await client.status(plant.device.deviceId, 9);
      assert.deepEqual(
        [status.state, status.reason?.code, status.deductedWh],
        ['excluded', 'CALIBRATION_OVERDUE', '122'],
      );
      const found = await client.batchFindings(batchId);
      assert.deepEqual(
        found.map(({ reason, deductedWh }) => [reason.code, deductedWh]),
        [['CALIBRATION_OVERDUE', '122']],
      );
      const { devices, adjustments, waitingWh } = await statementsOf(batchId);
      assert.deepEqual(
        [devices[0]?.overdue, devices[0]?.calibrations.length, waitingWh],
        [[{ from: START, until: null, errorPercent: '0.5' }], 1, '0'],
      );
      const { deviceId } = plant.device;
      const adjustment = { reason: 'CALIBRATION_OVERDUE', deviceId, invoiceId: null };
      assert.deepEqual(adjustments, [{ ...adjustment, dueWh: '122', deductedWh: '122' }]);
    });

    it('takes the rest from the next batch when the late calibration found a larger error', async () => {
      const late = { calibratedOn: '2016-07-03', validUntil: '2017-07-02' };
      await calibrate(plant.device, { ...calibration, ...late, foundErrorPercent: '1' });
      assert.equal(
        (await statementsOf(batchId)).waitingWh,
        '121',
        'before another batch is sealed',
      );
      await client.post(day(plant.device));
      const batch = await closeUntil(plant.projectId, START + 2 * 86_400, 2);
      // The day that was lowered by 0.5 % is by 1 %: 240 and 3, of which 122 were left out.
      assert.equal(batch.deductedWh, String(243 - 122));
      await client.post(day(plant.device));
      const third = await closeUntil(plant.projectId, START + 3 * 86_400, 3);
      assert.equal(third.deductedWh, '0');
    });
  });

  describe('of an invoice', () => {
    it('counts once, in the batch in whose period it ends, and a correction is never given back', async () => {
      const { projectId, device } = await addPlant();
      const first = await state(projectId, { ...invoice, exportWh: '23990', importWh: '245' });
      await client.post([...day(device), ...day(device)]);
      const half = await closeUntil(projectId, START + 43_200, 1);
      assert.equal(half.deductedWh, '0', 'its day has not ended');
      const whole = await closeUntil(projectId, START + 86_400, 2);
      assert.equal(whole.deductedWh, '15');
      const correction = { ...invoice, exportWh: '23980', supersedes: first.id };
      const second = await state(projectId, correction);
      const next = await closeUntil(projectId, START + 2 * 86_400, 3);
      assert.equal(next.deductedWh, '5', 'what the correction adds');
      await state(projectId, { ...invoice, exportWh: '999999', supersedes: second.id });
      await client.post(day(device));
      assert.equal((await closeUntil(projectId, START + 3 * 86_400, 4)).deductedWh, '0');
      const { invoices, adjustments } = await statementsOf(whole.batchId);
      assert.deepEqual(
        invoices.map(({ exportWh, meteredExportWh }) => [exportWh, meteredExportWh]),
        [['999999', '24000']],
      );
      assert.deepEqual(
        adjustments.map(({ reason, invoiceId, dueWh }) => [reason, invoiceId, dueWh]),
        [['INVOICE_DIFFERS', first.id, '15']],
      );
    });

    it('takes no more than was exported, and the rest from the next batch', async () => {
      const { projectId, device } = await addPlant();
      await state(projectId, { ...invoice, exportWh: '0', importWh: '1240' });
      await client.post(day(device));
      const batch = await closeUntil(projectId, START + 86_400, 1);
      assert.deepEqual([batch.deductedWh, batch.creditableWh], ['24000', '0']);
      await assertVerifies(batch.batchId);
      assert.equal((await statementsOf(batch.batchId)).waitingWh, '1000');
      await client.post(day(device));
      const next = await closeUntil(projectId, START + 2 * 86_400, 2);
      assert.deepEqual(
        [next.deductedWh, next.creditableWh],
        // The contract carries the net import of the first day.
        ['1000', String(24_000 - 240 - 1_000 - 240)],
      );
    });
  });

  describe('is refused', () => {
    it('of others, and where it can not be', async () => {
      const { projectId, device } = await addPlant();
      const stranger = await signInAs(oracle.url, roles.buyer);
      const post = (body: unknown) => ({ method: 'POST', body });
      const refused: [string, unknown, string][] = [
        [
          calibrationsOf(device),
          { ...calibration, permissibleErrorPercent: '-1' },
          'PERMISSIBLE_ERROR_INVALID',
        ],
        [calibrationsOf(device), { ...calibration, validUntil: '2015-07-01' }, 'PERIOD_INVALID'],
        [calibrationsOf(device), { ...calibration, validUntil: '9999-12-31' }, 'VALIDITY_TOO_LONG'],
        [calibrationsOf(device), { ...calibration, calibratedOn: '2015-02-29' }, 'BODY_MALFORMED'],
        [calibrationsOf(device), { ...calibration, supersedes: 999 }, 'STATEMENT_UNKNOWN'],
        [invoicesOf(projectId), { ...invoice, lastDay: '2016-07-02' }, 'PERIOD_INVALID'],
        [invoicesOf(projectId), { ...invoice, exportWh: '-1' }, 'BODY_MALFORMED'],
        [invoicesOf(projectId), { ...invoice, lastDay: '2999-12-31' }, 'STATEMENT_IN_FUTURE'],
        [invoicesOf(projectId), { ...invoice, firstDay: '1999-12-31' }, 'OUTSIDE_CREDITING_PERIOD'],
        [invoicesOf(999), invoice, 'PROJECT_UNKNOWN'],
      ];
      for (const [path, body, code] of refused)
        assert.equal(await owner.refused(path, post(body)), code, JSON.stringify(body));
      for (const [path, body] of [
        [calibrationsOf(device), calibration],
        [invoicesOf(projectId), invoice],
      ] as const)
        assert.equal(await stranger.refused(path, post(body)), 'NOT_PROJECT_OWNER');
      await state(projectId, invoice);
      assert.equal(await owner.refused(invoicesOf(projectId), post(invoice)), 'STATEMENT_OVERLAPS');
    });

    it('never after it was taken: superseded ones are listed, page by page', async () => {
      const { device } = await addPlant();
      const first = await calibrate(device);
      const second = await calibrate(device, { ...calibration, supersedes: first.id });
      const path = calibrationsOf(device);
      const page = await client.get(`${path}?limit=1`, calibrationPage);
      assert.deepEqual(
        page.calibrations.map(({ id, supersededBy }) => [id, supersededBy]),
        [[second.id, null]],
      );
      const rest = await client.get(`${path}?cursor=${page.nextCursor}`, calibrationPage);
      assert.deepEqual(
        rest.calibrations.map(({ id, supersededBy }) => [id, supersededBy]),
        [[first.id, second.id]],
      );
      assert.equal(rest.nextCursor, null);
    });
  });
});
