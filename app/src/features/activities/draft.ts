import type { ActivityBody, Factor, Method } from '../../api/index.ts';

/** What a person has entered so far. */
export interface Draft {
  readonly method: string;
  readonly category: string;
  readonly part: string;
  readonly date: string;
  readonly region: string;
  readonly site: string;
  readonly evidence: string;
  readonly inputs: Readonly<Record<string, { readonly value: string; readonly unit: string }>>;
  readonly factorId: string;
}

export const EMPTY: Draft = {
  ...{ method: '', category: '', part: '', date: '', region: '', site: '', evidence: '' },
  ...{ inputs: {}, factorId: '' },
};

/** A method with its first category and part chosen. */
export function withMethod(draft: Draft, method: Method | undefined): Draft {
  return {
    ...draft,
    method: method?.id ?? '',
    category: method?.uses[0]?.categories[0] ?? '',
    part: method?.parts[0]?.name ?? '',
    inputs: {},
  };
}

/**
 * A factor chosen; where a figure is whatever the factor is per, and has no unit yet, it gets that one.
 * A unit that was typed stays: the engine refuses it with a reason where it does not fit.
 */
export function withFactor(draft: Draft, method: Method | undefined, factor: Factor): Draft {
  const part = method?.parts.find(({ name }) => name === draft.part);
  const inputs = { ...draft.inputs };
  for (const { name, kind, dimension } of part?.inputs ?? []) {
    const { value, unit } = inputs[name] ?? { value: '', unit: '' };
    const open = kind === 'quantity' && dimension === undefined && unit.trim() === '';
    if (open) inputs[name] = { value, unit: factor.unit };
  }
  return { ...draft, factorId: factor.id, inputs };
}

/** What is still to be entered, as a sentence; `undefined` when it can be sent. */
export function missingIn(draft: Draft, method: Method | undefined): string | undefined {
  if (method === undefined) return 'Choose a method.';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.date)) return 'Enter the day on which it ended.';
  const part = method.parts.find(({ name }) => name === draft.part);
  const empty = part?.inputs.find(
    (input) => !input.optional && (draft.inputs[input.name]?.value ?? '').trim() === '',
  );
  if (empty !== undefined) return `Enter: ${empty.label}.`;
  if (draft.factorId === '') return 'Choose a factor.';
  return undefined;
}

/** Empty texts are left out, so that the oracle never takes one for a value. */
export function toBody(draft: Draft, workspaceId: string): ActivityBody {
  const filled = Object.entries(draft.inputs)
    .map(([name, { value, unit }]) => [name, { value: value.trim(), unit: unit.trim() }] as const)
    .filter(([, { value }]) => value !== '');
  const [region, site] = [draft.region.trim(), draft.site.trim()];
  return {
    ...{ workspaceId, method: draft.method, date: draft.date, evidence: draft.evidence.trim() },
    ...(draft.category === '' ? {} : { category: draft.category }),
    ...(region === '' ? {} : { region }),
    ...(site === '' ? {} : { site }),
    ...(draft.method === PURCHASED_ENERGY ? { market: NO_INSTRUMENTS } : {}),
    items: [
      {
        part: draft.part,
        inputs: Object.fromEntries(filled),
        factor: { kind: 'id', id: draft.factorId },
      },
    ],
  };
}

/** Scope 2 has two sides; without instruments and residual mix the grid average stands on both. */
const PURCHASED_ENERGY = 'purchased-energy';
const NO_INSTRUMENTS = { instruments: [], residual: 'none-published' } as const;
