import { TonneError } from '@truetonne/protocol';
import type {
  ActivityInput,
  InstrumentInput,
  ItemInput,
  MarketInput,
  QuantityInput,
} from './activity.ts';
import { yearOf } from './calendar.ts';
import { isWithin } from './factors/regions.ts';
import type { ItemCalculator, ItemContext } from './itemCalculator.ts';
import type { ItemResult } from './line.ts';
import { uncovered } from './uncovered.ts';

/** Order of precedence of the market-based method: Scope 2 Guidance (2015), table 6.3. */
const PRECEDENCE: readonly InstrumentInput['kind'][] = ['certificate', 'contract', 'supplier-rate'];

/**
 * Items of the market-based line: instruments by precedence, then what they leave by the residual mix, or by
 * the grid average where none is published, which is disclosed (Scope 2 Guidance, sections 6.11.4 and 7.1).
 */
export function marketItems(
  activity: ActivityInput,
  items: readonly ItemResult[],
  context: ItemContext,
  calculateItem: ItemCalculator,
): readonly ItemResult[] {
  const { market } = activity;
  if (market === undefined) {
    throw new TonneError('INPUT_MISSING', {
      field: 'market',
      value: 'nothing',
      expected: 'instruments (may be an empty list) and the residual mix, or none-published',
    });
  }
  const [located] = items;
  if (located === undefined || items.length > 1) {
    throw new TonneError('INPUT_UNKNOWN', {
      field: 'items',
      value: String(items.length),
      expected: 'one item, so that what instruments leave has one factor',
    });
  }
  if (market.instruments.length === 0 && market.residual === 'none-published') {
    return [{ ...located, note: 'residual-mix-none-published' }];
  }
  const instruments = PRECEDENCE.flatMap((kind) =>
    market.instruments.filter((one) => one.kind === kind),
  );
  for (const instrument of instruments) assertFit(instrument, activity);
  const covered = instruments.map((instrument) =>
    calculateItem(toItem(instrument), context, `instrument-${instrument.kind}`),
  );
  const energy = uncovered(energyOf(located.input), instruments);
  if (energy === undefined) return covered;
  return [...covered, remainder(located.input, energy, market, context, calculateItem)];
}

function toItem({ energy, factor, evidence }: InstrumentInput): ItemInput {
  return { label: evidence, inputs: { energy }, factor };
}

/** Vintage and market: Scope 2 Guidance, table 7.1, quality criteria 4 and 5. */
function assertFit(instrument: InstrumentInput, { date, region }: ActivityInput): void {
  const { evidence, vintageYear } = instrument;
  const refuse = (field: string, value: string, expected: string): never => {
    throw new TonneError('INSTRUMENT_UNFIT', { field, value: `${evidence}: ${value}`, expected });
  };
  if (evidence.trim() === '') refuse('evidence', 'nothing', 'serial range, contract or tariff');
  const year = yearOf(date);
  if (vintageYear !== year) refuse('vintageYear', String(vintageYear), String(year));
  if (region === undefined)
    return refuse('activity.region', 'nothing', 'where the energy was used');
  // There is no market of the whole world.
  const isSameMarket =
    instrument.region !== 'WORLD' &&
    region !== 'WORLD' &&
    (isWithin(region, instrument.region) || isWithin(instrument.region, region));
  if (!isSameMarket) refuse('region', instrument.region, `the market of ${region}`);
}

function remainder(
  item: ItemInput,
  energy: QuantityInput,
  { residual }: MarketInput,
  context: ItemContext,
  calculateItem: ItemCalculator,
): ItemResult {
  const inputs = { energy };
  if (residual !== 'none-published') {
    return calculateItem({ inputs, factor: residual }, context, 'residual-mix');
  }
  // The grid average is a factor by location, also where it stands on the side of the market.
  const byGrid = { ...context, scope: '2-location' } as const;
  return calculateItem({ ...item, inputs }, byGrid, 'residual-mix-none-published');
}

function energyOf(item: ItemInput): QuantityInput {
  const { energy } = item.inputs;
  if (energy !== undefined) return energy;
  throw new TonneError('INPUT_MISSING', { field: 'inputs.energy', value: 'nothing' });
}
