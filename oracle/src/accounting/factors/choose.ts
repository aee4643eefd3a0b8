import { TonneError } from '@truetonne/protocol';
import type { FactorRef } from '../activity.ts';
import type { MethodDef } from '../methods/method.ts';
import type { AccountingRules } from '../rules.ts';
import { exchangeHint, getUnit, unitMismatch, type Dimension } from '../units/unit.ts';
import type { EmissionFactor, Scope } from './factor.ts';
import type { FactorIndex } from './factorIndex.ts';
import { widening } from './regions.ts';
import { resolvePublished, resolveStated, type ResolvedFactor } from './resolved.ts';

/** What a factor is wanted for. */
export interface FactorNeed {
  readonly method: MethodDef;
  readonly scope: Scope;
  readonly category: string;
  readonly dimension: Dimension;
  /** The unit that was entered, for the reader of an error. */
  readonly enteredIn: string;
  readonly year: number;
  /** Money that the method would exchange for that of the factor; absent where it takes no rate. */
  readonly paidIn: string | undefined;
}

/** Which step of the rule decided. */
export type FactorRule =
  'named' | 'own' | 'gas' | 'reported' | 'region-exact' | 'region-widened' | 'preferred-set';

export interface FactorChoice {
  readonly factor: ResolvedFactor;
  readonly rule: FactorRule;
  /** `valid`, or by how many years a factor of the past was carried forward. */
  readonly carriedYears: number;
  /** What was looked for and not found, in order. */
  readonly missed: readonly string[];
}

/**
 * The rule (docs/accounting.md): a named factor has to be applicable and valid; a search goes by activity,
 * unit and use, then region from narrow to wide where the rules allow, then year, then the order of sets.
 */
export function chooseFactor(
  ref: FactorRef,
  need: FactorNeed,
  index: FactorIndex,
  rules: AccountingRules,
): FactorChoice {
  if (ref.kind === 'search') return search(ref, need, index, rules);
  if (ref.kind === 'id') return named(ref.id, need, index, rules);
  const factor = resolveStated(ref, index, rules);
  assertBasis(need, factor.name, factor.basis);
  return { factor, rule: ref.kind, carriedYears: 0, missed: [] };
}

function named(
  id: string,
  need: FactorNeed,
  index: FactorIndex,
  rules: AccountingRules,
): FactorChoice {
  const factor = index.findById(id);
  if (factor === undefined || !rules.factorSets.includes(factor.setId)) {
    throw new TonneError('EMISSION_FACTOR_UNKNOWN', {
      field: 'factor',
      value: id.slice(0, 120),
      expected: `a factor of ${rules.factorSets.join(', ')}`,
    });
  }
  assertBasis(need, id, factor.basis);
  if (!isMeantFor(factor, need)) {
    throw notApplicable(id, need, `published for ${usesOf(factor)}`);
  }
  const unit = getUnit(factor.unit);
  if (unit.dimension !== need.dimension) {
    throw unitMismatch({ id: need.enteredIn, dimension: need.dimension }, unit, need.paidIn);
  }
  const carriedYears = yearsCarried(factor, need.year);
  if (!isInTime(carriedYears, rules)) throw yearMissing([factor], need.year);
  return {
    factor: resolvePublished(factor, index, rules),
    rule: 'named',
    carriedYears,
    missed: [],
  };
}

function search(
  ref: Extract<FactorRef, { kind: 'search' }>,
  need: FactorNeed,
  index: FactorIndex,
  rules: AccountingRules,
): FactorChoice {
  const known = index
    .findByActivity(ref.activity)
    .filter(({ setId }) => rules.factorSets.includes(setId));
  const fitting = known.filter((factor) => fits(factor, need));
  if (fitting.length === 0) throw notFound(ref, need, known, index);
  const missed: string[] = [];
  const regions = rules.widenRegion ? widening(ref.region) : [ref.region];
  for (const region of regions) {
    const here = fitting.filter((factor) => factor.region === region);
    if (here.length === 0) {
      missed.push(`region ${region}`);
      continue;
    }
    const valid = inTime(here, need.year, rules);
    if (valid.length === 0) throw yearMissing(here, need.year);
    const { factor, byPreference } = preferred(valid, ref, rules);
    const carriedYears = yearsCarried(factor, need.year);
    if (carriedYears > 0) missed.push(`year ${String(need.year)}`);
    const byRegion = region === ref.region ? 'region-exact' : 'region-widened';
    const rule = byPreference ? 'preferred-set' : byRegion;
    return { factor: resolvePublished(factor, index, rules), rule, carriedYears, missed };
  }
  throw notFound(ref, need, fitting, index);
}

