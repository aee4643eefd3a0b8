/** What an activity is made of: figures, how it names its factors, and what covers bought energy. */
import {
  integer,
  isRecord,
  listOf,
  object,
  oneOf,
  optional,
  ShapeError,
  text,
  type Parser,
} from '../parse.ts';
import { GWP_SETS } from './organisations.ts';

/** Source and date are those of an exchange rate. */
export const sourcedShape = { source: optional(text), date: optional(text) };
export const quantityShape = { value: text, unit: text, uncertaintyPercent: optional(text) };
const quantity = object({ ...quantityShape, ...sourcedShape });
export type ActivityQuantity = ReturnType<typeof quantity>;

/** A figure as it is entered or was kept: decimal text and unit. */
export interface EnteredQuantity {
  readonly value: string;
  readonly unit: string;
  /** Half of the 95 % interval in percent. */
  readonly uncertaintyPercent?: string | undefined;
  readonly source?: string | undefined;
  readonly date?: string | undefined;
}

/** Inputs of an item, by the names that the method gives them. */
const inputs: Parser<readonly (readonly [string, ActivityQuantity])[]> = (value, path) => {
  if (!isRecord(value)) throw new ShapeError(path, 'an object', value);
  return Object.entries(value).map(
    ([name, one]) => [name, quantity(one, `${path}.${name}`)] as const,
  );
};

const gwpSet = oneOf(...GWP_SETS);

const ownFactor = object({
  name: text,
  source: text,
  unit: text,
  gases: listOf(object({ gas: text, value: text, massUnit: text })),
  gwpSet: optional(gwpSet),
  uncertaintyPercent: optional(text),
});
/** A factor that is stated with the activity itself; `gwpSet` is that of its CO2e. */
export type OwnFactor = ReturnType<typeof ownFactor>;

/** A factor of a set; its uncertainty where the activity cites one: half of the 95 % interval, and by what. */
export interface NamedFactor {
  readonly kind: 'id';
  readonly id: string;
  readonly uncertainty?: { readonly percent: string; readonly source: string } | undefined;
}
const uncertainty = optional(object({ percent: text, source: text }));
const named: Parser<NamedFactor> = object({ kind: oneOf('id'), id: text, uncertainty });

const factorKinds = {
  id: named,
  search: object({ kind: oneOf('search'), activity: text, region: text, uncertainty }),
  own: object({ kind: oneOf('own'), factor: ownFactor }),
  gas: object({ kind: oneOf('gas'), gas: text }),
  reported: object({ kind: oneOf('reported'), gwpSet, source: text }),
};
const factorKind = object({ kind: oneOf('id', 'search', 'own', 'gas', 'reported') });
/** The many ways in which a factor is named; of `reported` the figure is CO2e already. */
export type FactorRef = ReturnType<(typeof factorKinds)[keyof typeof factorKinds]>;

const factorRef: Parser<FactorRef> = (value, path) =>
  factorKinds[factorKind(value, path).kind](value, path);

export const INSTRUMENT_KINDS = ['certificate', 'contract', 'supplier-rate'] as const;
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

/** A contractual instrument of the market-based side of Scope 2. */
export interface Instrument {
  readonly kind: InstrumentKind;
  readonly evidence: string;
  readonly energy: EnteredQuantity;
  /** Market that it was issued in. */
  readonly region: string;
  /** Year in which its energy was generated. */
  readonly vintageYear: number;
  readonly factor: FactorRef;
}

/** What covers bought energy, and by what the rest is counted. */
export interface Market {
  readonly instruments: readonly Instrument[];
  readonly residual: FactorRef | 'none-published';
}

const instrument: Parser<Instrument> = object({
  kind: oneOf(...INSTRUMENT_KINDS),
  evidence: text,
  energy: quantity,
  region: text,
  vintageYear: integer,
  factor: factorRef,
});

const market: Parser<Market> = object({
  instruments: listOf(instrument),
  residual: (value, path) => (value === 'none-published' ? value : factorRef(value, path)),
});

export const activityInput = object({
  method: text,
  category: optional(text),
  date: text,
  region: optional(text),
  site: optional(text),
  items: listOf(object({ part: optional(text), inputs, factor: factorRef })),
  market: optional(market),
});
