import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { importReportSchema, importSchema } from '../../src/api/schemas/import.ts';
import { inventorySchema } from '../../src/api/schemas/inventory.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from './noChain.ts';
import { openBooks, type Person, signInAs } from './people.ts';
import { APP_ORIGIN, configOf, eventually } from './service.ts';
import type { StorePlace, TestStore } from './stores.ts';

export const HEAD = 'Day,What,Where,Amount,Unit,Factor';
export const NATURAL_GAS = 'epa-hub@2024/stationary/natural-gas/mmbtu';

const FIELDS = ['date', 'method', 'site', 'quantity', 'unit', 'factor'];
/** Of a file whose first line is `HEAD`. */
export const OPTIONS = {
  mapping: Object.fromEntries(HEAD.split(',').map((column, index) => [column, FIELDS[index]])),
  ...{ decimal: 'point', dates: 'iso' },
};

interface Sent {
  readonly options?: object;
  readonly dryRun?: string;
}

/** Books on an oracle of their own, and files of activities that are handed in there. */
export function openImportDesk(store: TestStore) {
  let place: StorePlace;
  let oracle: Oracle;
  let owner: Person;
  let books: Awaited<ReturnType<typeof openBooks>>;

  const start = async (): Promise<void> => {
    const { dataFolder, databaseUrl } = place;
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl }));
    owner = await signInAs(oracle.url, owner?.wallet);
  };
  before(async () => {
    place = await store.place();
    await start();
  });
  after(() => oracle.stop());

  const post = async (body: BodyInit, sent: Sent = {}, path = '/v1/imports', who = owner) => {
    const { options = OPTIONS, dryRun = 'false' } = sent;
    const { organisation, workspaceId, query } = books;
    const search = new URLSearchParams({
      ...{ organisation, name: 'fuel.csv', workspaceId, dryRun, options: JSON.stringify(options) },
    });
    const target =
      path === '/v1/imports'
        ? `${path}?${search.toString()}`
        : path.includes('?')
          ? `${path}&organisation=${organisation}`
          : `${path}${query}`;
    const headers = { cookie: who.cookie, origin: APP_ORIGIN, 'x-csrf-token': who.csrfToken };
    const answer = await fetch(`${oracle.url}${target}`, { method: 'POST', body, headers });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const ended = (id: string) =>
    eventually(
      () => owner.get(`/v1/imports/${id}${books.query}`, importSchema.strict()),
      ({ endedAt }) => endedAt !== null,
    );

  return {
    /** Who, and where it is now: other books after each `renew`. */
    at: () => ({ place, oracle, owner, ...books }),
    renew: async (): Promise<void> => {
      books = await openBooks(owner);
    },
    /** Ends the oracle, does something to its store, and starts it again. */
    restart: async (between: () => Promise<void>): Promise<void> => {
      await oracle.stop();
      await between();
      await start();
    },
    ...{ post, ended },
    load: async (body: BodyInit, sent: Sent = {}) => {
      const answer = await post(body, sent);
      assert.equal(answer.status, 202, JSON.stringify(answer.body));
      return ended(importSchema.strict().parse(answer.body).id);
    },
    report: async (id: string) => {
      const path = `/v1/imports/${id}/report${books.query}`;
      return (await owner.get(path, importReportSchema.strict())).lines;
    },
    row: (amount: string, site = 'Kiel', day = '2024-06-30') =>
      `${day},stationary-combustion,${site},${amount},MMBtu_gross,${NATURAL_GAS}`,
    lines: async () => {
      const path = `/v1/inventory${books.query}&from=2024-01&until=2024-12`;
      return (await owner.get(path, inventorySchema)).scopes[0]?.lines ?? 0;
    },
  };
}
