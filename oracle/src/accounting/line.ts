import type { ItemInput } from './activity.ts';
import type { GasAmount } from './compute/gasAmounts.ts';
import type { ItemPlan } from './compute/plan.ts';
import type { Decimal } from './exact/decimal.ts';
import type { FactorChoice } from './factors/choose.ts';
import type { Scope } from './factors/factor.ts';
import type { GwpSet } from './gases/gas.ts';

/** What a reader has to be told beside a number. */
export type LineNote =
  | 'factor-carried-forward'
  | 'gwp-set-apart'
  | 'residual-mix-none-published'
  | 'instrument-certificate'
  | 'instrument-contract'
  | 'instrument-supplier-rate'
  | 'residual-mix';

/** One item with all that its result came from; `explainItem` writes it out. */
export interface ItemResult {
  readonly input: ItemInput;
  readonly plan: ItemPlan;
  readonly values: readonly Decimal[];
  readonly choice: FactorChoice;
  readonly gases: readonly GasAmount[];
  readonly note: LineNote | undefined;
}

/** One line of an inventory: an activity in one scope under one set of potentials. */
export interface InventoryLine {
  readonly activityId: string;
  readonly method: string;
  readonly scope: Scope;
  readonly category: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly site: string | undefined;
  readonly supplier: string | undefined;
  readonly gwpSet: GwpSet;
  readonly gases: readonly GasAmount[];
  /** Whole nanograms of CO2e that count in the scope: the sum over gases in place `scope`. */
  readonly co2eNg: bigint;
  /** Biogenic CO2, shown apart from the scopes. */
  readonly biogenicCo2Ng: bigint;
  /** CO2e of gases outside the Kyoto Protocol, shown apart. */
  readonly otherGasesCo2eNg: bigint;
  /** Square of the half-width of the 95 % interval of `co2eNg`; absent where a figure does not state it. */
  readonly varianceNg2: bigint | undefined;
  readonly items: readonly ItemResult[];
  readonly notes: readonly LineNote[];
}

/** What one activity comes to. Scope 2 has two lines, which never stand in one total. */
export interface Calculation {
  readonly activityId: string;
  readonly lines: readonly InventoryLine[];
}
