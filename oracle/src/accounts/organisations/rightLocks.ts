import type { Hex } from '@truetonne/protocol';
import type { Session } from '../../store/database/database.ts';

/**
 * What gives a right to write: a membership, or an API key. A write holds it to the end of its
 * transaction; whoever takes it away waits for the writes that hold it, and no new write holds it before
 * that. Locks of rows don't queue so: those who share one let each other in, and a key that is in use
 * without a pause could not be revoked.
 */
export type WriteRight = `member ${string} ${number}` | `key ${Hex}`;

export function memberRight(organisationId: string, accountId: number): WriteRight {
  return `member ${organisationId} ${accountId}`;
}

export function keyRight(keyHash: Hex): WriteRight {
  return `key ${keyHash}`;
}

/** Before the right is read, so that what is read is what holds. */
export async function holdRight({ run }: Session, right: WriteRight): Promise<void> {
  const text = 'SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))';
  await run(text, [right], 'hold-right');
}

export async function seizeRight({ run }: Session, right: WriteRight): Promise<void> {
  await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [right], 'seize-right');
}
