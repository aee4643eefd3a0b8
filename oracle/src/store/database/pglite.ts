import { mkdir } from 'node:fs/promises';
import { PGlite, types, type QueryOptions, type Transaction } from '@electric-sql/pglite';
import { fromPglite, type Db } from 'pg-boss';
import type { Engine, Run } from './engine.ts';

/** PGlite's own conversion of bytes works character by character; Buffer's is ten times as fast. */
const OPTIONS: QueryOptions = {
  rowMode: 'array',
  parsers: { [types.BYTEA]: (text: string) => Buffer.from(text.slice(2), 'hex') },
  serializers: { [types.BYTEA]: serializeBytes },
};

/**
 * Opens PostgreSQL in this process on a folder. A commit is written before it is acknowledged and so
 * survives the end of the process at any point; it is not flushed, so it may not survive a power cut.
 */
export async function openPglite(folder: string): Promise<Engine> {
  await mkdir(folder, { recursive: true });
  const database = await PGlite.create({ dataDir: folder });
  return {
    kind: 'pglite',
    queueStore: { backend: 'pglite', db: queueDatabase(database) },
    run: runOn(database),
    transaction: (work) => database.transaction((transaction) => work(runOn(transaction))),
    close: () => database.close(),
  };
}

function runOn(client: PGlite | Transaction): Run {
  return async (text, values) => {
    const { rows } = await client.query<unknown[]>(text, [...values], OPTIONS);
    return rows;
  };
}

/**
 * The queue sends whole transactions as one text. They run as transactions of PGlite, so that one that
 * fails is rolled back before anyone else has a turn on the only connection.
 */
function queueDatabase(database: PGlite): Db {
  const plain = fromPglite(database);
  return {
    ...plain,
    async executeSql(text, values = []) {
      const [, inner] = /^\s*BEGIN;(.*)COMMIT;\s*$/s.exec(text) ?? [];
      if (inner === undefined || values.length > 0) return plain.executeSql(text, values);
      const results = await database.transaction((transaction) => transaction.exec(inner));
      return { rows: results.flatMap(({ rows }) => rows) };
    },
  };
}

function serializeBytes(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw new TypeError('bytes expected');
  const { buffer, byteOffset, byteLength } = value;
  return `\\x${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}`;
}
