import {
  defraKey,
  defraName,
  defraPlace,
  defraSheet,
  defraUnit,
  isDefraUnit,
  type DefraNames,
} from './defra.ts';
import { co2e, readCells, SetBuilder, type SetParser } from './parsedSet.ts';

/**
 * Rows of the workbook of 2024 without their blank cells. Only what can be read without doubt is kept: where a
 * row may lack a figure in the middle (cars by fuel, waste by treatment), nobody can tell which one.
 */
type Layout = 'total' | 'gases' | 'year-total' | 'year-gases' | 'radiative';

const LAYOUTS: Readonly<
  Record<string, { readonly layout: Layout; readonly only?: readonly string[] }>
> = {
  Fuels: { layout: 'gases' },
  Bioenergy: { layout: 'total' },
  'UK electricity': { layout: 'year-gases' },
  'Heat and steam': { layout: 'year-gases' },
  'Transmission and distribution': { layout: 'year-gases' },
  'WTT- UK electricity': { layout: 'year-total' },
  'WTT- fuels': { layout: 'total' },
  'Business travel- air': { layout: 'radiative' },
  'Business travel- land': { layout: 'gases', only: ['Motorbike', 'Taxis', 'Bus', 'Rail'] },
  'Freighting goods': { layout: 'gases', only: ['Rail', 'Sea tanker', 'Cargo ship'] },
  'Hotel stay': { layout: 'total' },
};

const FIGURES: Readonly<Record<Layout, number>> = {
  total: 1,
  gases: 4,
  'year-total': 2,
  'year-gases': 5,
  radiative: 8,
};

interface Place {
  readonly sheet: string;
  readonly row: number;
  readonly level2: string;
  readonly level3: string;
  readonly level4: string;
}

/** Every row from the numeric rows of the workbook, AR5. */
export const parseDefra2024: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  let before: Place = { sheet: '', row: 0, level2: '', level3: '', level4: '' };
  for (const [sheet = '', row = '', ...cells] of readCells(text).slice(1)) {
    if (cells[0] === 'Scope:') continue;
    before = addRow(set, sheet, Number(row), cells, before);
  }
  return set.finish();
};

function addRow(
  set: SetBuilder,
  sheet: string,
  row: number,
  cells: readonly string[],
  before: Place,
): Place {
  const at = cells.findIndex(isDefraUnit);
  const words = cells.slice(0, Math.max(at, 0));
  const place = placeOf(sheet, row, words, before);
  const layout = LAYOUTS[sheet];
  const figures = cells.slice(at + 1).filter((figure) => figure !== '');
  if (layout === undefined || at < 0) set.skip(`DEFRA 2024: ${sheet}: columns can't be told apart`);
  else if (place.level3 === '')
    set.skip('DEFRA 2024: a row whose name stood in a row that is missing');
  else if (layout.only !== undefined && !layout.only.includes(place.level2)) {
    set.skip(`DEFRA 2024: ${sheet}: columns can't be told apart`);
  } else if (figures.length !== FIGURES[layout.layout]) {
    set.skip(`DEFRA 2024: ${sheet}: a figure is missing`);
  } else addFactors(set, place, cells[at] ?? '', figures, layout.layout);
  return place;
}

/**
 * A name stands once, above the rows of its other units or classes. It holds on only to the row right below:
 * where rows are missing in between, the name may have stood in one of them.
 */
function placeOf(sheet: string, row: number, words: readonly string[], before: Place): Place {
  const isBelow = before.sheet === sheet && before.row + 1 === row;
  const kept = isBelow ? before.level3 : '';
  const level2 = before.sheet === sheet ? before.level2 : '';
  const [first = '', second = '', third = ''] = words;
  // Flights and ships have a class as their last word.
  if (words.length === 3) return { sheet, row, level2: first, level3: second, level4: third };
  if (sheet === 'Business travel- air' || level2 === 'Sea tanker' || level2 === 'Cargo ship') {
    if (words.length === 2) return { sheet, row, level2, level3: first, level4: second };
    return { sheet, row, level2, level3: kept, level4: first };
  }
  if (words.length === 2) return { sheet, row, level2: first, level3: second, level4: '' };
  return { sheet, row, level2, level3: first === '' ? kept : first, level4: '' };
}

const RADIATIVE = [
  ['With RF', 0],
  ['Without RF', 4],
] as const;

function addFactors(
  set: SetBuilder,
  { sheet, level2, level3, level4 }: Place,
  uom: string,
  figures: readonly string[],
  layout: Layout,
): void {
  const names = { sheet, level2, level3, level4, column: '' };
  if (layout === 'radiative') {
    for (const [column, from] of RADIATIVE) {
      add(set, { ...names, column }, uom, figures.slice(from, from + 4));
    }
  } else add(set, names, uom, layout.startsWith('year') ? figures.slice(1) : figures);
}

/** `figures`: the total, then CO2, CH4 and N2O as CO2e where they are apart. */
function add(set: SetBuilder, names: DefraNames, uom: string, figures: readonly string[]): void {
  const [total = '', co2 = '', ch4 = '', n2o = ''] = figures;
  const isApart = figures.length === 4;
  set.add({
    ...defraPlace(names),
    ...defraSheet(names.sheet),
    key: defraKey(names, uom),
    name: defraName(names),
    unit: defraUnit(uom),
    gases: isApart
      ? [co2e('CO2', co2, 'AR5'), co2e('CH4', ch4, 'AR5'), co2e('N2O', n2o, 'AR5')]
      : [co2e('CO2e', total, 'AR5')],
    year: 2024,
    validFrom: 2024,
    validTo: 2024,
    published: `${total} kg CO2e${isApart ? ` (${co2} CO2, ${ch4} CH4, ${n2o} N2O)` : ''} per ${uom}`,
  });
}
