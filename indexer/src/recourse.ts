import { creditIdOf } from '@truetonne/protocol';
import { ponder, type Context } from 'ponder:registry';
import { batch, batchVoid, cure, draw, project } from 'ponder:schema';
import type { Hex } from 'viem';
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
    fromOwner: null,
    fromBuffer: null,
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
  const drawn = await findDraw(context.db, batchId, transactionHash);
  await context.db
    .update(batchVoid, { batchId })
    .set({ state: 'executed', decidedAt, ...drawn, missing, transactionHash });
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

/** Credits and certificates say what a void drew just before recourse says that it is executed. */
async function findDraw(db: Context['db'], batchId: bigint, transactionHash: Hex) {
  const voided = await db.find(batch, { id: batchId });
  if (voided === null || voided.mintedAt === null) return { fromOwner: 0n, fromBuffer: 0n };
  const { kind, projectId, vintage } = voided;
  const key = { transactionHash, kind, creditId: creditIdOf(projectId, vintage) };
  const drawn = await db.find(draw, key);
  if (drawn === null) throw new Error(`the void of batch ${String(batchId)} drew nothing`);
  return { fromOwner: drawn.fromHolder, fromBuffer: drawn.fromBuffer };
}
