import { ponder } from 'ponder:registry';
import { device, deviceFreeze, project } from 'ponder:schema';
import { NO_ENERGY } from '../model/totals.ts';
import { freeCapacity, getDevice, record } from './deviceLife.ts';
import { placeOf } from './place.ts';

ponder.on('TonneRegistry:DeviceClaimed', async ({ event, context }) => {
  const { deviceId, owner, publicKey, claimHash, claimedAt, exportWh, importWh } = event.args;
  await context.db.insert(device).values({
    id: deviceId,
    owner,
    publicKey,
    claimHash,
    state: 'claimed',
    claimedAt,
    claimExportWh: exportWh,
    claimImportWh: importWh,
    sequence: 0,
    closedAt: claimedAt,
    exportWh,
    importWh,
    ...NO_ENERGY,
  });
  await record(context.db, event, 'claimed', { by: owner, effectiveAt: claimedAt });
});

ponder.on('TonneRegistry:DeviceBound', async ({ event, context }) => {
  const { deviceId, projectId } = event.args;
  const capacityW = BigInt(event.args.capacityW);
  const { owner } = await context.db
    .update(device, { id: deviceId })
    .set({ state: 'bound', projectId, capacityW });
  await context.db.update(project, { id: projectId }).set((row) => ({
    deviceCount: row.deviceCount + 1,
    boundCapacityW: row.boundCapacityW + capacityW,
  }));
  await record(context.db, event, 'bound', { by: owner, projectId, capacityW });
});

/** May come again with an earlier time; the capacity becomes free the first time. */
ponder.on('TonneRegistry:DeviceRevoked', async ({ event, context }) => {
  const { deviceId, from } = event.args;
  const found = await getDevice(context.db, deviceId);
  await freeCapacity(context.db, found);
  await context.db.update(device, { id: deviceId }).set({ state: 'revoked', revokedFrom: from });
  await record(context.db, event, 'revoked', { by: found.owner, effectiveAt: from });
});

/** Comes after the revocation of the old device, and the claim and binding of the new one. */
ponder.on('TonneRegistry:DeviceRotated', async ({ event, context }) => {
  const { deviceId, successor, rotatedAt } = event.args;
  const { owner } = await context.db.update(device, { id: deviceId }).set({ successor });
  await context.db.update(device, { id: successor }).set({ predecessor: deviceId });
  await record(context.db, event, 'rotated', { by: owner, effectiveAt: rotatedAt, successor });
});

ponder.on('TonneRegistry:DeviceFrozen', async ({ event, context }) => {
  const { deviceId, reporter, sequence, headerHashA, headerHashB } = event.args;
  await freeCapacity(context.db, await getDevice(context.db, deviceId));
  await context.db.update(device, { id: deviceId }).set({ state: 'frozen' });
  await context.db.insert(deviceFreeze).values({
    deviceId,
    reporter,
    sequence,
    headerHashA,
    headerHashB,
    ...placeOf(event),
  });
  await record(context.db, event, 'frozen', { by: reporter, sequence });
});
