import { decodeDeviceSlot } from '@truetonne/protocol';
import { ponder } from 'ponder:registry';
import { device, meterReplacement } from 'ponder:schema';
import { record } from './deviceLife.ts';
import { placeOf } from './place.ts';

/** The registers begin anew; what the old meter measured is in the device's sums already. */
ponder.on('TonneRegistry:MeterReplaced', async ({ event, context }) => {
  const { deviceId, validator, statementHash } = event.args;
  const opening = decodeDeviceSlot(event.args.opening);
  const closing = decodeDeviceSlot(event.args.closing);
  const { sequence, closedAt: replacedAt, exportWh, importWh, projectId } = closing;
  await context.db
    .update(device, { id: deviceId })
    .set({ closedAt: replacedAt, exportWh, importWh });
  await context.db.insert(meterReplacement).values({
    statementHash,
    deviceId,
    projectId,
    validatorAddress: validator,
    sequence,
    oldClosedAt: opening.closedAt,
    oldExportWh: opening.exportWh,
    oldImportWh: opening.importWh,
    replacedAt,
    exportWh,
    importWh,
    ...placeOf(event),
  });
  const details = { by: validator, effectiveAt: replacedAt, sequence };
  await record(context.db, event, 'meterReplaced', details);
});
