import type { EnteredQuantity, FactorRef, Instrument, Market } from '../../api/index.ts';
import { isShown, missingFactor, toFactorRef, UNCHOSEN } from './factorRef.ts';
import { toQuantity } from './quantity.ts';

/** Factors of the market-based side are offered; a grid average stands in by itself where there is none. */
export const MARKET_SCOPE = '2-market';

/** An instrument as it is being entered. */
export interface InstrumentDraft extends Omit<Instrument, 'vintageYear'> {
  /** Tells it from the others of the list while they come and go. */
  readonly key: number;
  readonly vintageYear: string;
}

/** What covers bought energy on the market-based side, as it is being entered. */
export interface MarketDraft {
  readonly instruments: readonly InstrumentDraft[];
  readonly residual: FactorRef | 'none-published';
}

/** Without instruments and residual mix the grid average stands on both sides. */
export const NO_INSTRUMENTS: MarketDraft = { instruments: [], residual: 'none-published' };

interface Bought {
  readonly date: string;
  readonly region: string;
  readonly energy: EnteredQuantity | undefined;
}

/** One more instrument, of the year, market and unit of what was bought: others are refused. */
export function withInstrument(market: MarketDraft, bought: Bought): MarketDraft {
  const { date, region, energy } = bought;
  const key = 1 + Math.max(0, ...market.instruments.map((one) => one.key));
  const added: InstrumentDraft = {
    ...{ key, kind: 'certificate', evidence: '', region, vintageYear: date.slice(0, 4) },
    ...{ energy: { value: '', unit: energy?.unit ?? '' }, factor: UNCHOSEN },
  };
  return { ...market, instruments: [...market.instruments, added] };
}

export function withChanged(market: MarketDraft, changed: InstrumentDraft): MarketDraft {
  const instruments = market.instruments.map((one) => (one.key === changed.key ? changed : one));
  return { ...market, instruments };
}

export function withoutInstrument(market: MarketDraft, key: number): MarketDraft {
  return { ...market, instruments: market.instruments.filter((one) => one.key !== key) };
}

/** What is still to be entered, as a sentence that names the instrument. */
export function missingInMarket(
  { instruments, residual }: MarketDraft,
  region: string,
): string | undefined {
  for (const [index, one] of instruments.entries()) {
    const missing = missingInInstrument(one);
    if (missing !== undefined) return `Instrument ${index + 1}: ${missing}`;
  }
  if (instruments.length > 0 && region.trim() === '') {
    return 'Enter the region where the energy was used: instruments are of its market.';
  }
  if (residual === 'none-published') return undefined;
  const missing = missingFactor(residual);
  return missing === undefined ? undefined : `Residual mix: ${missing}`;
}

function missingInInstrument(instrument: InstrumentDraft): string | undefined {
  const { energy, evidence, vintageYear, region, factor } = instrument;
  if (energy.value.trim() === '') return 'Enter the energy that it covers.';
  if (energy.unit.trim() === '') return 'Enter the unit of its energy.';
  if (!/^\d{4}$/.test(vintageYear.trim())) return 'Enter the year, such as 2025.';
  if (region.trim() === '') return 'Enter the market that it is of.';
  if (evidence.trim() === '') return 'Enter what proves it.';
  return missingFactor(factor);
}

export function toMarket({ instruments, residual }: MarketDraft): Market {
  return {
    instruments: instruments.map(({ kind, evidence, energy, region, vintageYear, factor }) => ({
      ...{ kind, evidence: evidence.trim(), energy: toQuantity(energy), region: region.trim() },
      ...{ vintageYear: Number(vintageYear), factor: toFactorRef(factor) },
    })),
    residual: residual === 'none-published' ? residual : toFactorRef(residual),
  };
}

/** As it can be entered again; `undefined` when it has more than the form shows. */
export function fromMarket({ instruments, residual }: Market): MarketDraft | undefined {
  const factors = instruments.map(({ factor }) => factor);
  const isWhole = factors.every(isShown) && (residual === 'none-published' || isShown(residual));
  if (!isWhole) return undefined;
  return {
    instruments: instruments.map(({ vintageYear, ...one }, index) => ({
      ...{ ...one, key: index + 1, vintageYear: String(vintageYear) },
    })),
    residual,
  };
}
