import { isErrorCode } from '@truetonne/protocol';
import { and, asc, eq, ne } from 'drizzle-orm';
import type { Submission, Variants } from '../domain/submission.ts';
import type { Session } from './database/database.ts';
import { batches, transactions, type BatchRow } from './tables/schema.ts';

/** Stores how a batch's submission stands; a transaction once stored is never forgotten. */
export async function saveSubmission(
  session: Session,
  key: number,
  state: Submission,
  now: number,
): Promise<void> {
  const columns: Partial<BatchRow> = { phase: state.phase };
  if (state.phase === 'sealed') columns.txNonce = null;
  if (state.phase === 'signed') {
    const last = state.variants.at(-1) ?? state.variants[0];
    columns.txHash = last.hash;
    columns.txNonce = last.nonce;
    columns.sentAt = state.sentAt ?? null;
    await saveVariants(session, key, state.variants);
  }
  if (state.phase === 'refused') {
    columns.refusedCode = state.code;
    columns.refusedDetail = state.detail;
    columns.refusedAt = now;
  }
  await session.orm.update(batches).set(columns).where(eq(batches.key, key));
}

async function saveVariants({ orm }: Session, batchKey: number, variants: Variants): Promise<void> {
  const rows = variants.map((variant) => ({ ...variant, batchKey }));
  await orm.insert(transactions).values(rows).onConflictDoNothing();
}

/** The state of a batch's submission as stored. */
export async function readSubmission(session: Session, row: BatchRow): Promise<Submission> {
  switch (row.phase) {
    case 'confirmed':
      return { phase: 'confirmed' };
    case 'refused': {
      const code = row.refusedCode ?? '';
      const detail = row.refusedDetail ?? '';
      return { phase: 'refused', code: isErrorCode(code) ? code : 'INTERNAL', detail };
    }
    case 'submitted':
      return { phase: 'submitted', variants: await findVariants(session, row) };
    case 'signed': {
      const variants = await findVariants(session, row);
      if (variants === undefined) return { phase: 'sealed' };
      return { phase: 'signed', variants, sentAt: row.sentAt ?? undefined };
    }
    case 'sealed':
      return { phase: 'sealed' };
  }
}

/** The transactions of a batch that may be mined, oldest first. */
export async function findVariants(
  { orm }: Session,
  { key, txNonce }: BatchRow,
): Promise<Variants | undefined> {
  if (txNonce === null) return undefined;
  const [first, ...rest] = await orm
    .select({
      hash: transactions.hash,
      raw: transactions.raw,
      nonce: transactions.nonce,
      signedAt: transactions.signedAt,
    })
    .from(transactions)
    .where(and(eq(transactions.batchKey, key), eq(transactions.nonce, txNonce)))
    .orderBy(asc(transactions.signedAt), asc(transactions.hash));
  return first === undefined ? undefined : [first, ...rest];
}

/**
 * Makes room for the batch that the chain has under a number: another one of ours with that number is
 * refused, so that its windows are free again, and what was believed of another oracle's is forgotten.
 */
export async function clearNumber(
  { orm }: Session,
  landed: Pick<BatchRow, 'projectId' | 'number' | 'fileDigest'>,
  now: number,
): Promise<void> {
  const { projectId, number, fileDigest } = landed;
  const others = and(
    eq(batches.projectId, projectId),
    eq(batches.number, number),
    ne(batches.fileDigest, fileDigest),
    ne(batches.phase, 'refused'),
  );
  await orm.delete(batches).where(and(others, eq(batches.own, false)));
  await orm
    .update(batches)
    .set({
      phase: 'refused',
      refusedCode: 'CHAIN_RECORD_MISMATCH',
      refusedDetail: `number ${number} of the project is the batch with file ${fileDigest}`,
      refusedAt: now,
    })
    .where(others);
}
