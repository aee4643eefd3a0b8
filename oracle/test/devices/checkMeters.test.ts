import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { roles } from '../support/chain.ts';
import { CLAIMED_AT, startLoneOracle, type LoneOracle } from '../support/noChain.ts';
import { signInAs, type Person } from '../support/people.ts';
import { eventually } from '../support/service.ts';

const answer = z.strictObject({
  checks: z.string().nullable(),
  checkMeter: z
    .strictObject({
      deviceId: z.string(),
      accuracyClass: z.string(),
      comparedUntil: z.number().nullable(),
      mismatchedDays: z.number(),
    })
    .nullable(),
});

describe('the meter that checks another one, over the API', () => {
  let lone: LoneOracle;
  let owner: Person;

  before(async () => {
    lone = await startLoneOracle();
    owner = await signInAs(lone.oracle.url, roles.owner);
  });
  after(() => lone.stop());

  const pathOf = (deviceId: string) => `/v1/devices/${deviceId}/check-meter`;
  const put = (deviceId: string, checkId: string, accuracyClass = '0.5') =>
    [pathOf(deviceId), { method: 'PUT', body: { deviceId: checkId, accuracyClass } }] as const;

  it('is named by the owner of both, and anyone sees how far they are compared', async () => {
    const { device, unbound, client } = lone;
    assert.deepEqual(await client.get(pathOf(device.deviceId), answer), {
      checkMeter: null,
      checks: null,
    });
    for (const wh of [1_000n, 1_000n, 1_000n, 0n]) {
      const day = { seconds: 86_400, exportWh: wh };
      await client.post([device.seal(day), unbound.seal({ ...day, exportWh: wh + wh / 50n })]);
    }
    const [path, asked] = put(device.deviceId, unbound.deviceId);
    const { checkMeter } = await owner.get(path, answer, asked);
    assert.deepEqual(checkMeter, {
      ...{ deviceId: unbound.deviceId, accuracyClass: '0.5' },
      ...{ comparedUntil: null, mismatchedDays: 0 },
    });
    const seen = await client.get(pathOf(unbound.deviceId), answer);
    assert.deepEqual(seen, { checkMeter: null, checks: device.deviceId });
    const compared = await eventually(
      () => client.get(pathOf(device.deviceId), answer),
      (one) => one.checkMeter?.mismatchedDays === 2,
    );
    assert.ok((compared.checkMeter?.comparedUntil ?? 0) > CLAIMED_AT + 3 * 86_400 - 86_400);
    const flagged = (await client.flags(1)).flags.filter(
      ({ code }) => code === 'CHECK_METER_MISMATCH',
    );
    assert.deepEqual(
      flagged.map(({ deviceId, sequence }) => [deviceId, sequence]),
      [2, 3].map((sequence) => [device.deviceId, sequence]),
    );
  });

  it('is refused to others, for a device without a project and for one that is credited', async () => {
    const { device, unbound, fast } = lone;
    const stranger = await signInAs(lone.oracle.url);
    const refusals = [
      await stranger.refused(...put(device.deviceId, unbound.deviceId)),
      await owner.refused(...put(unbound.deviceId, fast.deviceId)),
      await owner.refused(...put(device.deviceId, fast.deviceId)),
      await owner.refused(...put(fast.deviceId, unbound.deviceId)),
      await owner.refused(...put(device.deviceId, `0x${'1'.repeat(64)}`)),
      await owner.refused(...put(device.deviceId, unbound.deviceId, '0.7')),
      await stranger.refused(pathOf(device.deviceId), { method: 'DELETE' }),
    ];
    assert.deepEqual(refusals, [
      ...['NOT_DEVICE_OWNER', 'DEVICE_UNBOUND', 'CHECK_METER_BOUND', 'CHECK_METER_TAKEN'],
      ...['DEVICE_UNKNOWN', 'BODY_MALFORMED', 'NOT_DEVICE_OWNER'],
    ]);
  });

  it('is taken by one of two that name it at the same time', async () => {
    const { device, fast, unbound } = lone;
    await owner.get(pathOf(device.deviceId), answer, { method: 'DELETE' });
    const asked = [device, fast].map(({ deviceId }) => put(deviceId, unbound.deviceId));
    const answers = await Promise.all(asked.map(([path, wish]) => owner.ask(path, wish)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    await owner.get(pathOf(fast.deviceId), answer, { method: 'DELETE' });
  });

  it('is given up by the owner; what was flagged stays', async () => {
    const { device, client } = lone;
    await owner.get(pathOf(device.deviceId), answer, { method: 'DELETE' });
    assert.deepEqual(await client.get(pathOf(device.deviceId), answer), {
      checkMeter: null,
      checks: null,
    });
    assert.equal((await client.flags(1)).flags.length > 0, true);
  });
});
