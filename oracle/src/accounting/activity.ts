import type { GwpSet } from './gases/gas.ts';

/** A figure as it was entered: decimal text and unit; `1` for a plain number, `%` for a share. */
export interface QuantityInput {
  readonly value: string;
  readonly unit: string;
  /** Half of the 95 % interval in percent, where known. */
  readonly uncertaintyPercent?: string;
  /** Of a figure that others publish, such as an exchange rate: who, and the day that it holds for. */
  readonly source?: string;
  readonly date?: string;
}

/** A factor that the organisation or a supplier states itself; `source` says where it comes from. */
export interface OwnFactor {
  readonly name: string;
  readonly source: string;
  /** Unit of activity that one factor is for. */
  readonly unit: string;
  /** Mass per unit by gas, or `CO2e` under `gwpSet`. */
  readonly gases: readonly {
    readonly gas: string;
    readonly value: string;
    /** `kg`, `g`, `t`, `lb`. */
    readonly massUnit: string;
  }[];
  /** Needed when a gas is `CO2e`. */
  readonly gwpSet?: GwpSet;
  readonly uncertaintyPercent?: string;
}

/** How uncertain a factor of a set is by a document that the organisation names; it goes before what the set states. */
export interface CitedUncertainty {
  /** Half of the 95 % interval in percent. */
  readonly percent: string;
  readonly source: string;
}

/** How an item names its factor. Nothing is guessed: without one that fits there is no result. */
export type FactorRef =
  | { readonly kind: 'id'; readonly id: string; readonly uncertainty?: CitedUncertainty }
  | {
      readonly kind: 'search';
      readonly activity: string;
      readonly region: string;
      readonly uncertainty?: CitedUncertainty;
    }
  | { readonly kind: 'own'; readonly factor: OwnFactor }
  /** One gas or blend, let out as it is: `HFC-134a`, `R-410A`. */
  | { readonly kind: 'gas'; readonly gas: string }
  /** The quantity is CO2e already, as a supplier, lessor or investee reported it. */
  | { readonly kind: 'reported'; readonly gwpSet: GwpSet; readonly source: string };

export interface ItemInput {
  readonly label?: string;
  /** Which part of the method; needed where it has several, such as `materials` of the hybrid method. */
  readonly part?: string;
  readonly inputs: Readonly<Record<string, QuantityInput>>;
  readonly factor: FactorRef;
}

/** Contractual instrument of the market-based method (Scope 2 Guidance, table 6.3). */
export interface InstrumentInput {
  readonly kind: 'certificate' | 'contract' | 'supplier-rate';
  /** Serial range, contract or tariff that proves it. */
  readonly evidence: string;
  readonly energy: QuantityInput;
  /** Market that it was issued in, a region. */
  readonly region: string;
  /** Year in which its energy was generated. */
  readonly vintageYear: number;
  readonly factor: FactorRef;
}

/** How what no instrument covers is counted in the market-based method. */
export interface MarketInput {
  readonly instruments: readonly InstrumentInput[];
  /** Residual mix; `none-published`: there is none, and the grid average stands in, which is disclosed. */
  readonly residual: FactorRef | 'none-published';
}

export interface ActivityInput {
  readonly id: string;
  readonly method: string;
  /** Category, where the method serves several: `4` or `9` of Scope 3, `electricity` or `steam` of Scope 2. */
  readonly category?: string;
  /** Day on which it ended, `YYYY-MM-DD`. */
  readonly date: string;
  /** Region where it took place; for Scope 2 where the energy was used. */
  readonly region?: string;
  readonly site?: string;
  readonly supplier?: string;
  readonly items: readonly ItemInput[];
  /** Scope 2 only. */
  readonly market?: MarketInput;
}
