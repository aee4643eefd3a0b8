import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { createApi } from '../../src/api/app.ts';
import { exportsSchema, newExportSchema } from '../../src/api/schemas/fleet.ts';
import { newUploadSchema, uploadsSchema } from '../../src/api/schemas/upload.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createParts, type Parts } from '../../src/service/parts.ts';
import { closeServer, createHttpServer, listen } from '../../src/service/server.ts';
import type { Database } from '../../src/store/database/database.ts';
import { openStore } from '../../src/store/database/open.ts';
import { readPages } from '../support/client.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import type { Person } from '../support/people.ts';
import { seedProject } from '../support/seed.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';
import { visitor } from '../support/visitor.ts';

type Ask = Person['ask'];

const FILES = 7;

interface List {
  readonly name: 'exports' | 'uploads';
  /** One more in the list of whoever asks; answers its id. */
  readonly add: (as: Ask) => Promise<string>;
  readonly page: (body: unknown) => { readonly ids: string[]; readonly nextCursor: string | null };
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
let added = 0;

const LISTS: readonly List[] = [
  {
    name: 'exports',
    add: async (as) => {
      const body = { kind: 'readings', projectId: 1, from: 0, to: ++added, format: 'csv' };
      const { body: answer } = await as('/v1/exports', { method: 'POST', body });
      return newExportSchema.strict().parse(answer).id;
    },
    page: (body) => {
      const { exports, nextCursor } = exportsSchema.strict().parse(body);
      return { ids: idsOf(exports), nextCursor };
    },
  },
  {
    name: 'uploads',
    add: async (as) => {
      const body = `header,signature\n0x${String(++added)},0x00\n`;
      const headers = { 'content-type': 'text/csv' };
      const path = '/v1/uploads?kind=windows';
      const { body: answer } = await as(path, { method: 'POST', body, headers });
      return newUploadSchema.strict().parse(answer).id;
    },
    page: (body) => {
      const { uploads, nextCursor } = uploadsSchema.strict().parse(body);
      return { ids: idsOf(uploads), nextCursor };
    },
  },
];

describeOnBothStores("the lists of one's exports and uploads", (store) => {
  let database: Database;
  let parts: Parts;
  let server: Server;
  let own: Ask;
  let other: Ask;

  before(async () => {
    const { dataFolder, databaseUrl } = await store.place();
    const config = configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl });
    database = await openStore(config, () => undefined);
    await seedProject(database, 1);
    parts = await createParts(config, database, createLog('silent'));
    server = createHttpServer(createApi(parts.api));
    const url = await listen(server, '127.0.0.1', 0);
    [own, other] = [visitor(url), visitor(url)];
  });
  after(async () => {
    await closeServer(server);
    await parts.stop();
    await database.close();
  });

  async function walk({ name, page }: List, limit: number, between = async () => {}) {
    const pages = await readPages(async (query) => {
      if (query.has('cursor')) await between();
      return page((await own(`/v1/${name}?${query}`)).body);
    }, limit);
    return pages.map(({ ids }) => ids);
  }

  for (const list of LISTS) {
    it(`have each of the ${list.name} once, by pages of any size, and no empty page behind`, async () => {
      const mine = new Set<string>();
      for (let number = 0; number < FILES; number++) {
        mine.add(await list.add(own));
        await list.add(other);
      }
      const [whole = []] = await walk(list, 5_000);
      assert.deepEqual(new Set(whole), mine);
      assert.equal(whole.length, FILES);
      for (const limit of [1, 2, FILES - 1, FILES]) {
        const pages = await walk(list, limit);
        assert.deepEqual(pages.flat(), whole, `by ${limit}`);
        assert.equal(pages.length, Math.ceil(FILES / limit), `by ${limit}`);
      }
    });

    it(`lose and repeat none of the ${list.name} while others come in between`, async () => {
      const [before = []] = await walk(list, 5_000);
      const walked = (await walk(list, 2, async () => void (await list.add(own)))).flat();
      assert.equal(new Set(walked).size, walked.length);
      assert.deepEqual(
        walked.filter((id) => before.includes(id)),
        before,
      );
      const [whole = []] = await walk(list, 5_000);
      assert.ok(whole.length > before.length);
    });

    it(`take no cursor of the ${list.name} that they never gave`, async () => {
      for (const cursor of ['', '1', '1800000000.', "1.' OR 1=1", '1800000000.zz']) {
        const { status, body } = await own(`/v1/${list.name}?cursor=${encodeURIComponent(cursor)}`);
        const { code, field } = z.looseObject({ code: z.string(), field: z.string() }).parse(body);
        assert.deepEqual([status, code, field], [400, 'PARAMETER_INVALID', 'cursor'], cursor);
      }
    });
  }
});
