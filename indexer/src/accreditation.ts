import { ponder } from 'ponder:registry';
import { methodology, validator } from 'ponder:schema';
import { recordAccreditation } from './roles.ts';

ponder.on('TonneRegistry:MethodologyPublished', async ({ event, context }) => {
  const { methodologyId: id, requirements, ...version } = event.args;
  await context.db.insert(methodology).values({ id, ...version, ...requirements });
});

ponder.on('TonneRegistry:ValidatorAccredited', async ({ event, context }) => {
  const accredited = { accreditedFrom: event.args.from, accreditedUntil: event.args.until };
  await context.db
    .insert(validator)
    .values({ address: event.args.validator, ...accredited })
    .onConflictDoUpdate(accredited);
  await recordAccreditation(context.db, event, event.args.validator, 'validator');
});
