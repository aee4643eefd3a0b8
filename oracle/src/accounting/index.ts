export type {
  ActivityInput,
  CitedUncertainty,
  FactorRef,
  ItemInput,
  OwnFactor,
} from './activity.ts';
export { createEngine, ENGINE_VERSION, type AccountingEngine } from './engine.ts';
export { explainLine, ngToKg } from './explain.ts';
export type {
  EmissionFactor,
  FactorBasis,
  FactorGas,
  FactorSetInfo,
  FactorUse,
  Scope,
} from './factors/factor.ts';
export { createFactorIndex, type Blend, type FactorIndex } from './factors/factorIndex.ts';
export { GWP_SETS, type GwpSet, type GwpTable } from './gases/gas.ts';
export { toGwpTable } from './gases/gwpTable.ts';
export { createGrouping, groupLines, toInventory } from './inventory.ts';
export type { Calculation, InventoryLine } from './line.ts';
export { ESTIMATES, METHODS, PRIMARY } from './methods/index.ts';
export type { MethodDef } from './methods/method.ts';
export { intensityUp, sumQuantities } from './quantities.ts';
export type { AccountingRules } from './rules.ts';
export { assertSourced } from './sourced.ts';
export { UNIT_ROWS } from './units/table.ts';
export { getUnit } from './units/unit.ts';
export { integerToDecimal, squareRootUp, toExactText } from './exact/rational.ts';
export { co2ePerUnit, POTENTIALS_SOURCE, resolveOwnGases } from './factors/resolved.ts';