function fits(factor: EmissionFactor, need: FactorNeed): boolean {
  const { bases } = need.method;
  const isAllowed = bases === undefined || bases.includes(factor.basis);
  const isMargin = factor.basis === 'margin' && need.scope !== 'avoided';
  const isUnit = getUnit(factor.unit).dimension === need.dimension;
  return isAllowed && !isMargin && isUnit && isMeantFor(factor, need);
}

function isMeantFor({ uses }: EmissionFactor, { scope, category }: FactorNeed): boolean {
  return uses.some(
    (use) => use.scope === scope && (use.category === undefined || use.category === category),
  );
}

/** Of the valid ones the newest edition of each set: valid years may overlap where one is carried forward. */
function inTime(
  factors: readonly EmissionFactor[],
  year: number,
  rules: AccountingRules,
): readonly EmissionFactor[] {
  const carried = factors.map((factor) => ({ factor, years: yearsCarried(factor, year) }));
  const allowed = carried.filter(({ years }) => isInTime(years, rules));
  const fewest = allowed.reduce((least, { years }) => Math.min(least, years), Infinity);
  return allowed.filter(({ years }) => years === fewest).map(({ factor }) => factor);
}

/** 0 when valid, a positive number of years after its end, negative infinity before its beginning. */
function yearsCarried({ validFrom, validTo }: EmissionFactor, year: number): number {
  if (year < validFrom) return -Infinity;
  return Math.max(0, year - validTo);
}

function isInTime(years: number, { carryForwardYears }: AccountingRules): boolean {
  return years >= 0 && years <= carryForwardYears;
}

function preferred(
  factors: readonly EmissionFactor[],
  ref: { readonly activity: string },
  rules: AccountingRules,
): { factor: EmissionFactor; byPreference: boolean } {
  for (const set of rules.factorSets) {
    const [first, ...others] = factors.filter(({ setId }) => setId === set);
    if (first === undefined) continue;
    if (others.length === 0) return { factor: first, byPreference: factors.length > 1 };
    throw new TonneError('FACTOR_AMBIGUOUS', {
      field: 'factor',
      value: ref.activity,
      expected: `one of ${[first, ...others].map(({ id }) => id).join(', ')}`,
    });
  }
  throw new RangeError('a factor outside the sets that were filtered for');
}

function assertBasis(
  need: FactorNeed,
  id: string,
  basis: EmissionFactor['basis'] | undefined,
): void {
  if (basis === undefined) return;
  const { bases } = need.method;
  if (basis === 'margin' && need.scope !== 'avoided') {
    throw notApplicable(
      id,
      need,
      'a margin of the grid, which is for projects and avoided emissions',
    );
  }
  if (bases === undefined || bases.includes(basis)) return;
  const why =
    basis === 'lifecycle' && need.scope.startsWith('2')
      ? 'a life-cycle average, which holds upstream emissions of category 3 (Scope 2 Guidance, 6.5)'
      : `a factor of ${basis}, not of ${bases.join(' or ')}`;
  throw notApplicable(id, need, why);
}

function notApplicable(
  id: string,
  { method, scope, category }: FactorNeed,
  why: string,
): TonneError {
  return new TonneError('FACTOR_NOT_APPLICABLE', {
    field: 'factor',
    value: `${id}: ${why}`,
    expected: `a factor for ${method.id}, Scope ${scope}, ${category}`,
  });
}

function usesOf({ uses }: EmissionFactor): string {
  return uses
    .map(({ scope, category }) => `Scope ${scope}${category === undefined ? '' : ` ${category}`}`)
    .join(', ');
}

function yearMissing(factors: readonly EmissionFactor[], year: number): TonneError {
  const years = factors.map(({ id, validFrom, validTo }) => `${id} ${validFrom} to ${validTo}`);
  return new TonneError('FACTOR_YEAR_MISSING', {
    field: 'year',
    value: String(year),
    expected: `a year in ${years.slice(0, 5).join('; ')}`,
  });
}

function notFound(
  ref: { readonly activity: string; readonly region: string },
  need: FactorNeed,
  known: readonly EmissionFactor[],
  index: FactorIndex,
): TonneError {
  const wanted = `${ref.activity}, ${ref.region}, per ${need.dimension === '' ? 'number' : need.dimension}, for ${need.method.id}`;
  if (known.length === 0) {
    const suggestion = index.nearestActivity(ref.activity);
    const expected = suggestion === undefined ? 'an activity of a set' : `perhaps ${suggestion}`;
    return new TonneError('FACTOR_NOT_FOUND', { field: 'activity', value: wanted, expected });
  }
  const has = known.map(({ region, unit, basis }) => `${region} per ${unit} (${basis})`);
  const hint = exchangeHint(known[0]?.unit ?? '', need.paidIn);
  const expected = `one of ${[...new Set(has)].slice(0, 8).join(', ')}${hint}`;
  return new TonneError('FACTOR_NOT_FOUND', { field: 'factor', value: wanted, expected });
}
