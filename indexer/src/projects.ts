import { ponder } from 'ponder:registry';
import { project } from 'ponder:schema';
import { countryOf } from '../model/country.ts';
import { claimKindOf } from '../model/batchStatus.ts';
import { NO_CREDIT } from '../model/totals.ts';

ponder.on('TonneRegistry:ProjectRegistered', async ({ event, context }) => {
  const { projectId, owner, plant } = event.args;
  await context.db.insert(project).values({
    id: projectId,
    owner,
    name: plant.name,
    country: countryOf(plant.country),
    latitudeE6: plant.latitudeE6,
    longitudeE6: plant.longitudeE6,
    utcOffsetMinutes: plant.utcOffsetMinutes,
    capacityW: BigInt(plant.capacityW),
    methodologyId: plant.methodologyId,
    creditingFrom: plant.creditingFrom,
    creditingUntil: plant.creditingUntil,
    registeredAt: Number(event.block.timestamp),
    deviceCount: 0,
    boundCapacityW: 0n,
    ...NO_CREDIT,
    mintedGrams: 0n,
    retiredGrams: 0n,
    deficitWh: 0n,
    remainderUg: 0n,
    kind: 'carbon',
    owedGrams: 0n,
    owedCertificates: 0n,
    blocked: false,
  });
});

/** A later validation names another submitter; the row shows the last one, as the chain does. */
ponder.on('TonneRegistry:ProjectValidated', async ({ event, context }) => {
  const { projectId, validator, factorUgPerWh, submitter } = event.args;
  await context.db.update(project, { id: projectId }).set({
    validatorAddress: validator,
    submitter,
    factorUgPerWh: BigInt(factorUgPerWh),
    validatedAt: Number(event.block.timestamp),
  });
});

/** Batches that were submitted stay what they were. */
ponder.on('TonneRegistry:ClaimChosen', async ({ event, context }) => {
  const { projectId, kind } = event.args;
  await context.db.update(project, { id: projectId }).set({ kind: claimKindOf(kind) });
});

ponder.on('TonneRegistry:ProjectBlocked', async ({ event, context }) => {
  const { projectId, blocked } = event.args;
  await context.db.update(project, { id: projectId }).set({ blocked });
});
