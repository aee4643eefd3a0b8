import type { EmissionFactor, GwpTable } from '../../accounting/index.ts';
import {
  defraKey,
  defraName,
  defraPlace,
  defraSheet,
  defraUnit,
  mendDash,
  refrigerantGas,
  type DefraNames,
} from './defra.ts';
import { cell, co2e, readCsv, SetBuilder, type Row, type SetParser } from './parsedSet.ts';

/** The flat file of 2020, CO2e rows only, AR4. */
export const parseDefra2020: SetParser = (setId, [text = ''], gwp) => {
  const set = new SetBuilder(setId);
  for (const row of readCsv(text)) addFlat2020(set, row, gwp);
  return set.finish();
};

function addFlat2020(set: SetBuilder, row: Row, gwp: GwpTable): void {
  const value = cell(row, 'factor_2020');
  const uom = cell(row, 'uom');
  if (value === '') return set.skip('DEFRA 2020: no figure');
  // Four rows of vans say both miles and tonne.km: which one the figure is for can't be told.
  if (uom.replace(/ \((?:Gross|Net) CV\)$/, '') !== cell(row, 'uom_simple')) {
    return set.skip('DEFRA 2020: two units that disagree');
  }
  const names = namesOf(row);
  const gas =
    names.sheet === 'Refrigerant & other'
      ? refrigerantGas(names, value, 'AR4', gwp)
      : co2e('CO2e', value, 'AR4');
  if (gas === undefined) return set.skip('DEFRA 2020: no gas of the Kyoto Protocol, or a mixture');
  set.add({
    ...draft(names, uom, 2020, [gas]),
    key: defraKey(names, uom),
    published: `${value} kg CO2e per ${uom}`,
  });
}

/** The flat file of 2025: Scope 3 and biogenic CO2 only; up to four rows make one factor. AR5. */
export const parseDefra2025: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  const groups = new Map<string, Row[]>();
  for (const row of readCsv(text)) {
    const key = cell(row, 'id').replace(/_\d+$/, '');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  for (const [key, rows] of groups) addFlat2025(set, key, rows);
  return set.finish();
};

const GAS_OF_UNIT: Readonly<Record<string, string>> = {
  'kg CO2e': 'CO2e',
  'kg CO2e of CO2 per unit': 'CO2',
  'kg CO2e of CH4 per unit': 'CH4',
  'kg CO2e of N2O per unit': 'N2O',
};

function addFlat2025(set: SetBuilder, key: string, rows: readonly Row[]): void {
  const [first] = rows;
  if (first === undefined) return;
  const filled = rows.filter((row) => cell(row, 'factor_2025') !== '');
  if (filled.length === 0) return set.skip('DEFRA 2025: no figure');
  const names = namesOf(first);
  const values = new Map(
    filled.map((row) => [GAS_OF_UNIT[cell(row, 'ghg_unit')] ?? '', cell(row, 'factor_2025')]),
  );
  const uom = cell(first, 'uom');
  const published = filled
    .map((row) => `${cell(row, 'factor_2025')} ${cell(row, 'ghg_unit').replace(' per unit', '')}`)
    .join(', ');
  const gases = gasesOf(names, values);
  if (gases === undefined) return set.skip('DEFRA 2025: some gases without a total');
  set.add({ ...draft(names, uom, 2025, gases), key, published: `${published} per ${uom}` });
}

/** Per gas where all three are published, else the total. What is outside the scopes is biogenic CO2. */
function gasesOf(
  { sheet }: DefraNames,
  values: ReadonlyMap<string, string>,
): EmissionFactor['gases'] | undefined {
  if (sheet === 'Outside of scopes') {
    const value = values.get('CO2') ?? values.get('CO2e');
    if (value === undefined) return undefined;
    const [{ kg }] = [co2e('CO2', value, 'AR5')];
    return [{ gas: 'CO2_biogenic', kg }];
  }
  const apart = ['CO2', 'CH4', 'N2O'].flatMap((gas) => {
    const value = values.get(gas);
    return value === undefined ? [] : [co2e(gas, value, 'AR5')];
  });
  if (apart.length === 3) return apart;
  const total = values.get('CO2e');
  return total === undefined ? undefined : [co2e('CO2e', total, 'AR5')];
}

function namesOf(row: Row): DefraNames {
  const level4 = mendDash(cell(row, 'level4'));
  return {
    sheet: cell(row, 'level1') === 'Outside of scopes' ? 'Outside of scopes' : cell(row, 'level1'),
    level2: cell(row, 'level2'),
    level3: cell(row, 'level3'),
    // "0" is a blank of the workbook, "kWh" a repeated unit.
    level4: level4 === '0' || level4 === 'kWh' ? '' : level4,
    column: isHeatingValue(cell(row, 'column_text')) ? '' : cell(row, 'column_text'),
  };
}

/** The unit says it already. */
function isHeatingValue(column: string): boolean {
  return /^(Energy - (Gross|Net) CV|Volume|Tonnes)$/.test(column);
}

function draft(
  names: DefraNames,
  uom: string,
  year: number,
  gases: EmissionFactor['gases'],
): Omit<EmissionFactor, 'id' | 'setId' | 'published'> {
  return {
    ...defraPlace(names),
    ...defraSheet(names.sheet),
    name: defraName(names),
    unit: defraUnit(uom),
    gases,
    year,
    validFrom: year,
    validTo: year,
  };
}
