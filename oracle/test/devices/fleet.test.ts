import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parquetReadObjects } from 'hyparquet';
import { parse } from 'csv-parse/sync';
import { CLAIMED_AT, startLoneOracle, type LoneOracle } from '../support/noChain.ts';
import { eventually } from '../support/service.ts';

describe('fleet, alerts, statistics and exports', () => {
  let lone: LoneOracle;
  let now = CLAIMED_AT + 86_400;
  const fields = {
    activePowerMw: 400_000n,
    firmware: BigInt(0x01_02_03),
    batteryMv: 3_700n,
    signalDbm: -71n,
  };

  before(async () => {
    lone = await startLoneOracle({ now: () => now });
    const { device, client } = lone;
    await client.post([
      device.seal({ seconds: 600, count: 2, fields }),
      device.seal({ seconds: 600, fields: { ...fields, activePowerMw: 200_000n } }),
      device.seal({ seconds: 600, fields: { ...fields, ambientMc: -999_000n } }),
    ]);
    await eventually(
      () => client.device(device.deviceId),
      ({ judged }) => judged?.sequence === 3,
    );
  });
  after(() => lone.stop());

  const mine = async (query = '') =>
    (await lone.client.fleet(query)).devices.find(
      ({ deviceId }) => deviceId === lone.device.deviceId,
    );

  it('shows who is online with what the device said of itself, and its last reasons', async () => {
    const { summary } = await lone.client.fleet();
    assert.deepEqual(summary, { online: 1, late: 0, silent: 0, never: 2, frozen: 0, revoked: 0 });
    const found = await mine('?project=1&state=online');
    assert.deepEqual(
      [found?.firmware, found?.batteryMv, found?.signalDbm, found?.lastSequence],
      ['1.2.3', 3_700, -71, 3],
    );
    assert.equal(found?.lastReasons[0]?.code, 'SENTINEL_VALUE');
    const page = await lone.client.fleet('?limit=1');
    const rest = await lone.client.fleet(`?limit=5&cursor=${page.nextCursor ?? ''}`);
    assert.deepEqual([page.devices.length, rest.devices.length, rest.nextCursor], [1, 2, null]);
  });

  it('raises one alert for a device that falls silent, and ends it when it is back', async () => {
    now += 7_000;
    const open = () => lone.client.alerts('?open=true&project=1');
    const alerts = await eventually(open, (found) => found.length > 1);
    // The other one is bound and never sent.
    const never = lone.fast.deviceId;
    assert.deepEqual(
      alerts.map(({ kind, deviceId }) => `${kind} ${deviceId}`).sort(),
      [lone.device.deviceId, never].map((deviceId) => `device-silent ${deviceId}`).sort(),
    );
    const alert = alerts.find(({ deviceId }) => deviceId === lone.device.deviceId);
    assert.equal((await mine())?.state, 'silent');
    await lone.client.post([lone.device.seal({ seconds: 600, fields })]);
    const ended = await eventually(
      () => lone.client.alerts('?open=false'),
      (found) => found.length > 0,
    );
    assert.deepEqual([ended.length, ended[0]?.id, ended[0]?.endedAt], [1, alert?.id, now]);
    assert.deepEqual(
      (await open()).map(({ deviceId }) => deviceId),
      [never],
    );
  });

  it('sums a device up over a time', async () => {
    await eventually(
      () => lone.client.device(lone.device.deviceId),
      ({ judged }) => judged?.sequence === 4,
    );
    const span = `?from=${CLAIMED_AT}&to=${CLAIMED_AT + 3_600}`;
    const statistics = await lone.client.statistics(lone.device.deviceId, span);
    assert.deepEqual(
      [statistics.windows, statistics.readings, statistics.availabilityE4],
      [4, 5, 6_666],
    );
    assert.deepEqual([statistics.exportedWh, statistics.deductedWh], ['400', '100']);
    const { energyFrom, energyTo } = statistics;
    assert.deepEqual([energyFrom, energyTo], [CLAIMED_AT, CLAIMED_AT + 3_600]);
    // Energy is kept by the hour: where no hour begins in the span, it is said that none was counted.
    const within = `?from=${CLAIMED_AT + 1}&to=${CLAIMED_AT + 3_000}`;
    const part = await lone.client.statistics(lone.device.deviceId, within);
    assert.deepEqual([part.readings > 0, part.energyFrom, part.energyTo], [true, null, null]);
    // Time that a window covers although none of its readings ends in the span.
    const amid = `?from=${CLAIMED_AT + 650}&to=${CLAIMED_AT + 700}`;
    const covered = await lone.client.statistics(lone.device.deviceId, amid);
    assert.deepEqual([covered.readings, covered.availabilityE4], [0, 10_000]);
    assert.deepEqual(statistics.fields['activePowerMw'], {
      ...{ count: 5, min: '200000', max: '400000', mean: '360000' },
    });
    const none = await lone.client.statistics(lone.unbound.deviceId, span);
    assert.deepEqual([none.readings, none.firstAt, none.fields], [0, null, {}]);
  });

  it('shows whole months of a project, those that begin in the span', async () => {
    const june = Date.parse('2016-06-01T00:00:00-07:00') / 1000;
    const ask = (from: number, to: number) =>
      lone.client.projectEnergy(1, `?bucket=month&from=${from}&to=${to}`);
    const [whole, ...others] = await ask(june, june + 1);
    assert.deepEqual([whole?.startsAt, whole?.exportedWh, others], [june, '400', []]);
    assert.deepEqual(await ask(june + 1, june + 86_400 * 30), []);
  });

  it('streams readings and energy as CSV', async () => {
    const { device, client } = lone;
    const url = `${client.url}/v1/devices/${device.deviceId}`;
    const text = await (await fetch(`${url}/readings.csv?to=${CLAIMED_AT + 1_500}`)).text();
    const rows: Record<string, string>[] = parse(text, { columns: true });
    assert.deepEqual(
      rows.map((row) => [row['sequence'], row['index'], row['activePowerMw'], row['reason']]),
      [
        ['1', '0', '400000', ''],
        ['1', '1', '400000', ''],
        ['2', '0', '200000', ''],
      ],
    );
    const energy: Record<string, string>[] = parse(
      await (await fetch(`${url}/energy.csv?bucket=hour`)).text(),
      { columns: true },
    );
    assert.deepEqual(
      energy.map((row) => [row['readings'], row['exportedWh'], row['deductedWh']]),
      [['5', '400', '100']],
    );
    const problem = await client.refused(`/v1/devices/${device.deviceId}/energy.csv?bucket=week`);
    assert.deepEqual([problem.code, problem.field], ['PARAMETER_INVALID', 'bucket']);
  });

  const exportAll = async (format: 'csv' | 'parquet') => {
    const request = { kind: 'readings', projectId: 1, from: 0, to: 2 ** 40, format };
    const { status, body } = await lone.client.postJson('/v1/exports', request);
    assert.equal(status, 202, JSON.stringify(body));
    const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : '';
    return eventually(
      () => lone.client.export(id),
      (task) => task.status === 'done' || task.status === 'failed',
    );
  };

  it('writes the same rows as CSV and as Parquet in the background', async () => {
    const [csv, parquet] = [await exportAll('csv'), await exportAll('parquet')];
    assert.deepEqual([csv.status, parquet.status], ['done', 'done'], JSON.stringify(parquet));
    assert.deepEqual([csv.rows, parquet.rows], [5, 5]);
    assert.deepEqual(csv.progress, { done: 4, total: 4 });
    const read = (path: string | null) => fetch(`${lone.client.url}${path ?? ''}`);
    const rows: Record<string, string>[] = parse(await (await read(csv.url)).text(), {
      columns: true,
    });
    const file = await (await read(parquet.url)).arrayBuffer();
    assert.equal(file.byteLength, parquet.size);
    const objects = await parquetReadObjects({ file });
    const texts = objects.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)]),
      ),
    );
    assert.deepEqual(texts, rows);
    assert.equal(objects[4]?.['activePowerMw'], 400_000n);
    assert.deepEqual(
      rows.map((row) => row['reason']),
      ['', '', '', 'SENTINEL_VALUE', ''],
    );
  });

  it('takes a file away that nobody wants, and knows no other tasks', async () => {
    const { id, url } = await exportAll('csv');
    const { own: headers } = lone.client;
    const answer = await fetch(`${lone.client.url}/v1/exports/${id}`, {
      method: 'DELETE',
      headers,
    });
    assert.equal(answer.status, 200);
    assert.equal((await lone.client.refused(url ?? '')).code, 'JOB_UNKNOWN');
    const other = '/v1/exports/00000000-0000-4000-8000-000000000000';
    assert.equal((await lone.client.refused(other)).code, 'JOB_UNKNOWN');
    for (const body of [{}, { kind: 'readings', from: 1, to: 1, format: 'csv', projectId: 1 }]) {
      const { status } = await lone.client.postJson('/v1/exports', body);
      assert.equal(status, 400);
    }
  });

  it('lists every reason with severity and source, as the methodology has it', async () => {
    const all = await lone.client.reasons();
    assert.equal(all.methodology, 'GCCM001 4.0');
    const byCode = new Map(all.reasons.map((reason) => [reason.code, reason]));
    assert.deepEqual(
      [byCode.get('ENERGY_AT_NIGHT')?.severity, byCode.get('ENERGY_AT_NIGHT')?.number],
      ['deduct', 16],
    );
    assert.equal(byCode.get('SIGNATURE_INVALID')?.severity, 'refuse');
    assert.ok(all.reasons.every(({ source, title }) => source !== '' && title !== ''));
    assert.equal((await lone.client.reasons('?project=1')).methodology, 'baseline');
  });
});
