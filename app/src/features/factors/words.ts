import type { Factor } from '../../api/index.ts';

const SCOPES: Readonly<Record<string, string>> = {
  '1': 'Scope 1',
  '2-location': 'Scope 2, location-based',
  '2-market': 'Scope 2, market-based',
  '3': 'Scope 3',
  avoided: 'Projects only',
};

export function scopeName(scope: string): string {
  return SCOPES[scope] ?? scope;
}

/** "Scope 1, Scope 3: 5, 12": categories of one scope stand together. */
export function usesText(uses: Factor['uses']): string {
  const byScope = new Map<string, string[]>();
  for (const { scope, category } of uses) {
    const known = byScope.get(scope) ?? [];
    byScope.set(scope, category === undefined ? known : [...known, category]);
  }
  return [...byScope]
    .map(([scope, categories]) =>
      categories.length === 0 ? scopeName(scope) : `${scopeName(scope)}: ${categories.join(', ')}`,
    )
    .join('; ');
}

const UNITS: Readonly<Record<string, string>> = {
  gal_us: 'US gallon',
  gal_imp: 'imperial gallon',
  mile: 'mile',
};

/** `kWh_gross` is kWh (gross), `t*km` is t·km, `USD:2022` is USD of 2022. */
export function unitName(unit: string): string {
  const known = UNITS[unit];
  if (known !== undefined) return known;
  const heat = /^(.+)_(gross|net)$/.exec(unit);
  if (heat !== null) return `${heat[1] ?? ''} (${heat[2] ?? ''})`;
  const money = /^([A-Z]{3}):(\d{4})$/.exec(unit);
  if (money !== null) return `${money[1] ?? ''} of ${money[2] ?? ''}`;
  return unit.replaceAll('*', '·');
}

/** Significant digits that a list shows; the exact figure stands on the factor's own page. */
const SHOWN = 6;

/** The first six significant digits of a decimal text, with an ellipsis when there are more. */
export function shortDecimal(decimal: string): string {
  const at = decimal.search(/[1-9]/);
  if (at < 0 || decimal.includes('/')) return decimal;
  let digits = 0;
  for (let end = at; end < decimal.length; end++) {
    if (decimal[end] === '.') continue;
    digits += 1;
    const isCut = digits === SHOWN && decimal.includes('.') && end >= decimal.indexOf('.');
    if (isCut && end + 1 < decimal.length) return `${decimal.slice(0, end + 1)}…`;
  }
  return decimal;
}

/** Half of the 95 % interval, as the source states it. */
export function uncertaintyText({ uncertaintyPercent }: Factor): string {
  return uncertaintyPercent === undefined ? 'none stated' : `± ${uncertaintyPercent} %`;
}

export function validText({ validFrom, validTo }: Factor): string {
  return validFrom === validTo ? String(validFrom) : `${validFrom} to ${validTo}`;
}

/** All factors of an activity. */
export function activityHref(activity: string): string {
  return `/factors?${new URLSearchParams({ activity }).toString()}`;
}

/** Address of a factor's own page; ids hold slashes, so the id is a parameter. */
export function factorHref(id: string): string {
  return `/factors/one?${new URLSearchParams({ id }).toString()}`;
}
