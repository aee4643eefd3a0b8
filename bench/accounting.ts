/** How quickly the accounting engine computes: `accounting.*`. Activities are made before the clock starts. */
import { join } from 'node:path';
import {
  createEngine,
  createGrouping,
  type AccountingEngine,
  type ActivityInput,
  type FactorRef,
} from '../oracle/src/accounting/index.ts';
import { loadFactorIndex } from '../oracle/src/inventory/factorSets/load.ts';
import type { BenchRow } from './row.ts';

const DATA = join(import.meta.dirname, '../data');
const THOUSAND = 1_000;
const CHUNK = 10_000;
const CHUNKS = 100;
const RUNS = 21;
/** The clock of a thread ticks each few milliseconds: what is shorter is done so often and divided. */
const ROUNDS = 20;

/** A thousand mixed activities, then a million with their totals, against a multiply-add of as many rows. */
export async function run(): Promise<BenchRow[]> {
  const engine = createEngine(await loadFactorIndex(DATA), {
    gwpSet: 'AR5',
    otherGwpSet: 'apart',
    factorSets: ['epa-hub@2024', 'defra@2024', 'epa-supply-chain@1.3'],
    widenRegion: false,
    carryForwardYears: 0,
  });
  return [measureThousand(engine), measureMillion(engine)];
}

function measureThousand(engine: AccountingEngine): BenchRow {
  const activities = makeActivities(0, THOUSAND);
  const milliseconds: number[] = [];
  for (let round = 0; round < RUNS; round++) {
    const started = cpuSeconds();
    for (let time = 0; time < ROUNDS; time++) {
      for (const activity of activities) engine.calculate(activity);
    }
    milliseconds.push(((cpuSeconds() - started) * 1000) / ROUNDS);
  }
  return { name: 'accounting.thousand', value: round2(median(milliseconds)), unit: 'ms', aim: 5 };
}

function measureMillion(engine: AccountingEngine): BenchRow {
  let seconds = 0;
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const activities = makeActivities(chunk * CHUNK, CHUNK);
    const started = cpuSeconds();
    const grouping = createGrouping(['category', 'month']);
    for (const activity of activities) {
      for (const line of engine.calculate(activity).lines) grouping.add(line);
    }
    grouping.totals();
    seconds += cpuSeconds() - started;
  }
  const bareSeconds = bareMultiplyAdd(CHUNK * CHUNKS);
  return {
    name: 'accounting.million',
    value: round2(seconds),
    unit: 's',
    aim: 'ratio <= 20',
    reference: `${String(round2(bareSeconds))} s for a bare BigInt multiply-add`,
    ratio: round2(seconds / bareSeconds),
  };
}

/** Time that this thread computed: what else the machine does is not counted, on either side of the ratio. */
function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000_000;
}

/** Seconds for amount x factor of so many rows, added up, and nothing else. */
function bareMultiplyAdd(rows: number): number {
  const amounts = Array.from({ length: rows }, (_, index) => BigInt(123_456 + index));
  const factor = 1_829_300_000_000n;
  let sum = 0n;
  const started = cpuSeconds();
  for (let time = 0; time < ROUNDS; time++) {
    for (const amount of amounts) sum += amount * factor;
  }
  const seconds = (cpuSeconds() - started) / ROUNDS;
  if (sum === 0n) throw new RangeError('nothing was added');
  return seconds;
}

const id = (name: string): FactorRef => ({ kind: 'id', id: name });

/** One of each in turn; every amount is another. */
const KINDS: readonly ((amount: string) => Omit<ActivityInput, 'id' | 'date'>)[] = [
  (amount) => ({
    method: 'stationary-combustion',
    items: [
      {
        inputs: { fuel: { value: amount, unit: 'therm_gross' } },
        factor: id('epa-hub@2024/stationary/natural-gas/mmbtu'),
      },
    ],
  }),
  (amount) => ({
    method: 'purchased-energy',
    category: 'electricity',
    region: 'USA/eGRID/CAMX',
    items: [
      {
        inputs: { energy: { value: amount, unit: 'kWh' } },
        factor: { kind: 'search', activity: 'electricity/grid average', region: 'USA/eGRID/CAMX' },
      },
    ],
    market: { instruments: [], residual: 'none-published' },
  }),
  (amount) => ({
    method: 'spend',
    category: '1',
    items: [
      {
        inputs: { spend: { value: amount, unit: 'USD:2022' } },
        factor: id('epa-supply-chain@1.3/541511'),
      },
    ],
  }),
  (amount) => ({
    method: 'travel-distance',
    category: '6',
    items: [
      {
        part: 'passenger-kilometres',
        inputs: { travel: { value: amount, unit: 'passenger*km' } },
        factor: {
          kind: 'search',
          activity: 'business travel- air/flights/long-haul, to/from uk/economy class/with rf',
          region: 'GBR',
        },
      },
    ],
  }),
  (amount) => ({
    method: 'transport-distance',
    category: '4',
    items: [
      {
        part: 'goods',
        inputs: {
          mass: { value: amount, unit: 'short ton' },
          distance: { value: '312', unit: 'mile' },
        },
        factor: id('epa-hub@2024/freight/rail-ton-mile'),
      },
    ],
  }),
  (amount) => ({
    method: 'waste',
    category: '5',
    items: [
      {
        inputs: { amount: { value: amount, unit: 't' } },
        factor: id('epa-hub@2024/waste/glass-landfilled'),
      },
    ],
  }),
  (amount) => ({
    method: 'fugitive-release',
    items: [
      {
        inputs: { released: { value: amount, unit: 'kg' } },
        factor: { kind: 'gas', gas: 'R-410A' },
      },
    ],
  }),
  (amount) => ({
    method: 'asset-share',
    category: '8',
    items: [
      {
        inputs: {
          total: { value: amount, unit: 't' },
          ours: { value: '317', unit: 'm2' },
          whole: { value: '4250', unit: 'm2' },
        },
        factor: { kind: 'reported', gwpSet: 'AR5', source: 'lessor' },
      },
    ],
  }),
];

function makeActivities(from: number, count: number): readonly ActivityInput[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    const kind = KINDS[index % KINDS.length];
    if (kind === undefined) throw new RangeError('a kind is missing');
    const month = String((index % 12) + 1).padStart(2, '0');
    const amount = `${String(100 + (index % 9_000))}.${String(index % 100).padStart(2, '0')}`;
    return { id: String(index), date: `2024-${month}-15`, ...kind(amount) };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
