import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { toHex, type Hex, type SealedWindow } from '@truetonne/protocol';
import { startOracle, type Oracle } from '../../src/index.ts';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createClient, joinWindows, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const START = Date.parse('2016-07-30T00:00:00-07:00') / 1000;

describeOnBothStores("a device's life", (store) => {
  let chain: TestChain;
  let oracle: Oracle;
  let client: TestClient;
  let projectId: number;
  let made = 0;

  before(async () => {
    chain = await startChain();
    projectId = await chain.addProject();
    const { dataFolder, databaseUrl } = await store.place();
    oracle = await startOracle(configOf(chain.deployment, dataFolder, { databaseUrl }));
    client = createClient(oracle.url);
  });
  after(async () => {
    await oracle.stop();
    await chain.stop();
  });

  /** A device of the project, known to the oracle. */
  const addDevice = async (): Promise<TestDevice> => {
    const device = createTestDevice({
      domain: chain.domain,
      // Later each time: capacity that a device left free is never in use twice.
      claimedAt: START + 86_400 * made++,
      owner: roles.owner.address,
    });
    await chain.claim(device);
    await chain.bind(device, projectId);
    await statusIs(device, 'bound');
    return device;
  };
  const statusIs = (device: TestDevice, status: string) =>
    eventually(
      () => client.devices().then((all) => all.find((one) => one.deviceId === device.deviceId)),
      (found) => found?.status === status,
    );
  const stateIs = (window: SealedWindow, state: string, reason: string | undefined) =>
    eventually(
      () => client.status(window.header.deviceId, window.header.sequence),
      (status) => status.state === state && status.reason?.code === reason,
    );
  /** Closes the project's periods up to a window and waits until it is in a confirmed batch. */
  const settle = async (window: SealedWindow): Promise<void> => {
    await stateIs(window, 'counted', undefined);
    await client.postJson(`/v1/projects/${projectId}/close`, { until: window.header.closedAt });
    await eventually(
      () => client.status(window.header.deviceId, window.header.sequence),
      ({ batch }) => batch?.phase === 'confirmed',
    );
  };

  it('goes on after its meter was replaced: windows wait for the sign-off and count then', async () => {
    const device = await addDevice();
    const before = device.seal({ exportWh: 1_000n });
    await client.post([before]);
    await settle(before);
    const signed = device.replaceMeter({ exportWh: 5n, importWh: 0n, pause: 600 });
    const next = device.seal({ exportWh: 70n });
    // The window is first, and is judged without the statement.
    await client.post([next]);
    await stateIs(next, 'excluded', 'REGISTER_ROLLBACK');
    const body = { statement: toHex(signed.statement), signature: toHex(signed.signature) };
    const kept = await client.postJson('/v1/meter-replacements', body);
    assert.equal(kept.status, 202, JSON.stringify(kept.body));
    const waiting = await stateIs(next, 'waiting', 'METER_REPLACEMENT_PENDING');
    assert.ok((waiting.waiting?.deadline ?? 0) > waiting.receivedAt);
    const [fleet] = (await client.fleet()).devices.filter(
      ({ deviceId }) => deviceId === device.deviceId,
    );
    assert.deepEqual(
      [fleet?.waiting?.count, fleet?.waiting?.reason],
      [1, 'METER_REPLACEMENT_PENDING'],
    );
    const [pending] = await client.meterReplacements(`?project=${projectId}&state=pending`);
    assert.deepEqual(
      [pending?.sequence, pending?.exportWh, pending?.statement],
      [1, '5', toHex(signed.statement)],
    );
    await chain.life.replaceMeter(device, signed);
    await settle(next);
    const { credited, totals } = await client.device(device.deviceId);
    assert.deepEqual([credited.sequence, credited.exportWh], [2, '75']);
    assert.deepEqual([totals.exportedWh, totals.deductedWh, totals.windows], ['1070', '0', 2]);
    const [done] = await client.meterReplacements(`?device=${device.deviceId}&state=signed`);
    assert.equal(done?.validator, roles.validator.address.toLowerCase());
  });

  it('refuses a statement that the device did not sign, and one for what is credited', async () => {
    const device = await addDevice();
    const first = device.seal();
    const statement = device.replaceMeter({ exportWh: 0n, importWh: 0n, pause: 1 });
    const post = (signature: Hex) =>
      client.postJson('/v1/meter-replacements', {
        statement: toHex(statement.statement),
        signature,
      });
    const wrong = toHex(device.sign(new Uint8Array(132)));
    assert.deepEqual(codeOf(await post(wrong)), [400, 'SIGNATURE_INVALID']);
    assert.deepEqual(codeOf(await client.postJson('/v1/meter-replacements', {})), [
      400,
      'BODY_MALFORMED',
    ]);
    assert.equal(first.header.sequence, 1);
  });

  it('goes to another owner with what is not credited yet; its project keeps what was', async () => {
    const device = await addDevice();
    const [credited, pending] = [device.seal({ exportWh: 900n }), device.seal({ exportWh: 300n })];
    await client.post([credited]);
    await settle(credited);
    await client.post([pending]);
    await stateIs(pending, 'counted', undefined);
    const total = async (): Promise<string> => (await client.project(projectId)).totals.exportedWh;
    const sumOf = async (id: number): Promise<bigint> =>
      (await client.projectEnergy(id)).reduce((sum, one) => sum + BigInt(one.exportedWh), 0n);
    const before = [BigInt(await total()), await sumOf(projectId)];
    await chain.life.offer(device.deviceId, roles.buyer.address);
    await eventually(
      () => client.device(device.deviceId),
      ({ offeredTo }) => offeredTo === roles.buyer.address.toLowerCase(),
    );
    await chain.life.accept(device.deviceId);
    await statusIs(device, 'claimed');
    const left = await client.device(device.deviceId);
    assert.deepEqual(
      [left.owner, left.projectId, left.offeredTo, left.judged?.sequence],
      [roles.buyer.address.toLowerCase(), null, null, 1],
    );
    // The old project keeps what was credited.
    assert.equal(await sumOf(projectId), (before[1] ?? 0n) - 300n);
    await stateIs(pending, 'received', 'DEVICE_UNBOUND');
  });

  it('is frozen by anyone with the evidence that the oracle serves, and counts no more', async () => {
    const device = await addDevice();
    const [first, second] = [device.seal(), device.seal()];
    await client.post([first]);
    await stateIs(first, 'counted', undefined);
    const forged = device.forge(first, 5n);
    const refused = await client.postRefused('application/octet-stream', joinWindows([forged]));
    assert.equal(refused.code, 'EQUIVOCATION');
    const { publicKey, equivocations } = await client.equivocations(device.deviceId);
    const [proof] = equivocations;
    assert.ok(proof);
    assert.deepEqual(
      [proof.sequence, proof.a.headerHash, proof.b.headerHash],
      [1, first.headerHash, forged.headerHash],
    );
    const alert = await eventually(
      () => client.alerts('?open=true'),
      (alerts) =>
        alerts.some(({ kind, deviceId }) => kind === 'key-copied' && deviceId === device.deviceId),
    );
    assert.ok(alert.length > 0);
    await chain.life.freeze({
      publicKey: hexOf(publicKey),
      a: { header: hexOf(proof.a.header), signature: hexOf(proof.a.signature) },
      b: { header: hexOf(proof.b.header), signature: hexOf(proof.b.signature) },
    });
    await statusIs(device, 'frozen');
    await stateIs(first, 'excluded', 'DEVICE_FROZEN');
    const late = await client.postRefused('application/octet-stream', joinWindows([second]));
    assert.equal(late.code, 'DEVICE_FROZEN');
    assert.equal((await client.fleet('?state=frozen')).devices.length, 1);
    await eventually(
      () => client.alerts('?open=true'),
      (alerts) => !alerts.some(({ deviceId }) => deviceId === device.deviceId),
    );
  });
});

function codeOf({ status, body }: { readonly status: number; readonly body: unknown }) {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return [status, code];
}

function hexOf(text: string): Hex {
  return `0x${text.slice(2)}`;
}
