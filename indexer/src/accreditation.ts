import { ponder } from 'ponder:registry';
import { methodology, validator } from 'ponder:schema';

ponder.on('TonneRegistry:MethodologyPublished', async ({ event, context }) => {
  const { methodologyId, code, version, parametersHash, validFrom, validUntil } = event.args;
  await context.db
    .insert(methodology)
    .values({ id: methodologyId, code, version, parametersHash, validFrom, validUntil });
});

ponder.on('TonneRegistry:ValidatorAccredited', async ({ event, context }) => {
  const accreditedUntil = event.args.until;
  await context.db
    .insert(validator)
    .values({ address: event.args.validator, accreditedUntil })
    .onConflictDoUpdate({ accreditedUntil });
});
