import { TonneError } from '@truetonne/protocol';
import type { CitedUncertainty, FactorRef, OwnFactor } from '../activity.ts';
import {
  add,
  divide,
  fromInteger,
  multiply,
  ONE,
  reduce,
  toRational,
  ZERO,
  type Rational,
} from '../exact/rational.ts';
import { getGas, getGwp, placeOf, type Gas, type GasPlace, type GwpSet } from '../gases/gas.ts';
import type { AccountingRules } from '../rules.ts';
import { getUnit, type Unit } from '../units/unit.ts';
import type { EmissionFactor, FactorBasis, FactorGas } from './factor.ts';
import type { FactorIndex } from './factorIndex.ts';

/** One gas of a factor in the engine's own unit. */
export interface ResolvedGas {
  readonly gas: Gas;
  readonly place: GasPlace;
  /** Nanograms of the gas per unit; absent where only CO2e is published. */
  readonly massNg: Rational | undefined;
  /** Nanograms of CO2e per unit under `gwpSet`. Of gases outside the scopes as well. */
  readonly co2eNg: Rational;
}

/** A factor ready to compute with. */
export interface ResolvedFactor {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly published: string;
  readonly region: string | undefined;
  readonly year: number | undefined;
  /** Absent where the organisation answers for it: own, gas, reported. */
  readonly factor: EmissionFactor | undefined;
  readonly basis: FactorBasis | undefined;
  readonly unit: Unit;
  readonly gwpSet: GwpSet;
  readonly gases: readonly ResolvedGas[];
  readonly uncertaintyPercent: string | undefined;
}

const NG_IN_KG: Rational = fromInteger(1_000_000_000_000n);

/** A factor of a set under the rules. Throws GWP_SET_MISMATCH, GWP_MISSING. */
export function resolvePublished(
  factor: EmissionFactor,
  index: FactorIndex,
  rules: AccountingRules,
): ResolvedFactor {
  const gwpSet = chooseSet(factor.id, factor.gases, rules);
  return {
    id: factor.id,
    name: factor.name,
    source: index.sets.get(factor.setId)?.title ?? factor.setId,
    published: factor.published,
    region: factor.region,
    year: factor.year,
    factor,
    basis: factor.basis,
    unit: getUnit(factor.unit),
    gwpSet,
    gases: factor.gases.map((gas) => resolveGas(gas, index, gwpSet)),
    uncertaintyPercent: factor.uncertaintyPercent,
  };
}

/**
 * Kilograms of CO2e per unit of a factor under a set, of all its gases in the scopes.
 * Throws GWP_SET_MISMATCH, GWP_MISSING.
 */
export function co2ePerUnit(factor: EmissionFactor, index: FactorIndex, gwpSet: GwpSet): Rational {
  const asked = { gwpSet, otherGwpSet: 'refuse', factorSets: [], widenRegion: false } as const;
  const { gases } = resolvePublished(factor, index, { ...asked, carryForwardYears: 0 });
  const inScope = gases.filter(({ place }) => place === 'scope');
  const ng = inScope.reduce((sum, { co2eNg }) => add(sum, co2eNg), ZERO);
  return reduce(divide(ng, NG_IN_KG));
}

/** The set of the rules, or that of a factor published only as CO2e where the rules let it stand apart. */
function chooseSet(
  id: string,
  gases: readonly FactorGas[],
  { gwpSet, otherGwpSet }: AccountingRules,
): GwpSet {
  const lumped = gases.find(({ gas }) => gas === 'CO2e')?.co2eUnder;
  if (lumped === undefined || lumped === gwpSet) return gwpSet;
  if (otherGwpSet === 'apart') return lumped;
  throw new TonneError('GWP_SET_MISMATCH', {
    field: 'factor',
    value: `${id} (${lumped})`,
    expected: `mass per gas, or CO2e under ${gwpSet}`,
  });
}

function resolveGas(
  { gas, kg, co2eUnder }: FactorGas,
  index: FactorIndex,
  gwpSet: GwpSet,
): ResolvedGas {
  const place = placeOf(gas);
  const given = reduce(multiply(kg, NG_IN_KG));
  if (gas === 'CO2e') return { gas, place, massNg: undefined, co2eNg: given };
  // CO2e of one gas under a known set is its mass times its potential, so the mass can be had exactly.
  const massNg =
    co2eUnder === undefined ? given : reduce(divide(given, getGwp(index.gwp, gas, co2eUnder)));
  const co2eNg = reduce(multiply(massNg, getGwp(index.gwp, gas, gwpSet)));
  return { gas, place, massNg, co2eNg };
}

