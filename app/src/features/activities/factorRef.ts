import type { FactorRef, GwpSet, NamedFactor, OwnFactor } from '../../api/index.ts';
import { hasCo2e, NEW_GAS } from '../../forms/factorOptions.ts';

/** Nothing was chosen yet. */
export const UNCHOSEN: FactorRef = { kind: 'id', id: '' };

export function isUnchosen(ref: FactorRef): boolean {
  return ref.kind === 'id' && ref.id === '';
}

/** Emissions that somebody else reports; who does is still to be said. */
export function newReported(gwpSet: GwpSet): FactorRef {
  return { kind: 'reported', gwpSet, source: '' };
}

/** A factor that is to be typed in the form. */
export function newOwn(gwpSet: GwpSet): FactorRef {
  const gases = [NEW_GAS];
  const texts = { name: '', source: '', unit: '' };
  return { kind: 'own', factor: { ...texts, gases, gwpSet, uncertaintyPercent: undefined } };
}

/** What is still to be said of a factor, as a sentence. */
export function missingFactor(ref: FactorRef): string | undefined {
  if (isUnchosen(ref)) return 'Choose a factor.';
  if (ref.kind === 'id' && isUncited(ref))
    return 'Say where the uncertainty of the factor is from.';
  if (ref.kind === 'own') return missingOwn(ref.factor);
  if (ref.kind !== 'reported' || ref.source.trim() !== '') return undefined;
  return 'Say who reports the emissions, and where.';
}

function isUncited({ uncertainty }: NamedFactor): boolean {
  return (uncertainty?.percent ?? '').trim() !== '' && uncertainty?.source.trim() === '';
}

function missingOwn({ name, source, unit, gases }: OwnFactor): string | undefined {
  if (name.trim() === '') return 'Name the factor.';
  if (source.trim() === '') return 'Say where the factor is from.';
  if (gases.some(({ value }) => value.trim() === '')) return 'Enter the value of the factor.';
  return unit.trim() === '' ? 'Enter the unit that the factor is per.' : undefined;
}

/** As it is sent: the set of potentials only where there is CO2e, and nothing empty. */
export function toFactorRef(ref: FactorRef): FactorRef {
  if (ref.kind === 'reported') return { ...ref, source: ref.source.trim() };
  if (ref.kind === 'id') return toNamed(ref);
  if (ref.kind !== 'own') return ref;
  const { name, source, unit, gases, gwpSet, uncertaintyPercent = '' } = ref.factor;
  return {
    kind: 'own',
    factor: {
      ...{ name: name.trim(), source: source.trim(), unit: unit.trim() },
      gases: gases.map((one) => ({ ...one, value: one.value.trim() })),
      gwpSet: hasCo2e(gases) ? gwpSet : undefined,
      uncertaintyPercent: uncertaintyPercent.trim() === '' ? undefined : uncertaintyPercent.trim(),
    },
  };
}

/** An uncertainty that was begun and left empty is none. */
function toNamed({ kind, id, uncertainty }: NamedFactor): NamedFactor {
  const percent = uncertainty?.percent.trim() ?? '';
  if (percent === '') return { kind, id };
  return { kind, id, uncertainty: { percent, source: uncertainty?.source.trim() ?? '' } };
}

/** Whether the form shows all of it: it has one line for the gas of a factor. */
export function isShown(ref: FactorRef): boolean {
  return ref.kind !== 'own' || ref.factor.gases.length === 1;
}

export function factorIdOf(ref: FactorRef): string {
  return ref.kind === 'id' ? ref.id : '';
}

export function gasOf(ref: FactorRef): string {
  return ref.kind === 'gas' ? ref.gas : '';
}

/** For a reader; an activity that came by an import may have named its factor by words. */
export function factorNameOf(ref: FactorRef): string {
  switch (ref.kind) {
    case 'id':
      return ref.id;
    case 'gas':
      return `${ref.gas}, let out as it is`;
    case 'search':
      return `${ref.activity}, ${ref.region} (searched for)`;
    case 'own':
      return ref.factor.name;
    case 'reported':
      return `reported: ${ref.source}`;
  }
}
