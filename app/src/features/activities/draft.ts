import {
  takesGas,
  type Activity,
  type ActivityBody,
  type EnteredQuantity,
  type Factor,
  type Method,
  type Passed,
} from '../../api/index.ts';
import { parseUtc, toUtcField } from '../../ui/format.ts';

/** Signed readings that the energy is taken from, as they are being chosen; times in UTC. */
export interface ReadingsDraft {
  readonly deviceIds: readonly string[];
  readonly from: string;
  readonly until: string;
}

/** What a person has entered so far. */
export interface Draft {
  readonly method: string;
  readonly category: string;
  readonly part: string;
  readonly date: string;
  readonly region: string;
  readonly site: string;
  readonly evidence: string;
  readonly inputs: Readonly<Record<string, EnteredQuantity>>;
  /** As the oracle takes it; of an activity that is changed perhaps named in another way than by id. */
  readonly factor: Passed | undefined;
  /** Instruments that an activity had, which this form does not change. */
  readonly market: Passed | undefined;
  readonly supplierId: string | undefined;
  readonly readings: ReadingsDraft | undefined;
}

export const EMPTY: Draft = {
  ...{ method: '', category: '', part: '', date: '', region: '', site: '', evidence: '' },
  ...{ inputs: {}, factor: undefined, market: undefined },
  ...{ supplierId: undefined, readings: undefined },
};

/** A method with its first category and part chosen; a gas stays only where one can be let out. */
export function withMethod(draft: Draft, method: Method | undefined): Draft {
  return {
    ...draft,
    method: method?.id ?? '',
    category: method?.uses[0]?.categories[0] ?? '',
    part: method?.parts[0]?.name ?? '',
    inputs: {},
    factor: gasOf(draft) === '' || takesGas(method) ? draft.factor : undefined,
    ...{ market: undefined, readings: undefined },
  };
}

/**
 * A factor chosen; where a figure is whatever the factor is per, and has no unit yet, it gets that one.
 * A unit that was typed stays: the engine refuses it with a reason where it does not fit.
 */
export function withFactor(draft: Draft, method: Method | undefined, factor: Factor): Draft {
  const part = method?.parts.find(({ name }) => name === draft.part);
  const inputs = { ...draft.inputs };
  for (const { name, kind, dimension, sourced } of part?.inputs ?? []) {
    const { value, unit } = inputs[name] ?? { value: '', unit: '' };
    const open = kind === 'quantity' && !sourced && dimension === undefined && unit.trim() === '';
    if (open) inputs[name] = { ...inputs[name], value, unit: factor.unit };
  }
  return { ...draft, factor: { kind: 'id', id: factor.id }, inputs };
}

/** A gas or blend let out as it is stands in the place of a factor; `''` takes it back. */
export function withGas(draft: Draft, gas: string): Draft {
  return { ...draft, factor: gas === '' ? undefined : { kind: 'gas', gas } };
}

/** What is still to be entered, as a sentence; `undefined` when it can be sent. */
export function missingIn(draft: Draft, method: Method | undefined): string | undefined {
  if (method === undefined) return 'Choose a method.';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.date)) return 'Enter the day on which it ended.';
  const part = method.parts.find(({ name }) => name === draft.part);
  const empty = part?.inputs.find(
    (input) => !input.optional && (draft.inputs[input.name]?.value ?? '').trim() === '',
  );
  if (draft.readings !== undefined) {
    const missing = missingReadings(draft.readings);
    if (missing !== undefined) return missing;
  } else if (empty !== undefined) return `Enter: ${empty.label}.`;
  const unsourced = part?.inputs.find(({ name, sourced }) => sourced && lacksSource(draft, name));
  if (unsourced !== undefined) return `Say where it is from and of which day: ${unsourced.label}.`;
  if (draft.factor === undefined) {
    return takesGas(method) ? 'Choose a gas or a factor.' : 'Choose a factor.';
  }
  return undefined;
}

/** Whether a figure that others publish was entered without who published it and when. */
function lacksSource({ inputs }: Draft, name: string): boolean {
  const { value = '', source = '', date = '' } = inputs[name] ?? {};
  return value.trim() !== '' && (source.trim() === '' || date === '');
}

