import type { GwpSet } from '../../accounting/index.ts';
import {
  cell,
  co2e,
  mass,
  pathOf,
  readCsv,
  SetBuilder,
  slug,
  type SetParser,
} from './parsedSet.ts';

/** Supply-chain factors by NAICS-6, per dollar at purchaser price. Version 1.2: 2021 USD, AR4; 1.3: 2022 USD, AR5. */
export function supplyChainParser(version: {
  readonly codeColumn: string;
  readonly titleColumn: string;
  readonly year: number;
  readonly gwpSet: GwpSet;
  readonly validTo: number;
}): SetParser {
  return (setId, [text = '']) => {
    const set = new SetBuilder(setId);
    for (const row of readCsv(text)) {
      const code = cell(row, version.codeColumn);
      const title = cell(row, version.titleColumn);
      const unit = cell(row, 'Unit');
      if (unit !== `kg CO2e/${String(version.year)} USD, purchaser price`) {
        set.skip(`supply chain: unit ${unit}`);
        continue;
      }
      for (const margins of ['with', 'without'] as const) {
        const value = cell(row, `Supply Chain Emission Factors ${margins} Margins`);
        const isWhole = margins === 'with';
        set.add({
          key: isWhole ? code : `${code}/without-margins`,
          name: `${title}${isWhole ? '' : ', without margins'}`,
          activity: pathOf('spend', code, isWhole ? '' : 'without margins'),
          region: 'USA',
          unit: `USD:${String(version.year)}`,
          basis: 'supply-chain',
          uses: [{ scope: '3' }],
          gases: [co2e('CO2e', value, version.gwpSet)],
          year: version.year,
          validFrom: version.year,
          validTo: version.validTo,
          published: `${value} ${unit}`,
          notes: isWhole
            ? 'cradle to point of sale, purchaser price'
            : 'cradle to factory gate, purchaser price',
        });
      }
    }
    return set.finish();
  };
}

/** Fuels of biomass that stand without a category: black liquor, solid and liquid biomass, gases, sludge. */
const BIOMASS_CODES: ReadonlySet<string> = new Set([
  'BLQ',
  'OBS',
  'OBL',
  'LFG',
  'OBG',
  'WDL',
  'SLW',
]);

/** Short ton of CO2 and pounds of the others per mmBtu: the factors that eGRID is built with. */
export const parseEgridFuels: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  for (const row of readCsv(text)) {
    const fuel = cell(row, 'fuel_type');
    const values = ['co2_ef', 'ch4_ef', 'n2o_ef'].map((column) => cell(row, column));
    const [co2 = '', ch4 = '', n2o = ''] = values;
    const code = cell(row, 'eia_fuel_code');
    if (cell(row, 'source') === 'no EF') {
      set.skip('eGRID fuels: the source says that there is no factor');
      continue;
    }
    const isBiomass = cell(row, 'fuel_category').startsWith('Biomass') || BIOMASS_CODES.has(code);
    set.add({
      key: slug(`${fuel} ${code}`),
      name: `${fuel}${code === 'NA' ? '' : ` (${code})`}, power plants`,
      activity: pathOf('power plant fuel', fuel, code === 'NA' ? '' : code),
      region: 'USA',
      unit: 'MMBtu_gross',
      basis: 'combustion',
      uses: [{ scope: '1', category: 'stationary' }, { scope: '3' }],
      gases: [
        mass(isBiomass ? 'CO2_biogenic' : 'CO2', co2, 'short ton'),
        mass(isBiomass ? 'CH4_nonfossil' : 'CH4', ch4, 'lb'),
        mass('N2O', n2o, 'lb'),
      ],
      year: 2022,
      validFrom: 2022,
      validTo: 2024,
      published: `${co2} short ton CO2, ${ch4} lb CH4, ${n2o} lb N2O per mmBtu`,
    });
  }
  return set.finish();
};
