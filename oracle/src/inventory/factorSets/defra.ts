import { TonneError } from '@truetonne/protocol';
import { compare, toRational } from '../../accounting/exact/rational.ts';
import { placeOf, toGasKey } from '../../accounting/gases/gas.ts';
import type {
  EmissionFactor,
  FactorBasis,
  FactorUse,
  GwpSet,
  GwpTable,
} from '../../accounting/index.ts';
import { co2e, pathOf, slug } from './parsedSet.ts';
import { findRegion } from './regionNames.ts';

/** Units of the UK factors. kWh of a fuel says which heating value. */
const UNITS: Readonly<Record<string, string>> = {
  'kWh (Gross CV)': 'kWh_gross',
  'kWh (Net CV)': 'kWh_net',
  kWh: 'kWh',
  GJ: 'GJ',
  litres: 'L',
  'cubic metres': 'm3',
  'million litres': 'ML',
  kg: 'kg',
  tonnes: 't',
  km: 'km',
  miles: 'mile',
  'tonne.km': 't*km',
  'passenger.km': 'passenger*km',
  'Room per night': 'room-night',
  'per FTE Working Hour': 'fte-hour',
};

/** Throws FACTOR_SET_INVALID. */
export function defraUnit(published: string): string {
  const unit = UNITS[published];
  if (unit !== undefined) return unit;
  throw new TonneError('FACTOR_SET_INVALID', { field: 'uom', value: published });
}

export function isDefraUnit(text: string): boolean {
  return Object.hasOwn(UNITS, text);
}

interface Sheet {
  readonly basis: FactorBasis;
  readonly uses: readonly FactorUse[];
}

const SCOPE_3: readonly FactorUse[] = [{ scope: '3' }];
const in3 = (...categories: string[]): readonly FactorUse[] =>
  categories.map((category) => ({ scope: '3', category }));

/** What each sheet of the workbook is for; every WTT sheet is upstream. */
const SHEETS: Readonly<Record<string, Sheet>> = {
  Fuels: { basis: 'combustion', uses: [{ scope: '1' }, { scope: '3' }] },
  Bioenergy: { basis: 'combustion', uses: [{ scope: '1' }, { scope: '3' }] },
  'Outside of scopes': { basis: 'combustion', uses: [{ scope: '1' }, { scope: '3' }] },
  'Refrigerant & other': { basis: 'release', uses: [{ scope: '1' }, { scope: '3' }] },
  'Passenger vehicles': {
    basis: 'transport',
    uses: [{ scope: '1', category: 'mobile' }, { scope: '3' }],
  },
  'Delivery vehicles': {
    basis: 'transport',
    uses: [{ scope: '1', category: 'mobile' }, { scope: '3' }],
  },
  'UK electricity': { basis: 'combustion', uses: [{ scope: '2-location' }, { scope: '3' }] },
  'Heat and steam': { basis: 'combustion', uses: [{ scope: '2-location' }, { scope: '3' }] },
  'UK electricity for Evs': { basis: 'transport', uses: SCOPE_3 },
  'Transmission and distribution': { basis: 'losses', uses: in3('3') },
  'UK electricity T&D for EVs': { basis: 'losses', uses: in3('3') },
  'Business travel- air': { basis: 'transport', uses: SCOPE_3 },
  'Business travel- sea': { basis: 'transport', uses: SCOPE_3 },
  'Business travel- land': { basis: 'transport', uses: SCOPE_3 },
  'Freighting goods': { basis: 'transport', uses: SCOPE_3 },
  'Managed assets- electricity': { basis: 'combustion', uses: in3('8', '13', '14') },
  'Managed assets- vehicles': { basis: 'transport', uses: in3('8', '13', '14') },
  'Material use': { basis: 'lifecycle', uses: in3('1', '2') },
  'Water supply': { basis: 'lifecycle', uses: in3('1') },
  'Water treatment': { basis: 'waste', uses: in3('5') },
  'Waste disposal': { basis: 'waste', uses: in3('5', '12') },
  'Hotel stay': { basis: 'stay', uses: in3('6') },
  Homeworking: { basis: 'stay', uses: in3('7') },
};

/** Throws FACTOR_SET_INVALID for a sheet that is new. */
export function defraSheet(name: string): Sheet {
  const sheet = name.startsWith('WTT-')
    ? { basis: 'upstream' as const, uses: SCOPE_3 }
    : SHEETS[name];
  if (sheet !== undefined) return sheet;
  throw new TonneError('FACTOR_SET_INVALID', { field: 'level1', value: name });
}

export interface DefraNames {
  readonly sheet: string;
  readonly level2: string;
  readonly level3: string;
  readonly level4: string;
  readonly column: string;
}

/** Activity path and region. Electricity, hotels and plain fuels share their paths with other sets. */
export function defraPlace(names: DefraNames): { activity: string; region: string } {
  const { sheet, level2, level3, level4, column } = names;
  if (sheet === 'UK electricity') return { activity: 'electricity/grid average', region: 'GBR' };
  if (sheet === 'Fuels') return { activity: pathOf('fuel', level3), region: 'GBR' };
  if (sheet === 'Hotel stay') {
    return { activity: 'hotel stay', region: findRegion(level3) ?? `group:${level3}` };
  }
  const country = /^Electricity: (.+)$/.exec(level3)?.[1];
  if (sheet.includes('elec') && country !== undefined) {
    const region = findRegion(country) ?? `group:${country}`;
    return { activity: pathOf(sheet, level2), region };
  }
  return { activity: pathOf(sheet, level2, level3, level4, column), region: 'GBR' };
}

export function defraName({ sheet, level2, level3, level4, column }: DefraNames): string {
  return [level3, level4, column, `${sheet}: ${level2}`]
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .join(', ');
}

/** Two words of a range lost their dash in one transcription ("120,000\uFFFD199,999 dwt"). */
export function mendDash(text: string): string {
  return text.replace(/(?<=\d)\uFFFD(?=\d)/g, '–');
}

/**
 * A refrigerant as its gas where the value is exactly the set's potential of that gas; else as CO2e. A gas
 * outside the Kyoto Protocol thus stands apart, as it has to. `undefined`: no gas that we know, so not kept.
 */
export function refrigerantGas(
  { level2, level3 }: DefraNames,
  value: string,
  set: GwpSet,
  gwp: GwpTable,
): EmissionFactor['gases'][number] | undefined {
  const name =
    level3
      .split(/\/|=|\*/)[0]
      ?.replace('I0mee', '10mee')
      .trim() ?? level3;
  const inBrackets = /\((PFC-[\d-]+|SF6)\)/.exec(level3)?.[1];
  const gas = gwp.names.get(toGasKey(inBrackets ?? name));
  const potential = gas === undefined ? undefined : gwp.gases.get(gas)?.[set];
  const isSame = potential !== undefined && compare(potential, toRational(value)) === 0;
  if (gas !== undefined && (isSame || placeOf(gas) !== 'scope')) {
    return isSame ? co2e(gas, value, set) : undefined;
  }
  return level2.startsWith('Kyoto') ? co2e('CO2e', value, set) : undefined;
}

export function defraKey(names: DefraNames, unit: string): string {
  const { sheet, level2, level3, level4, column } = names;
  return `${slug([sheet, level2, level3, level4, column].join(' '))}/${slug(unit)}`;
}
