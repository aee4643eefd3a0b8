import { ponder, type Context } from 'ponder:registry';
import { device, project } from 'ponder:schema';
import { NO_ENERGY } from '../model/totals.ts';

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
});

ponder.on('TonneRegistry:DeviceBound', async ({ event, context }) => {
  const { deviceId, projectId } = event.args;
  const capacityW = BigInt(event.args.capacityW);
  await context.db.update(device, { id: deviceId }).set({ state: 'bound', projectId, capacityW });
  await context.db.update(project, { id: projectId }).set((row) => ({
    deviceCount: row.deviceCount + 1,
    boundCapacityW: row.boundCapacityW + capacityW,
  }));
});

/** May come again with an earlier time; the capacity becomes free the first time. */
ponder.on('TonneRegistry:DeviceRevoked', async ({ event, context }) => {
  const key = { id: event.args.deviceId };
  await freeCapacity(context.db, await context.db.find(device, key));
  await context.db.update(device, key).set({ state: 'revoked', revokedFrom: event.args.from });
});

async function freeCapacity(db: Context['db'], bound: typeof device.$inferSelect | null) {
  if (bound?.state !== 'bound' || bound.projectId === null) return;
  const capacityW = bound.capacityW ?? 0n;
  await db
    .update(project, { id: bound.projectId })
    .set((row) => ({ boundCapacityW: row.boundCapacityW - capacityW }));
}
