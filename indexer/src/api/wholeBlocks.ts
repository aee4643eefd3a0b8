/**
 * Answers are of whole blocks, and of one block each. Ponder 0.16 answers queries while it writes.
 * On PGlite it writes the rows of a block without a transaction, so a reader would see a transfer
 * whose sender still has the credits, and a kill would leave half a block behind. On PostgreSQL two
 * lists of one answer could be a block apart. See docs/decisions/0006.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Turns } from '../../lib/turns.ts';

/** The part of Ponder's internal database that writes. */
interface Writer {
  readonly $dialect: 'pglite' | 'postgres';
  readonly $client: { exec(statement: string): Promise<unknown> };
  transaction: (...args: unknown[]) => Promise<unknown>;
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

/** Has each of Ponder's transactions wait for its turn, and makes it a real one on PGlite. */
export function writeWholeBlocks(writer: Writer, { write }: Turns): void {
  const transaction = writer.transaction.bind(writer);
  const isInside = new AsyncLocalStorage<true>();
  writer.transaction = (...args) => {
    const work = () => transaction(...args);
    const isInner = isInside.getStore() === true;
    if (isInner) return work();
    return write(() =>
      isInside.run(true, writer.$dialect === 'pglite' ? () => transact(writer, work) : work),
    );
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
