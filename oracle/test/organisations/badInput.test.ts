import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { importReportSchema, importSchema } from '../../src/api/schemas/import.ts';
import { inventorySchema } from '../../src/api/schemas/inventory.ts';
import { keySchema } from '../../src/api/schemas/organisation.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import {
  addMember,
  type Answered,
  openBooks,
  type Person,
  signInAs,
  withKey,
} from '../support/people.ts';
import { APP_ORIGIN, configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';
import { zipOf } from '../support/xlsx.ts';

const HEAD = 'date,quantity,site';
const OPTIONS = JSON.stringify({
  mapping: { date: 'date', quantity: 'quantity', site: 'site' },
  defaults: {
    ...{ method: 'stationary-combustion', unit: 'MMBtu_gross' },
    factor: 'epa-hub@2024/stationary/natural-gas/mmbtu',
  },
  ...{ decimal: 'point', dates: 'iso' },
});

/** Of the supply chain factors: USD of 2022. */
const SPEND = 'epa-supply-chain@1.3/111110';

describeOnBothStores('bad input to an inventory', (store) => {
  let oracle: Oracle;
  let owner: Person;
  let organisation: string;
  let query: string;
  let workspaceId: string;
  let uploads: string;
  before(async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    uploads = join(place.dataFolder, 'uploads');
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
    owner = await signInAs(oracle.url);
  });
  after(() => oracle.stop());

  const renew = async (): Promise<void> => {
    ({ organisation, query, workspaceId } = await openBooks(owner));
  };
  const fuel = (litres: number, change: object = {}) => ({
    ...{ workspaceId, method: 'stationary-combustion', date: '2024-06-30', site: 'Kiel' },
    items: [
      {
        inputs: { fuel: { value: String(litres), unit: 'L' } },
        factor: {
          kind: 'own',
          factor: {
            ...{ name: 'Diesel', source: 'certificate 17', unit: 'L' },
            gases: [{ gas: 'CO2', value: '2.5', massUnit: 'kg' }],
          },
        },
      },
    ],
    ...change,
  });
  const spend = (unit: string, exchange?: object) => ({
    ...{ workspaceId, method: 'spend', category: '1', date: '2022-06-30' },
    items: [
      {
        inputs: { spend: { value: '100', unit }, ...(exchange && { exchange }) },
        factor: { kind: 'id', id: SPEND },
      },
    ],
  });
  const target = () =>
    `/v1/imports${query}&${new URLSearchParams({
      ...{ name: 'a.csv', workspaceId, dryRun: 'false', options: OPTIONS },
    }).toString()}`;
  const headersOf = ({ cookie, csrfToken }: Person) => ({
    ...{ cookie, origin: APP_ORIGIN, 'x-csrf-token': csrfToken },
  });
  const load = async (body: BodyInit) => {
    const answer = await fetch(`${oracle.url}${target()}`, {
      ...{ method: 'POST', body, headers: headersOf(owner) },
    });
    const { id } = importSchema.parse(await answer.json());
    return eventually(
      () => owner.get(`/v1/imports/${id}${query}`, importSchema),
      ({ endedAt }) => endedAt !== null,
    );
  };
  const report = async (id: string) =>
    (await owner.get(`/v1/imports/${id}/report${query}`, importReportSchema.strict())).lines;
  const lines = async () => {
    const path = `/v1/inventory${query}&from=2024-01&until=2024-12`;
    return (await owner.get(path, inventorySchema)).scopes[0]?.lines ?? 0;
  };
  const post = (body: unknown, who: Pick<Person, 'ask'> = owner): Promise<Answered> =>
    who.ask(`/v1/activities${query}`, { method: 'POST', body });

  it('of another currency, or of another year’s prices, needs a stated exchange', async () => {
    await renew();
    for (const unit of ['EUR:2022', 'USD:2021', 'EUR', 'USD']) {
      const answer = await post(spend(unit));
      const { code, detail } = problemSchema.parse(answer.body);
      assert.match(code, /^UNIT_(MISMATCH|UNKNOWN)$/, `${unit}: ${detail}`);
      assert.match(detail, new RegExp(unit.slice(0, 3)), unit);
      // Without the year of its prices there is no rate to ask for yet.
      if (unit.length > 3) {
        const rate = `USD:2022 per ${unit} \\(unit USD:2022/${unit}\\), its source and its date`;
        assert.match(detail, new RegExp(`give exchange: ${rate}`), unit);
      }
    }
    const ahead = await post(
      spend('EUR:2022', {
        ...{ value: '1.05', unit: 'USD:2022/EUR:2022', source: 'ECB', date: '2999-01-01' },
      }),
    );
    const { code, detail } = problemSchema.parse(ahead.body);
    assert.equal(code, 'RATE_IN_FUTURE');
    assert.match(detail, /inputs\.exchange\.date.*2999-01-01/);
    const wrong = await post(spend('EUR:2022', { value: '1.05', unit: 'GBP:2022/EUR:2022' }));
    assert.equal(problemSchema.parse(wrong.body).code, 'INPUT_MISSING');
    assert.equal(await lines(), 0);
  });

  it('that a spreadsheet would run as a formula is refused row by row, and never answered as one', async () => {
    await renew();
    const texts = ['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '"=HYPERLINK(""x"")"'];
    const done = await load([HEAD, ...texts.map((text) => `2024-06-30,1,${text}`)].join('\n'));
    assert.deepEqual([done.accepted, done.refused], [0, texts.length]);
    for (const { code } of await report(done.id)) assert.equal(code, 'CELL_UNSAFE');
    const csv = String((await owner.ask(`/v1/imports/${done.id}/report.csv${query}`)).body);
    assert.doesNotMatch(csv, /(^|,)"?[=+@-]/m);
    assert.equal(await lines(), 0);
  });

  it('that was stored before is stored once, in whichever file it comes', async () => {
    await renew();
    const first = await load([HEAD, '2024-06-30,1,Kiel', '2024-06-30,2,Kiel'].join('\n'));
    assert.deepEqual([first.accepted, first.duplicate], [2, 0]);
    const second = await load([HEAD, '2024-06-30,2.0,Kiel', '2024-06-30,3,Kiel'].join('\n'));
    assert.deepEqual([second.accepted, second.duplicate], [1, 1]);
    assert.equal(await lines(), 3);
  });

  it('of a period that is closed is named row by row, and the rest is stored', async () => {
    await renew();
    await post(fuel(1, { date: '2023-06-30' }));
    const days = { firstDay: '2023-01-01', lastDay: '2023-12-31' };
    const closed = await owner.ask(`/v1/periods${query}`, { method: 'POST', body: days });
    assert.equal(closed.status, 201, JSON.stringify(closed.body));
    assert.equal(
      problemSchema.parse((await post(fuel(2, { date: '2023-12-31' }))).body).code,
      'PERIOD_LOCKED',
    );
    const done = await load([HEAD, '2024-12-31,1,Kiel', '2024-01-01,1,Kiel'].join('\n'));
    assert.deepEqual([done.accepted, done.refused], [2, 0]);
    const late = await load([HEAD, '2023-12-31,1,Kiel', '2024-02-01,1,Kiel'].join('\n'));
    assert.deepEqual([late.accepted, late.refused], [1, 1]);
    const [refused] = await report(late.id);
    assert.ok(refused !== undefined);
    assert.match(refused.code, /PERIOD_LOCKED|FACTOR_YEAR_MISSING/);
  });

  it('of a million blank rows is read to its end, in memory that stays', async () => {
    await renew();
    // As a spreadsheet writes rows that were formatted once and never filled.
    const blank = Array.from({ length: 1_000_000 }, (_, at) => `<row r="${at + 2}" spans="1:3"/>`);
    const parts = {
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId7"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
    };
    const cell = (place: string, text: string) =>
      `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const head = HEAD.split(',').map((text, at) => cell(`${'ABC'[at] ?? ''}1`, text));
    const last = ['2024-06-30', '1', 'Kiel'].map((text, at) =>
      cell(`${'ABC'[at] ?? ''}1000002`, text),
    );
    const sheet = `<worksheet><sheetData><row r="1">${head.join('')}</row>${blank.join('')}<row r="1000002">${last.join('')}</row></sheetData></worksheet>`;
    const before = process.memoryUsage().heapUsed;
    const done = await load(zipOf({ ...parts, 'xl/worksheets/sheet1.xml': sheet }));
    assert.deepEqual([done.state, done.accepted, done.refused], ['done', 1, 0], done.code ?? '');
    const [row] = await report(done.id);
    assert.equal(row?.line, 1_000_002);
    const grown = (process.memoryUsage().heapUsed - before) / 1_000_000;
    assert.ok(grown < 200, `the heap grew by ${grown} MB`);
    // The same sheet with the size it claims being a lie is a bomb.
    const lying = await load(zipOf({ ...parts, 'xl/worksheets/sheet1.xml': sheet }, 100));
    assert.deepEqual([lying.state, lying.accepted], ['failed', 0]);
  });

  it('of somebody whose session ends while the file comes is dropped whole', async () => {
    await renew();
    const editor = await signInAs(oracle.url);
    await addMember(owner, organisation, editor, 'editor');
    const before = await readdir(uploads).catch(() => []);
    const sending = sendSlowly(`${oracle.url}${target()}`, headersOf(editor), async () => {
      await editor.ask('/v1/session', { method: 'DELETE' });
    });
    const { status, text } = await sending;
    assert.equal(status, 401, text);
    assert.equal(problemSchema.parse(JSON.parse(text)).code, 'SESSION_EXPIRED');
    const list = z.object({ imports: z.array(importSchema) });
    assert.deepEqual((await owner.get(`/v1/imports${query}`, list)).imports, []);
    assert.deepEqual(await readdir(uploads), before);
    assert.equal(await lines(), 0);
  });

  for (const [who, begin] of [
    ['a member who is removed', startAsMember],
    ['a key that was stolen and is revoked', startAsKey],
  ] as const) {
    it(`of ${who} while it writes is all stored or all refused, write by write`, async () => {
      await renew();
      const { writer, end, refusal } = await begin();
      const answers: Answered[] = [];
      const writeOn = async (first: number): Promise<void> => {
        for (let index = first; ; index += 3) {
          const answer = await post(fuel(index), writer);
          answers.push(answer);
          if (answer.status !== 201) return;
        }
      };
      const writing = Promise.all([writeOn(1), writeOn(2), writeOn(3)]);
      await eventually(
        () => Promise.resolve(answers.length),
        (count) => count > 8,
      );
      await end();
      await writing;
      const refused = answers.filter(({ status }) => status !== 201);
      for (const { body } of refused) assert.equal(problemSchema.parse(body).code, refusal);
      const stored = answers.length - refused.length;
      assert.equal(await lines(), stored);
    });
  }

  async function startAsMember() {
    const writer = await signInAs(oracle.url);
    await addMember(owner, organisation, writer, 'editor');
    const end = async () => {
      const path = `/v1/members/${writer.address}${query}`;
      const headers = { 'if-match': '"v1"' };
      assert.equal((await owner.ask(path, { method: 'DELETE', headers })).status, 200);
    };
    return { writer, end, refusal: 'ORGANISATION_UNKNOWN' };
  }
  async function startAsKey() {
    const expiresAt = Math.floor(Date.now() / 1000) + 3600;
    const body = { name: 'meter', scopes: ['activities:write'], expiresAt };
    const shape = keySchema.extend({ key: z.string() });
    const made = await owner.get(`/v1/keys${query}`, shape, { method: 'POST', body });
    const end = async () => {
      const path = `/v1/keys/${made.id}${query}`;
      assert.equal((await owner.ask(path, { method: 'DELETE' })).status, 200);
    };
    return { writer: withKey(oracle.url, made.key), end, refusal: 'API_KEY_REVOKED' };
  }
});

/** Sends a file in two parts; between them something happens. */
function sendSlowly(
  url: string,
  headers: Readonly<Record<string, string>>,
  between: () => Promise<void>,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.write(`${HEAD}\n2024-06-30,1,Kiel\n`);
    void sleep(300)
      .then(between)
      .then(() => sent.end('2024-06-30,2,Kiel\n'), reject);
  });
}
