import type { PrivateFactor, PrivateFactorBody } from '../../api/index.ts';

/** What a person types of a factor. */
export interface FactorDraft {
  readonly name: string;
  readonly source: string;
  readonly activity: string;
  readonly region: string;
  readonly unit: string;
  readonly basis: string;
  readonly scope: string;
  readonly gas: string;
  readonly value: string;
  readonly massUnit: string;
  readonly gwpSet: string;
  /** Half of the 95 % interval in percent; empty where it is not known. */
  readonly uncertaintyPercent: string;
  readonly validFrom: string;
  readonly validTo: string;
}

export const EMPTY: FactorDraft = {
  ...{ name: '', source: '', activity: '', region: '', unit: '', basis: 'combustion' },
  ...{ scope: '1', gas: 'CO2e', value: '', massUnit: 'kg', gwpSet: '' },
  ...{ uncertaintyPercent: '', validFrom: '', validTo: '' },
};

/** A factor again as it can be typed; `undefined` when it has more than this form shows. */
export function fromFactor(factor: PrivateFactor, source: string): FactorDraft | undefined {
  const [gas, ...others] = factor.gases;
  const [use] = factor.uses;
  const hasMore = others.length > 0 || use?.category !== undefined || factor.notes !== undefined;
  if (gas === undefined || use === undefined || hasMore) return undefined;
  return {
    ...{ name: factor.name, source, activity: factor.activity, region: factor.region },
    ...{ unit: factor.unit, basis: factor.basis, scope: use.scope },
    ...{ gas: gas.gas, value: '', massUnit: 'kg', gwpSet: gas.co2eUnder ?? '' },
    uncertaintyPercent: factor.uncertaintyPercent ?? '',
    ...{ validFrom: String(factor.validFrom), validTo: String(factor.validTo) },
  };
}

const NEEDED = [
  ['name', 'its name'],
  ['source', 'where it is from'],
  ['activity', 'what is done'],
  ['region', 'its region'],
  ['unit', 'the unit it is per'],
  ['value', 'its value'],
] as const;

/** What is still to be entered; `undefined` when it can be sent. */
export function missingIn(draft: FactorDraft): string | undefined {
  const missing = NEEDED.find(([name]) => draft[name].trim() === '');
  if (missing !== undefined) return `Enter ${missing[1]}.`;
  if (!/^\d{4}$/.test(draft.validFrom) || !/^\d{4}$/.test(draft.validTo)) {
    return 'Enter its first and last year.';
  }
  if (draft.gas === 'CO2e' && draft.gwpSet === '') return 'Say under which potentials its CO₂e is.';
  return undefined;
}

export function toBody(draft: FactorDraft): PrivateFactorBody {
  const { name, source, activity, region, unit, basis, scope, gas, value, massUnit } = draft;
  const uncertaintyPercent = draft.uncertaintyPercent.trim();
  return {
    ...{ name: name.trim(), source: source.trim(), activity: activity.trim() },
    ...{ region: region.trim(), unit: unit.trim(), basis, scope },
    gases: [{ gas: gas.trim(), value: value.trim(), massUnit }],
    ...(gas === 'CO2e' ? { gwpSet: draft.gwpSet } : {}),
    ...(uncertaintyPercent === '' ? {} : { uncertaintyPercent }),
    ...{ validFrom: Number(draft.validFrom), validTo: Number(draft.validTo) },
  };
}
