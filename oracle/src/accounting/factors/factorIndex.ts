import { TonneError } from '@truetonne/protocol';
import type { Rational } from '../exact/rational.ts';
import { toGasKey, type Gas, type GwpTable } from '../gases/gas.ts';
import { nearest } from '../units/nearest.ts';
import type { EmissionFactor, FactorSetInfo } from './factor.ts';

/** What a blend is made of; shares of mass; what lacks to 1, such as isobutane, is no gas of the table. */
export interface Blend {
  readonly name: string;
  readonly source: string;
  readonly components: readonly { readonly gas: Gas; readonly share: Rational }[];
}

/** Everything that the engine reads: factors, potentials, blends. Built once; never changed. */
export interface FactorIndex {
  readonly sets: ReadonlyMap<string, FactorSetInfo>;
  readonly factors: readonly EmissionFactor[];
  readonly gwp: GwpTable;
  readonly blends: readonly Blend[];
  readonly findById: (id: string) => EmissionFactor | undefined;
  readonly findByActivity: (activity: string) => readonly EmissionFactor[];
  readonly findBlend: (name: string) => Blend | undefined;
  /** The activity that is written most like it. */
  readonly nearestActivity: (activity: string) => string | undefined;
}

/** Throws FACTOR_SET_INVALID when two factors have one id. */
export function createFactorIndex(content: {
  readonly sets: readonly FactorSetInfo[];
  readonly factors: readonly EmissionFactor[];
  readonly gwp: GwpTable;
  readonly blends: readonly Blend[];
}): FactorIndex {
  const byId = new Map<string, EmissionFactor>();
  const byActivity = new Map<string, EmissionFactor[]>();
  for (const factor of content.factors) {
    if (byId.has(factor.id)) {
      throw new TonneError('FACTOR_SET_INVALID', {
        field: 'id',
        value: factor.id,
        expected: 'one factor with this id',
      });
    }
    byId.set(factor.id, factor);
    const key = factor.activity.toLowerCase();
    const siblings = byActivity.get(key);
    if (siblings === undefined) byActivity.set(key, [factor]);
    else siblings.push(factor);
  }
  const blends = new Map(content.blends.map((blend) => [toGasKey(blend.name), blend]));
  return {
    sets: new Map(content.sets.map((set) => [set.id, set])),
    factors: content.factors,
    gwp: content.gwp,
    blends: [...blends.values()],
    findById: (id) => byId.get(id),
    findByActivity: (activity) => byActivity.get(activity.toLowerCase()) ?? [],
    findBlend: (name) => blends.get(toGasKey(name)),
    nearestActivity: (activity) => nearest(activity, byActivity.keys()),
  };
}
