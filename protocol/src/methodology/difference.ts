/** A parameter in which two versions differ. `undefined`: the version does not have it. */
export interface ParameterDifference {
  /** Keys from the top, joined by dots. */
  readonly path: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Where each version says that it has the value from. */
  readonly fromSource: string | undefined;
  readonly toSource: string | undefined;
}

interface Parameter {
  readonly value: string;
  readonly source: string | undefined;
}

/** Keys that say where a value comes from, and are no parameter themselves. */
const PROVENANCE = new Set(['source', 'note']);

/** Every parameter in which two parameter files differ, by path. */
export function compareMethodologies(from: unknown, to: unknown): readonly ParameterDifference[] {
  const before = parametersOf(from);
  const after = parametersOf(to);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path)?.value !== after.get(path)?.value)
    .map((path) => ({
      path,
      from: before.get(path)?.value,
      to: after.get(path)?.value,
      fromSource: before.get(path)?.source,
      toSource: after.get(path)?.source,
    }));
}

function parametersOf(document: unknown): ReadonlyMap<string, Parameter> {
  const found = new Map<string, Parameter>();
  collect(document, '', undefined, found);
  return found;
}

function collect(
  value: unknown,
  path: string,
  source: string | undefined,
  found: Map<string, Parameter>,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    found.set(path, { value: typeof value === 'string' ? value : JSON.stringify(value), source });
    return;
  }
  const entries: readonly [string, unknown][] = Object.entries(value);
  const own: unknown = entries.find(([key]) => key === 'source')?.[1];
  const near = typeof own === 'string' ? own : source;
  for (const [key, inner] of entries) {
    if (!PROVENANCE.has(key)) collect(inner, path === '' ? key : `${path}.${key}`, near, found);
  }
}
