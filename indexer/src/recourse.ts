import { ponder } from 'ponder:registry';
import { batchVoid, cure, project } from 'ponder:schema';
import { claimKindOf } from '../model/batchStatus.ts';
import { placeOf } from './place.ts';

ponder.on('TonneRecourse:VoidAnnounced', async ({ event, context }) => {
  const { batchId, projectId, executableFrom } = event.args;
  const { at, transactionHash } = placeOf(event);
  const announced = {
    projectId,
    state: 'announced',
    announcedAt: at,
    executableFrom,
    decidedAt: null,
    missing: null,
    transactionHash,
  } as const;
  await context.db
    .insert(batchVoid)
    .values({ batchId, ...announced })
    .onConflictDoUpdate(announced);
});

ponder.on('TonneRecourse:VoidCancelled', async ({ event, context }) => {
  const { at: decidedAt, transactionHash } = placeOf(event);
  await context.db
    .update(batchVoid, { batchId: event.args.batchId })
    .set({ state: 'cancelled', decidedAt, transactionHash });
});

ponder.on('TonneRecourse:VoidExecuted', async ({ event, context }) => {
  const { batchId, projectId, kind, missing } = event.args;
  const { at: decidedAt, transactionHash } = placeOf(event);
  await context.db
    .update(batchVoid, { batchId })
    .set({ state: 'executed', decidedAt, missing, transactionHash });
  await context.db
    .update(project, { id: projectId })
    .set((row) =>
      claimKindOf(kind) === 'carbon'
        ? { owedGrams: row.owedGrams + missing }
        : { owedCertificates: row.owedCertificates + missing },
    );
});

ponder.on('TonneRecourse:DebtCured', async ({ event, context }) => {
  const { projectId, by, id: creditId, amount, left } = event.args;
  const kind = claimKindOf(event.args.kind);
  await context.db
    .insert(cure)
    .values({ id: event.id, projectId, by, kind, creditId, amount, left, ...placeOf(event) });
  await context.db
    .update(project, { id: projectId })
    .set(kind === 'carbon' ? { owedGrams: left } : { owedCertificates: left });
});
