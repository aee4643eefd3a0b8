import { ponder } from 'ponder:registry';
import { device, project } from 'ponder:schema';
import { freeCapacity, getDevice, orNull, record } from './deviceLife.ts';

ponder.on('TonneRegistry:DeviceOffered', async ({ event, context }) => {
  const { deviceId, owner } = event.args;
  const offeredTo = orNull(event.args.to);
  await context.db.update(device, { id: deviceId }).set({ offeredTo });
  const kind = offeredTo === null ? 'withdrawn' : 'offered';
  await record(context.db, event, kind, { by: owner, counterparty: offeredTo });
});

/** The device leaves its project; sequence, time and registers stay. */
ponder.on('TonneRegistry:DeviceHandedOver', async ({ event, context }) => {
  const { deviceId, from, to } = event.args;
  const projectId = orNull(event.args.projectId);
  await freeCapacity(context.db, await getDevice(context.db, deviceId));
  await context.db.update(device, { id: deviceId }).set({
    owner: to,
    state: 'claimed',
    projectId: null,
    capacityW: null,
    offeredTo: null,
  });
  if (projectId !== null) {
    await context.db
      .update(project, { id: projectId })
      .set((row) => ({ deviceCount: row.deviceCount - 1 }));
  }
  await record(context.db, event, 'handedOver', { by: to, counterparty: from, projectId });
});