function missingReadings({ deviceIds, from, until }: ReadingsDraft): string | undefined {
  if (deviceIds.length === 0) return 'Choose the devices that measured it.';
  const [begin, end] = [parseUtc(from), parseUtc(until)];
  if (begin === undefined || end === undefined) return 'Enter from when until when.';
  return begin < end ? undefined : 'The readings begin before they end.';
}

/** Only bought electricity is what a meter of ours imported. */
export function maySayByMeter({ method, category }: Draft): boolean {
  return method === PURCHASED_ENERGY && category === 'electricity';
}

export function factorIdOf({ factor }: Draft): string {
  return typeof factor?.['id'] === 'string' ? factor['id'] : '';
}

export function gasOf({ factor }: Draft): string {
  return typeof factor?.['gas'] === 'string' ? factor['gas'] : '';
}

/** For a reader; an activity that came by an import may have named its factor by words. */
export function factorNameOf({ kind, id, gas, activity, region }: Passed): string {
  if (typeof id === 'string') return id;
  if (typeof gas === 'string') return `${gas}, let out as it is`;
  if (typeof activity === 'string') return `${activity}, ${String(region)} (searched for)`;
  return String(kind);
}

/** An activity as it can be entered again; `undefined` when it has more than this form shows. */
export function fromActivity({ input, ...activity }: Activity): Draft | undefined {
  const [item, ...others] = input.items;
  if (item === undefined || others.length > 0) return undefined;
  const { readings } = activity;
  return {
    ...{ method: input.method, category: input.category ?? '', part: item.part ?? '' },
    ...{ date: input.date, region: input.region ?? '', site: input.site ?? '' },
    ...{ evidence: activity.evidence, supplierId: activity.supplierId },
    ...{ factor: item.factor, market: input.market },
    inputs: Object.fromEntries(
      item.inputs.map(([name, { value, unit, uncertaintyPercent, source, date }]) => [
        name,
        {
          ...{ value, unit },
          ...(uncertaintyPercent === undefined ? {} : { uncertaintyPercent }),
          ...(source === undefined ? {} : { source }),
          ...(date === undefined ? {} : { date }),
        },
      ]),
    ),
    readings:
      readings === undefined
        ? undefined
        : {
            deviceIds: readings.devices.map(({ deviceId }) => deviceId),
            ...{ from: toUtcField(readings.from), until: toUtcField(readings.until) },
          },
  };
}

/** Empty texts are left out, so that the oracle never takes one for a value. */
export function toBody(draft: Draft, workspaceId: string): ActivityBody {
  const filled = Object.entries(draft.inputs)
    .map(
      ([name, { value, unit, source, ...rest }]) =>
        [
          name,
          {
            ...{ value: value.trim(), unit: unit.trim(), ...rest },
            ...(source === undefined ? {} : { source: source.trim() }),
          },
        ] as const,
    )
    .filter(([, { value }]) => value !== '' && draft.readings === undefined);
  const [region, site] = [draft.region.trim(), draft.site.trim()];
  return {
    ...{ workspaceId, method: draft.method, date: draft.date, evidence: draft.evidence.trim() },
    ...(draft.category === '' ? {} : { category: draft.category }),
    ...(region === '' ? {} : { region }),
    ...(site === '' ? {} : { site }),
    ...(draft.supplierId === undefined ? {} : { supplierId: draft.supplierId }),
    ...(draft.method === PURCHASED_ENERGY ? { market: draft.market ?? NO_INSTRUMENTS } : {}),
    ...readingsOf(draft.readings),
    items: [
      {
        ...(draft.part === '' ? {} : { part: draft.part }),
        inputs: Object.fromEntries(filled),
        factor: draft.factor ?? {},
      },
    ],
  };
}

function readingsOf(readings: ReadingsDraft | undefined): Pick<ActivityBody, 'readings'> {
  if (readings === undefined) return {};
  const { deviceIds } = readings;
  const [from, until] = [parseUtc(readings.from) ?? 0, parseUtc(readings.until) ?? 0];
  return { readings: { deviceIds, from, until } };
}

/** Scope 2 has two sides; without instruments and residual mix the grid average stands on both. */
const PURCHASED_ENERGY = 'purchased-energy';
const NO_INSTRUMENTS = { instruments: [], residual: 'none-published' } as const;
