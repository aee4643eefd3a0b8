import {
  isReported,
  takesGas,
  type Activity,
  type ActivityBody,
  type EnteredQuantity,
  type Factor,
  type FactorRef,
  type GwpSet,
  type Method,
} from '../../api/index.ts';
import { parseUtc, toUtcField } from '../../ui/format.ts';
import {
  isShown,
  isUnchosen,
  missingFactor,
  newReported,
  toFactorRef,
  UNCHOSEN,
} from './factorRef.ts';
import {
  fromMarket,
  missingInMarket,
  NO_INSTRUMENTS,
  toMarket,
  type MarketDraft,
} from './market.ts';
import { toQuantity } from './quantity.ts';

const PURCHASED_ENERGY = 'purchased-energy';

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
  /** Of an activity that is changed perhaps named in another way than by id. */
  readonly factor: FactorRef;
  /** The market-based side of Scope 2; of other methods nothing. */
  readonly market: MarketDraft;
  readonly supplierId: string | undefined;
  readonly readings: ReadingsDraft | undefined;
}

export const EMPTY: Draft = {
  ...{ method: '', category: '', part: '', date: '', region: '', site: '', evidence: '' },
  ...{ inputs: {}, factor: UNCHOSEN, market: NO_INSTRUMENTS },
  ...{ supplierId: undefined, readings: undefined },
};

/** A method with its first category and part chosen; `gwpSet` is the organisation's own. */
export function withMethod(draft: Draft, method: Method | undefined, gwpSet: GwpSet): Draft {
  const part = method?.parts[0]?.name ?? '';
  return {
    ...draft,
    ...{ method: method?.id ?? '', category: method?.uses[0]?.categories[0] ?? '', part },
    ...{ inputs: firstUnits(method, part), factor: factorUnder(draft.factor, method, gwpSet) },
    ...{ market: NO_INSTRUMENTS, readings: undefined },
  };
}

/** What was chosen stays where it can be meant: a gas only where one can be let out. */
function factorUnder(old: FactorRef, method: Method | undefined, gwpSet: GwpSet): FactorRef {
  if (isReported(method)) return newReported(gwpSet);
  if (old.kind === 'reported' || (old.kind === 'gas' && !takesGas(method))) return UNCHOSEN;
  return old;
}

/** Units of emissions that are CO2e already; of other figures the factor says what fits. */
const REPORTED_UNITS: Readonly<Record<string, string>> = {
  mass: 'kg',
  'mass*year^-1': 'kg/year',
  year: 'year',
};

function firstUnits(method: Method | undefined, part: string): Draft['inputs'] {
  if (!isReported(method)) return {};
  const inputs = method?.parts.find(({ name }) => name === part)?.inputs ?? [];
  return Object.fromEntries(
    inputs.flatMap(({ name, dimension = '' }) => {
      const unit = REPORTED_UNITS[dimension];
      return unit === undefined ? [] : [[name, { value: '', unit }]];
    }),
  );
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
  return { ...draft, factor: gas === '' ? UNCHOSEN : { kind: 'gas', gas } };
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
  if (takesGas(method) && isUnchosen(draft.factor)) return 'Choose a gas or a factor.';
  const missing = missingFactor(draft.factor);
  return missing ?? (isPurchased(draft) ? missingInMarket(draft.market, draft.region) : undefined);
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

/** Scope 2 has two sides: what covers the energy on that of the market is asked for. */
export function isPurchased({ method }: Draft): boolean {
  return method === PURCHASED_ENERGY;
}

/** An activity as it can be entered again; `undefined` when it has more than this form shows. */
export function fromActivity({ input, ...activity }: Activity): Draft | undefined {
  const [item, ...others] = input.items;
  if (item === undefined || others.length > 0 || !isShown(item.factor)) return undefined;
  const market = input.market === undefined ? NO_INSTRUMENTS : fromMarket(input.market);
  if (market === undefined) return undefined;
  const { readings } = activity;
  return {
    ...{ method: input.method, category: input.category ?? '', part: item.part ?? '' },
    ...{ date: input.date, region: input.region ?? '', site: input.site ?? '' },
    ...{ evidence: activity.evidence, supplierId: activity.supplierId },
    ...{ factor: item.factor, market, inputs: Object.fromEntries(item.inputs) },
    readings:
      readings === undefined
        ? undefined
        : {
            deviceIds: readings.devices.map(({ deviceId }) => deviceId),
            ...{ from: toUtcField(readings.from), until: toUtcField(readings.until) },
          },
  };
}

/** As it is sent, once nothing is missing. */
export function toBody(draft: Draft, workspaceId: string): ActivityBody {
  const filled = Object.entries(draft.inputs)
    .map(([name, entered]) => [name, toQuantity(entered)] as const)
    .filter(([, { value }]) => value !== '' && draft.readings === undefined);
  const [region, site] = [draft.region.trim(), draft.site.trim()];
  return {
    ...{ workspaceId, method: draft.method, date: draft.date, evidence: draft.evidence.trim() },
    ...(draft.category === '' ? {} : { category: draft.category }),
    ...(region === '' ? {} : { region }),
    ...(site === '' ? {} : { site }),
    ...(draft.supplierId === undefined ? {} : { supplierId: draft.supplierId }),
    ...(isPurchased(draft) ? { market: toMarket(draft.market) } : {}),
    ...readingsOf(draft.readings),
    items: [
      {
        ...(draft.part === '' ? {} : { part: draft.part }),
        inputs: Object.fromEntries(filled),
        factor: toFactorRef(draft.factor),
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
