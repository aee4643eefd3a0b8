import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { makeFolder } from '../../../test/support/folders.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { openStore } from './open.ts';
import * as schema from '../tables/schema.ts';
import { findSetting, readMark, saveSetting } from '../settings.ts';

const isCode = (code: string) => (error: unknown) =>
  error instanceof TonneError && error.code === code;

describeOnBothStores('a store', (store) => {
  it('has every table and column that the program knows, and no others', async () => {
    const database = await openStore(await store.blank(), () => undefined);
    const rows = await database.run(
      `SELECT table_name, column_name, is_nullable FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> 'migrations'`,
      [],
    );
    await database.close();
    const inDatabase = rows.map(
      ([table, column, nullable]) => `${String(table)}.${String(column)} ${String(nullable)}`,
    );
    const inProgram = Object.values(schema)
      .filter((value) => is(value, PgTable))
      .map((table) => getTableConfig(table))
      .flatMap(({ name: table, columns }) =>
        columns.map(({ name, notNull }) => `${table}.${name} ${notNull ? 'NO' : 'YES'}`),
      );
    assert.deepEqual(inDatabase.sort(), inProgram.sort());
  });

  it('keeps what it holds when it is opened again', async () => {
    const place = await store.place();
    const first = await openStore(place, () => undefined);
    await saveSetting(first, 'judgedThrough', '41');
    await saveSetting(first, 'judgedThrough', '42');
    await first.close();
    const second = await openStore(place, () => undefined);
    assert.equal(await readMark(second), 42);
    await second.close();
  });

  it('undoes a transaction that fails', async () => {
    const database = await store.empty();
    const failing = database.transaction(async (session) => {
      await saveSetting(session, 'domain', 'x');
      throw new RangeError('on purpose');
    });
    await assert.rejects(failing, RangeError);
    assert.equal(await findSetting(database, 'domain'), undefined);
    await database.transaction((session) => saveSetting(session, 'domain', 'y'));
    assert.equal(await findSetting(database, 'domain'), 'y');
  });

  it('lets no second process work on it', async () => {
    const place = await store.place();
    const first = await openStore(place, () => undefined);
    await assert.rejects(
      openStore(place, () => undefined),
      isCode('DATA_IN_USE'),
    );
    await first.close();
    const second = await openStore(place, () => undefined);
    await second.close();
  });
});

describe('a store on a server that is not there', () => {
  it('says STORE_UNAVAILABLE and leaves the folder free', async () => {
    const folder = makeFolder();
    const config = { dataFolder: folder.path, databaseUrl: 'postgres://nobody@127.0.0.1:9/none' };
    await assert.rejects(
      openStore(config, () => undefined),
      isCode('STORE_UNAVAILABLE'),
    );
    await assert.rejects(
      openStore(config, () => undefined),
      isCode('STORE_UNAVAILABLE'),
    );
    folder.remove();
  });
});

describe('a data folder that can not be made', () => {
  it('is a setting to correct', async () => {
    const folder = makeFolder();
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    await assert.rejects(
      openStore({ dataFolder: file, databaseUrl: undefined }, () => undefined),
      isCode('CONFIGURATION_INVALID'),
    );
    folder.remove();
  });
});
