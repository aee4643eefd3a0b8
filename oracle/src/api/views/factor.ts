import { TonneError } from '@truetonne/protocol';
import type { z } from '@hono/zod-openapi';
import {
  co2ePerUnit,
  POTENTIALS_SOURCE,
  toExactText,
  GWP_SETS,
  type EmissionFactor,
  type FactorIndex,
  type FactorSetInfo,
  type MethodDef,
} from '../../accounting/index.ts';
import type {
  factorDetailSchema,
  factorSchema,
  factorSetSchema,
  gasSchema,
  methodSchema,
} from '../schemas/factor.ts';

export function factorView(factor: EmissionFactor): z.infer<typeof factorSchema> {
  const { setId, gases, uses, uncertaintyPercent, notes, ...rest } = factor;
  return {
    ...rest,
    set: setId,
    uses: uses.map(({ scope, category }) => ({ scope, category: category ?? null })),
    gases: gases.map(({ gas, kg, co2eUnder }) => ({
      gas,
      kg: toExactText(kg),
      co2eUnder: co2eUnder ?? null,
    })),
    uncertaintyPercent: uncertaintyPercent ?? null,
    notes: notes ?? null,
  };
}

export function factorSetView(
  { id, title, publisher, licence, source, sha256 }: FactorSetInfo,
  index: FactorIndex,
): z.infer<typeof factorSetSchema> {
  const factors = index.factors.filter(({ setId }) => setId === id);
  const stated = factors.filter(({ uncertaintyPercent }) => uncertaintyPercent !== undefined);
  return {
    ...{ id, title, publisher, licence, source, sha256 },
    ...{ factors: factors.length, factorsWithUncertainty: stated.length },
  };
}

/** With its source, and what one unit comes to under each set of potentials. */
export function factorDetailView(
  factor: EmissionFactor,
  index: FactorIndex,
): z.infer<typeof factorDetailSchema> {
  const set = index.sets.get(factor.setId);
  if (set === undefined) throw new RangeError(`no set ${factor.setId}`);
  const co2e = GWP_SETS.map((gwpSet) => {
    try {
      return { gwpSet, kg: toExactText(co2ePerUnit(factor, index, gwpSet)), why: null };
    } catch (error) {
      if (!(error instanceof TonneError)) throw error;
      return { gwpSet, kg: null, why: error.message };
    }
  });
  return { ...factorView(factor), source: factorSetView(set, index), co2e };
}

/** Every gas and blend that can be let out as it is, under the names that an activity may give. */
export function gasViews({ gwp, blends }: FactorIndex): z.infer<typeof gasSchema>[] {
  return [
    ...blends.map(({ name, source, components }) => ({
      ...{ name, otherNames: [], source },
      components: components.map(({ gas, share }) => ({ gas, share: toExactText(share) })),
    })),
    ...[...gwp.otherNames].map(([name, otherNames]) => ({
      ...{ name, otherNames: [...otherNames], source: POTENTIALS_SOURCE, components: [] },
    })),
  ];
}

export function methodView(method: MethodDef): z.infer<typeof methodSchema> {
  const { id, title, uses, bases, parts, cites, quality } = method;
  return {
    ...{ id, title, cites, quality },
    bases: bases === undefined ? null : [...bases],
    uses: uses.map(({ scope, categories }) => ({ scope, categories: [...categories] })),
    parts: Object.entries(parts).map(([name, { formula, inputs }]) => ({
      name,
      formula,
      inputs: Object.entries(inputs).map(([input, { label, kind, dimension, ...is }]) => ({
        name: input,
        ...{ label, kind },
        dimension: dimension ?? null,
        optional: is.optional === true,
        sourced: is.sourced === true,
      })),
    })),
  };
}
