/**
 * On PGlite, Ponder 0.16 writes the rows of a block one statement after the other without a
 * transaction, and answers queries in between: a reader would see a transfer whose sender still
 * has the credits, and a kill would leave half a block behind. Here its writes get a transaction,
 * and readers wait for it to end. On PostgreSQL Ponder does that itself.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { TakeTurn } from '../../lib/turns.ts';

/** The part of Ponder's internal database that writes; a test covers that it is still so. */
interface Writer {
  readonly $dialect: 'pglite' | 'postgres';
  readonly $client: { exec(statement: string): Promise<unknown> };
  transaction: (...args: unknown[]) => Promise<unknown>;
}

/** Whether the embedded database is in use, so that readers have to take turns with the writer. */
export function isEmbedded(writer: Writer): boolean {
  return writer.$dialect === 'pglite';
}

/** @throws Error when Ponder no longer keeps its writer where 0.16 does */
export function findWriter(): Writer {
  const database: unknown = Reflect.get(globalThis, 'PONDER_DATABASE');
  if (typeof database === 'object' && database !== null && 'userQB' in database) {
    const { userQB } = database;
    if (isWriter(userQB)) return userQB;
  }
  throw new Error('This Ponder keeps its database elsewhere than 0.16 does; see wholeBlocks.ts');
}

/** Makes each of Ponder's outer transactions a real one, and has it wait for its turn. */
export function writeWholeBlocks(writer: Writer, takeTurn: TakeTurn): void {
  const write = writer.transaction.bind(writer);
  const isInside = new AsyncLocalStorage<true>();
  writer.transaction = (...args) => {
    const isInner = isInside.getStore() === true;
    if (isInner) return write(...args);
    return takeTurn(() => isInside.run(true, () => transact(writer, () => write(...args))));
  };
}

async function transact<T>({ $client }: Writer, work: () => Promise<T>): Promise<T> {
  await $client.exec('BEGIN');
  try {
    const result = await work();
    await $client.exec('COMMIT');
    return result;
  } catch (error) {
    // When Ponder is shutting down the database may be closed already, which undoes it too.
    await $client.exec('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function isWriter(value: unknown): value is Writer {
  if (typeof value !== 'object' || value === null) return false;
  const { $dialect, $client, transaction }: Partial<Record<keyof Writer, unknown>> = value;
  const isKnown = $dialect === 'pglite' || $dialect === 'postgres';
  return isKnown && typeof $client === 'object' && typeof transaction === 'function';
}