/** How uncertain a factor is, and by what; nothing is put in where neither activity nor factor says it. */
export function uncertaintyOf(
  ref: FactorRef,
  { uncertaintyPercent: percent, source }: ResolvedFactor,
): CitedUncertainty | undefined {
  const cited = ref.kind === 'id' || ref.kind === 'search' ? ref.uncertainty : undefined;
  return cited ?? (percent === undefined ? undefined : { percent, source });
}

/** Factors that need no set: own, gas, reported. */
export function resolveStated(
  ref: Exclude<FactorRef, { kind: 'id' } | { kind: 'search' }>,
  index: FactorIndex,
  rules: AccountingRules,
): ResolvedFactor {
  switch (ref.kind) {
    case 'own':
      return resolveOwn(ref.factor, index, rules);
    case 'gas':
      return resolveRelease(ref.gas, index, rules);
    case 'reported': {
      const gases: FactorGas[] = [{ gas: 'CO2e', kg: ONE, co2eUnder: ref.gwpSet }];
      const what = { id: 'reported', name: 'Reported emissions', source: ref.source };
      return stated(what, 'kg', gases, undefined, index, rules);
    }
  }
}

function resolveOwn(own: OwnFactor, index: FactorIndex, rules: AccountingRules): ResolvedFactor {
  if (own.source.trim() === '') {
    throw new TonneError('INPUT_MISSING', { field: 'factor.source', value: 'nothing' });
  }
  const gases = resolveOwnGases(own, index);
  const what = { id: 'own', name: own.name, source: own.source };
  return stated(what, own.unit, gases, own.uncertaintyPercent, index, rules);
}

/** Gases as somebody states them. Throws UNIT_MISMATCH, QUANTITY_INVALID, GAS_UNKNOWN, INPUT_MISSING. */
export function resolveOwnGases(
  own: Pick<OwnFactor, 'gases' | 'gwpSet'>,
  index: FactorIndex,
): readonly FactorGas[] {
  return own.gases.map(({ gas, value, massUnit }): FactorGas => {
    const unit = getUnit(massUnit);
    if (unit.dimension !== 'mass') {
      throw new TonneError('UNIT_MISMATCH', {
        field: 'factor.massUnit',
        value: massUnit,
        expected: 'a mass such as kg',
      });
    }
    const amount = toRational(value, 'factor.value');
    if (amount.n < 0n) {
      throw new TonneError('QUANTITY_INVALID', {
        field: 'factor.value',
        value,
        expected: 'zero or more',
      });
    }
    const kg = reduce(multiply(amount, unit.size));
    if (gas !== 'CO2e') return { gas: getGas(index.gwp, gas), kg };
    if (own.gwpSet !== undefined) return { gas, kg, co2eUnder: own.gwpSet };
    throw new TonneError('INPUT_MISSING', {
      field: 'factor.gwpSet',
      value: 'nothing',
      expected: 'the set under which the CO2e was computed: AR4, AR5 or AR6',
    });
  });
}

/** Where one gas let out as it is has its value from. */
export const POTENTIALS_SOURCE = 'IPCC 100-year warming potentials';

function resolveRelease(name: string, index: FactorIndex, rules: AccountingRules): ResolvedFactor {
  const blend = index.findBlend(name);
  const gases = blend?.components.map(({ gas, share }): FactorGas => ({ gas, kg: share })) ?? [
    { gas: getGas(index.gwp, name), kg: ONE },
  ];
  const source = blend?.source ?? POTENTIALS_SOURCE;
  const what = { id: `gas/${blend?.name ?? gases[0]?.gas ?? name}`, name, source };
  return { ...stated(what, 'kg', gases, '0', index, rules), basis: 'release' };
}

function stated(
  what: { readonly id: string; readonly name: string; readonly source: string },
  unit: string,
  gases: readonly FactorGas[],
  uncertaintyPercent: string | undefined,
  index: FactorIndex,
  rules: AccountingRules,
): ResolvedFactor {
  const gwpSet = chooseSet(what.name, gases, rules);
  return {
    ...what,
    published: '',
    region: undefined,
    year: undefined,
    factor: undefined,
    basis: undefined,
    unit: getUnit(unit),
    gwpSet,
    gases: gases.map((gas) => resolveGas(gas, index, gwpSet)),
    uncertaintyPercent,
  };
}
