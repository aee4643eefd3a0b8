export type {
  ActivityInput,
  FactorRef,
  InstrumentInput,
  ItemInput,
  MarketInput,
  OwnFactor,
  QuantityInput,
} from './activity.ts';
export type { GasAmount } from './compute/gasAmounts.ts';
export { createEngine, ENGINE_VERSION, type AccountingEngine } from './engine.ts';
export { explainLine, ngToKg, type ExplainedGas, type ItemExplanation } from './explain.ts';
export type { FactorChoice, FactorRule } from './factors/choose.ts';
export type {
  EmissionFactor,
  FactorBasis,
  FactorGas,
  FactorSetInfo,
  FactorUse,
  Scope,
} from './factors/factor.ts';
export { createFactorIndex, type Blend, type FactorIndex } from './factors/factorIndex.ts';
export { GWP_SETS, type Gas, type GasPlace, type GwpSet, type GwpTable } from './gases/gas.ts';
export { toGwpTable } from './gases/gwpTable.ts';
export {
  groupLines,
  toInventory,
  type GroupKey,
  type InventoryTotals,
  type Total,
} from './inventory.ts';
export type { Calculation, InventoryLine, ItemResult, LineNote } from './line.ts';
export { METHODS } from './methods/index.ts';
export type { InputDef, MethodDef, MethodUse, PartDef } from './methods/method.ts';
export { intensityUp, sumQuantities } from './quantities.ts';
export type { AccountingRules } from './rules.ts';
export { UNIT_ROWS, type UnitRow } from './units/table.ts';
export { getUnit, type Unit } from './units/unit.ts';
export { toExactText as exactText } from './exact/rational.ts';
export { co2ePerUnit } from './factors/resolved.ts';
