import { ponder } from 'ponder:registry';
import { certificate } from 'ponder:schema';
import { placeOf } from './place.ts';

ponder.on('TonneCertificates:Transfer', async ({ event, context }) => {
  const { to: account, tokenId: id } = event.args;
  await context.db.insert(certificate).values({ id, account, ...placeOf(event) });
});

ponder.on('TonneCertificates:BeneficiaryRevealed', async ({ event, context }) => {
  const { retirementId: id, beneficiary, salt } = event.args;
  await context.db.update(certificate, { id }).set({
    revealedBeneficiary: beneficiary,
    revealedSalt: salt,
    revealedAt: Number(event.block.timestamp),
  });
});
