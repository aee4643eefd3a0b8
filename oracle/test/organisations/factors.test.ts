import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { startLoneOracle, type LoneOracle } from '../support/noChain.ts';

let lone: LoneOracle;

before(async () => {
  lone = await startLoneOracle();
});
after(() => lone.stop());

interface Page {
  readonly factors: readonly Record<string, unknown>[];
  readonly total: number;
  readonly nextCursor: string | null;
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${lone.oracle.url}${path}`, { headers });

async function search(query: Record<string, string>): Promise<Page> {
  const response = await get(`/v1/factors?${new URLSearchParams(query).toString()}`);
  assert.equal(response.status, 200, await response.clone().text());
  // Proof: the answer went through the schema of its route.
  return (await response.json()) as Page;
}

void test('anybody finds the factor of a grid by words, region and year', async () => {
  const { factors } = await search({
    text: 'california',
    region: 'USA',
    year: '2023',
    scope: '2-location',
  });
  assert.equal(factors[0]?.['id'], 'epa-hub@2024/electricity/camx');
  assert.equal(factors.length, 1);
});

void test('a wider region holds the narrow ones, a year outside holds nothing', async () => {
  const grid = { activity: 'electricity/grid average', set: 'epa-hub@2024' };
  assert.equal((await search({ ...grid, region: 'USA' })).total, 28);
  assert.equal((await search({ ...grid, region: 'USA/eGRID' })).total, 27);
  assert.equal((await search({ ...grid, year: '2019' })).total, 0);
});

void test('pages follow one another without gap or repetition', async () => {
  const seen: unknown[] = [];
  let cursor: string | null = '0';
  let total = 0;
  while (cursor !== null) {
    const page: Page = await search({ text: 'diesel', limit: '97', cursor });
    seen.push(...page.factors.map(({ id }) => id));
    ({ nextCursor: cursor, total } = page);
  }
  assert.equal(seen.length, total);
  assert.equal(new Set(seen).size, total);
});

void test('a factor opens to gases, source, licence and CO2e under each report', async () => {
  const response = await get(
    `/v1/factors/${encodeURIComponent('epa-hub@2024/stationary/natural-gas/mmbtu')}`,
  );
  // Proof: the answer went through the schema of its route.
  const factor = (await response.json()) as {
    source: { licence: string; sha256: string };
    co2e: { gwpSet: string; kg: string | null }[];
  };
  assert.match(factor.source.licence, /public domain/);
  assert.deepEqual(
    factor.co2e.map(({ gwpSet, kg }) => [gwpSet, kg]),
    [
      ['AR4', '53.1148'],
      ['AR5', '53.1145'],
      ['AR6', '53.1152'],
    ],
  );
});

void test('CO2e of one set is not had under another, and it is said why', async () => {
  const response = await get(`/v1/factors/${encodeURIComponent('epa-supply-chain@1.3/541511')}`);
  const { co2e } = (await response.json()) as { co2e: { gwpSet: string; kg: string | null }[] };
  assert.deepEqual(
    co2e.map(({ gwpSet, kg }) => [gwpSet, kg === null]),
    [
      ['AR4', true],
      ['AR5', false],
      ['AR6', true],
    ],
  );
});

void test('an answer that the reader has is not sent again', async () => {
  const first = await get('/v1/factors?text=coal');
  const etag = first.headers.get('etag') ?? assert.fail('no etag');
  const again = await get('/v1/factors?text=coal', { 'if-none-match': etag });
  assert.equal(again.status, 304);
});

void test('what no source states of an uncertainty is said to be none', async () => {
  const { sets } = (await (await get('/v1/factor-sets')).json()) as {
    sets: { factors: number; factorsWithUncertainty: number }[];
  };
  assert.ok(sets.every(({ factors }) => factors > 0));
  assert.deepEqual(new Set(sets.map((set) => set.factorsWithUncertainty)), new Set([0]));
  const { factors } = await search({ text: 'aerobic', set: 'india-open@1.2' });
  const stated = factors.filter(({ notes }) => String(notes).includes('uncertainty (±50%)'));
  assert.equal(stated.length, 1, 'in words, without a level of confidence');
  assert.equal(stated[0]?.['uncertaintyPercent'], null);
});

void test('bad questions are answered with what was wrong', async () => {
  for (const path of ['/v1/factors?year=soon', '/v1/factors?limit=0', '/v1/factors?cursor=x']) {
    assert.equal((await get(path)).status, 400, path);
  }
  const missing = await get('/v1/factors/nothing');
  assert.equal(missing.status, 404);
  assert.equal(((await missing.json()) as { code: string }).code, 'EMISSION_FACTOR_UNKNOWN');
});

void test('sets, methods and units are listed for whoever writes another engine', async () => {
  const { sets } = (await (await get('/v1/factor-sets')).json()) as { sets: { id: string }[] };
  assert.ok(sets.some(({ id }) => id === 'defra@2024'));
  const { methods } = (await (await get('/v1/methods')).json()) as { methods: { cites: string }[] };
  assert.ok(methods.every(({ cites }) => cites.length > 20));
  const { units } = (await (await get('/v1/units')).json()) as { units: { source: string }[] };
  assert.ok(units.every(({ source }) => source !== ''));
});

void test('gases and blends are listed under the names that an activity may give', async () => {
  const { gases } = (await (await get('/v1/gases')).json()) as {
    gases: { name: string; otherNames: string[]; components: { gas: string; share: string }[] }[];
  };
  const find = (name: string) => gases.find((one) => one.name === name) ?? assert.fail(name);
  assert.deepEqual(find('R-410A').components, [
    { gas: 'HFC32', share: '0.5' },
    { gas: 'HFC125', share: '0.5' },
  ]);
  assert.deepEqual(find('HFC134a').otherNames, ['R-134a']);
  assert.ok(find('SF6').otherNames.includes('sulphur hexafluoride'));
});
