import { ponder } from 'ponder:registry';
import { recomputationShare } from 'ponder:schema';
import { codeOfReason, codeOfWord } from '../model/recomputation.ts';
import { placeOf } from './place.ts';

ponder.on('BatchRecomputation:RecomputationRequested', async ({ event, context }) => {
  const { batchId, requestId, share, shares } = event.args;
  await context.db
    .insert(recomputationShare)
    .values({ batchId, requestId, share, shares, state: 'asked', ...placeOf(event) });
});

ponder.on('BatchRecomputation:ShareAgreed', async ({ event, context }) => {
  const { requestId } = event.args;
  const answeredAt = Number(event.block.timestamp);
  await context.db.update(recomputationShare, { requestId }).set({ state: 'agreed', answeredAt });
});

ponder.on('BatchRecomputation:ShareContradicted', async ({ event, context }) => {
  const { requestId, code } = event.args;
  await context.db.update(recomputationShare, { requestId }).set({
    state: 'contradicted',
    code: codeOfWord(code),
    answeredAt: Number(event.block.timestamp),
  });
});

/** Comes after one of the others where the verification did not take what was found. */
ponder.on('BatchRecomputation:ShareInconclusive', async ({ event, context }) => {
  const { requestId, reason } = event.args;
  await context.db.update(recomputationShare, { requestId }).set({
    state: 'inconclusive',
    code: codeOfReason(reason),
    answeredAt: Number(event.block.timestamp),
  });
});
