import assert from 'node:assert/strict';
import test from 'node:test';
import {
  assertSourced,
  createEngine,
  createFactorIndex,
  explainLine,
  ngToKg,
  toGwpTable,
  type ItemInput,
} from './index.ts';
import { toRational } from './exact/rational.ts';

const RATE = { value: '1.25', unit: 'USD:2022/GBP:2022' };
const PUBLISHED = { source: 'Bank of England', date: '2022-06-30' };

const spend = (exchange?: ItemInput['inputs'][string]) => ({
  ...{ id: 's', method: 'spend', category: '1', date: '2022-06-30' },
  items: [
    {
      inputs: { spend: { value: '100', unit: 'GBP:2022' }, ...(exchange && { exchange }) },
      factor: { kind: 'id', id: 'eeio@1/cloth' } as const,
    },
  ],
});

const engine = createEngine(
  createFactorIndex({
    ...{ sets: [], gwp: toGwpTable([]), blends: [] },
    factors: [
      {
        ...{ id: 'eeio@1/cloth', setId: 'eeio@1', name: 'Cloth', activity: 'cloth', region: 'USA' },
        ...{ unit: 'USD:2022', basis: 'supply-chain', uses: [{ scope: '3', category: '1' }] },
        gases: [{ gas: 'CO2', kg: toRational('0.4') }],
        ...{ year: 2022, validFrom: 2022, validTo: 2022, published: '0.4' },
      },
    ],
  }),
  {
    ...{ gwpSet: 'AR5', otherGwpSet: 'refuse', factorSets: ['eeio@1'] },
    ...{ widenRegion: false, carryForwardYears: 0 },
  },
);

void test('a rate is opened with who publishes it and of which day', () => {
  const [line] = engine.calculate(spend({ ...RATE, ...PUBLISHED })).lines;
  assert.ok(line);
  assert.equal(ngToKg(line.co2eNg), '50');
  const exchange = explainLine(line)[0]?.inputs.find(({ name }) => name === 'exchange');
  assert.deepEqual(
    [exchange?.value, exchange?.unit, exchange?.source, exchange?.date],
    [RATE.value, RATE.unit, PUBLISHED.source, PUBLISHED.date],
  );
});

void test('what was logged before sources were asked for comes to the same', () => {
  const [line] = engine.calculate(spend(RATE)).lines;
  assert.equal(ngToKg(line?.co2eNg ?? 0n), '50');
});

void test('money that does not fit says that a rate is the way, and what belongs to it', () => {
  const wanted =
    /give exchange: USD:2022 per GBP:2022 \(unit USD:2022\/GBP:2022\), its source and its date/;
  assert.throws(() => engine.calculate(spend()), { code: 'UNIT_MISMATCH', message: wanted });
  const factor = { kind: 'search', activity: 'cloth', region: 'USA' } as const;
  const items = spend().items.map((item) => ({ ...item, factor }));
  assert.throws(() => engine.calculate({ ...spend(), items }), {
    code: 'FACTOR_NOT_FOUND',
    message: wanted,
  });
});

void test('a rate that is entered needs its source and its day', () => {
  const refuses = (code: string, field: RegExp, exchange: ItemInput['inputs'][string]) => {
    assert.throws(() => assertSourced(spend(exchange)), { code, message: field });
  };
  refuses('INPUT_MISSING', /inputs.exchange.source/, RATE);
  refuses('INPUT_MISSING', /inputs.exchange.source/, { ...RATE, ...PUBLISHED, source: ' ' });
  refuses('INPUT_TOO_LONG', /401 characters/, { ...RATE, ...PUBLISHED, source: 'x'.repeat(401) });
  refuses('INPUT_MISSING', /inputs.exchange.date/, { ...RATE, source: 'Bank of England' });
  refuses('ACTIVITY_DATE_INVALID', /2022-02-30/, { ...RATE, ...PUBLISHED, date: '2022-02-30' });
  assertSourced(spend({ ...RATE, ...PUBLISHED }));
  assertSourced(spend());
});

void test('a figure of one’s own has its evidence, and no source beside it', () => {
  const figure = { value: '100', unit: 'GBP:2022', source: 'me' };
  const items = [
    { inputs: { spend: figure }, factor: { kind: 'id', id: 'eeio@1/cloth' } as const },
  ];
  assert.throws(() => assertSourced({ method: 'spend', items }), {
    code: 'INPUT_UNKNOWN',
    message: /inputs.spend/,
  });
});
