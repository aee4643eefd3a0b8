import { TonneError } from '@truetonne/protocol';
import type { Scope } from '../factors/factor.ts';
import { nearest } from '../units/nearest.ts';
import { DIRECT_METHODS } from './direct.ts';
import { ENERGY_METHODS } from './energy.ts';
import { inputsOf, parseFormula, type Formula } from './formula.ts';
import type { DataQuality, MethodDef, PartDef } from './method.ts';
import { PURCHASE_METHODS } from './purchases.ts';
import { VALUE_CHAIN_METHODS } from './valueChain.ts';

/** A method's part with its formula read. */
export interface CompiledPart {
  readonly def: PartDef;
  readonly formula: Formula;
  readonly names: ReadonlySet<string>;
}

/** Where a method's lines stand. */
export interface Place {
  readonly scope: Scope;
  readonly category: string;
}

export interface Method {
  readonly def: MethodDef;
  /** By category; the only one also by `undefined`. */
  readonly places: ReadonlyMap<string | undefined, Place>;
  readonly parts: ReadonlyMap<string, CompiledPart>;
}

/** Every method, in the order in which they are listed to people. */
export const METHODS: readonly MethodDef[] = [
  ...DIRECT_METHODS,
  ...ENERGY_METHODS,
  ...PURCHASE_METHODS,
  ...VALUE_CHAIN_METHODS,
];

/** Methods whose figures a supplier's own figure replaces, and which count in the share that is estimated. */
export const ESTIMATES: ReadonlySet<string> = methodsOf('estimate');

/** Methods whose figures stand beside none other of the same supplier, category and days. */
export const PRIMARY: ReadonlySet<string> = methodsOf('primary');

function methodsOf(wanted: DataQuality): ReadonlySet<string> {
  return new Set(METHODS.filter(({ quality }) => quality === wanted).map(({ id }) => id));
}

const BY_ID: ReadonlyMap<string, Method> = new Map(METHODS.map((def) => [def.id, compile(def)]));

function compile(def: MethodDef): Method {
  const parts = Object.entries(def.parts).map(([name, part]) => {
    const formula = parseFormula(part.formula);
    return [name, { def: part, formula, names: inputsOf(formula) }] as const;
  });
  const places = new Map<string | undefined, Place>(
    def.uses.flatMap(({ scope, categories }) =>
      categories.map((category) => [category, { scope, category }] as const),
    ),
  );
  const [only] = places.values();
  if (places.size === 1 && only !== undefined) places.set(undefined, only);
  return { def, places, parts: new Map(parts) };
}

/** Throws METHOD_UNKNOWN with the nearest id. */
export function getMethod(id: string): Method {
  const method = BY_ID.get(id);
  if (method !== undefined) return method;
  const suggestion = nearest(id, BY_ID.keys());
  throw new TonneError('METHOD_UNKNOWN', {
    field: 'method',
    value: id.slice(0, 60),
    expected: suggestion === undefined ? [...BY_ID.keys()].join(', ') : `perhaps ${suggestion}`,
  });
}

/** Throws INPUT_UNKNOWN when the part is not one of the method's, INPUT_MISSING when it has to be named. */
export function getPart(method: Method, name: string | undefined): CompiledPart {
  const [only] = method.parts.values();
  if (name === undefined && method.parts.size === 1 && only !== undefined) return only;
  const part = name === undefined ? undefined : method.parts.get(name);
  if (part !== undefined) return part;
  throw new TonneError(name === undefined ? 'INPUT_MISSING' : 'INPUT_UNKNOWN', {
    field: 'part',
    value: name ?? 'nothing',
    expected: [...method.parts.keys()].join(', '),
  });
}
