import { toRational } from '../../accounting/exact/rational.ts';
import { getGas } from '../../accounting/gases/gas.ts';
import type { Blend, EmissionFactor, FactorUse, GwpTable } from '../../accounting/index.ts';
import {
  cell,
  co2e,
  mass,
  pathOf,
  readCsv,
  SetBuilder,
  slug,
  type Row,
  type SetParser,
} from './parsedSet.ts';

const COMBUSTION: readonly FactorUse[] = [{ scope: '1' }, { scope: '3' }];
const VEHICLES: readonly FactorUse[] = [{ scope: '1', category: 'mobile' }, { scope: '3' }];
const UNITS: Readonly<Record<string, string>> = {
  'short ton': 'short ton',
  gallon: 'gal_us',
  scf: 'scf',
  'vehicle-mile': 'mile',
  'ton-mile': 'short ton*mile',
  'passenger-mile': 'passenger*mile',
};

/** The hub of February 2024, for inventories of 2023 and 2024; eGRID2022 for electricity from 2022. */
const HUB = { region: 'USA', year: 2024, validFrom: 2023, validTo: 2024 } as const;

type Draft = Parameters<SetBuilder['add']>[0];

/** Tables 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 12 of EPA's GHG Emission Factors Hub, in the set's order of files. */
export const parseEpaHub: SetParser = (setId, texts, gwp) => {
  const [
    electricity,
    stationary,
    fuels,
    gasoline,
    diesel,
    nonRoad,
    freight,
    travel,
    waste,
    steam,
    blends,
  ] = texts.map((text) => readCsv(text));
  const set = new SetBuilder(setId);
  for (const row of stationary ?? []) addStationary(set, row);
  for (const row of fuels ?? []) addMobileFuel(set, row);
  for (const row of gasoline ?? []) addOnRoad(set, row, 'gasoline');
  for (const row of diesel ?? []) addOnRoad(set, row, cell(row, 'Fuel Type'));
  for (const row of nonRoad ?? []) addNonRoad(set, row);
  for (const row of electricity ?? []) addElectricity(set, row);
  for (const row of steam ?? []) addSteam(set, row);
  for (const row of freight ?? []) addTransport(set, row, ['4', '9'], 'freight');
  for (const row of travel ?? []) addTransport(set, row, ['6', '7'], 'travel');
  for (const row of waste ?? []) addWaste(set, row);
  return set.finish((blends ?? []).map((row) => toBlend(row, gwp)));
};

/** Per heat content (higher heating value) and, where given, per amount. */
function addStationary(set: SetBuilder, row: Row): void {
  const fuel = cell(row, 'Fuel Type');
  const category = cell(row, 'Fuel Category');
  const isBiomass = category.startsWith('Biomass');
  const co2 = isBiomass ? 'CO2_biogenic' : 'CO2';
  const ch4 = isBiomass ? 'CH4_nonfossil' : 'CH4';
  const common: Omit<Draft, 'key' | 'unit' | 'gases' | 'published'> = {
    ...HUB,
    name: `${fuel} (${category})`,
    activity: pathOf('fuel', category.includes('Kraft') ? `kraft pulping liquor, ${fuel}` : fuel),
    basis: 'combustion',
    uses: COMBUSTION,
  };
  const key = `stationary/${slug(category.includes('Kraft') ? `kraft-${fuel}` : fuel)}`;
  const energy = ['CO2', 'CH4', 'N2O'].map((gas) => cell(row, `${gas} Factor Energy`));
  set.add({
    ...common,
    key: `${key}/mmbtu`,
    unit: 'MMBtu_gross',
    gases: threeGases(energy, co2, ch4),
    published: `${energy[0] ?? ''} kg CO2, ${energy[1] ?? ''} g CH4, ${energy[2] ?? ''} g N2O per mmBtu (HHV)`,
  });
  const per = cell(row, 'CO2 Factor Unit').replace('kg CO2 per ', '');
  const unit = UNITS[per];
  if (unit === undefined) return set.skip('EPA hub: fuel given by heat content only');
  const amount = ['CO2', 'CH4', 'N2O'].map((gas) => cell(row, `${gas} Factor`));
  set.add({
    ...common,
    key: `${key}/${slug(per)}`,
    unit,
    gases: threeGases(amount, co2, ch4),
    published: `${amount[0] ?? ''} kg CO2, ${amount[1] ?? ''} g CH4, ${amount[2] ?? ''} g N2O per ${per}`,
  });
}

function threeGases(
  [co2 = '', ch4 = '', n2o = '']: readonly string[],
  co2Gas = 'CO2',
  ch4Gas = 'CH4',
): EmissionFactor['gases'] {
  return [mass(co2Gas, co2, 'kg'), mass(ch4Gas, ch4, 'g'), mass('N2O', n2o, 'g')];
}

/** Table 2: only the CO2; what the vehicle lets out beside it goes by distance. */
function addMobileFuel(set: SetBuilder, row: Row): void {
  const fuel = cell(row, 'Fuel Type');
  const per = cell(row, 'Unit');
  const isBiomass = fuel.startsWith('Biodiesel') || fuel.startsWith('Ethanol');
  const value = cell(row, 'kg CO2 per unit');
  set.add({
    ...HUB,
    key: `mobile-co2/${slug(fuel)}`,
    name: `${fuel}, CO2 of vehicles`,
    activity: pathOf('vehicle fuel', fuel),
    unit: UNITS[per] ?? per,
    basis: 'combustion',
    uses: VEHICLES,
    gases: [mass(isBiomass ? 'CO2_biogenic' : 'CO2', value, 'kg')],
    published: `${value} kg CO2 per ${per}`,
    notes: 'CO2 only; CH4 and N2O go by vehicle and distance',
  });
}

/** Tables 3 and 4: CH4 and N2O per vehicle-mile by model year. */
function addOnRoad(set: SetBuilder, row: Row, fuel: string): void {
  const type = cell(row, 'Vehicle Type');
  const model = cell(row, 'Model Year');
  const [ch4, n2o] = ['CH4', 'N2O'].map((gas) =>
    cell(row, `${gas} Factor (g ${gas} / vehicle-mile)`),
  );
  set.add({
    ...HUB,
    key: `on-road/${slug([type, fuel, model].join(' '))}`,
    name: `${type}, ${fuel}${model === '' ? '' : `, model year ${model}`}: CH4 and N2O`,
    activity: pathOf('vehicle ch4 and n2o', type, fuel, model),
    unit: 'mile',
    basis: 'transport',
    uses: VEHICLES,
    gases: [mass('CH4', ch4 ?? '', 'g'), mass('N2O', n2o ?? '', 'g')],
    published: `${ch4 ?? ''} g CH4, ${n2o ?? ''} g N2O per vehicle-mile`,
  });
}

/** Table 5: CH4 and N2O per gallon of what moves off the road. */
function addNonRoad(set: SetBuilder, row: Row): void {
  const type = cell(row, 'Vehicle Type');
  const fuel = cell(row, 'Fuel Type');
  const [ch4, n2o] = ['CH4', 'N2O'].map((gas) => cell(row, `${gas} Factor (g ${gas} / gallon)`));
  set.add({
    ...HUB,
    key: `non-road/${slug(`${type} ${fuel}`)}`,
    name: `${type}, ${fuel}: CH4 and N2O`,
    activity: pathOf('vehicle ch4 and n2o', type, fuel),
    unit: 'gal_us',
    basis: 'combustion',
    uses: VEHICLES,
    gases: [mass('CH4', ch4 ?? '', 'g'), mass('N2O', n2o ?? '', 'g')],
    published: `${ch4 ?? ''} g CH4, ${n2o ?? ''} g N2O per gallon`,
  });
}

/** Table 6: all generation for inventories; what is not base load is a margin, for projects. */
function addElectricity(set: SetBuilder, row: Row): void {
  const code = cell(row, 'eGRID Subregion Acronym');
  const region = code === 'US Average' ? 'USA' : `USA/eGRID/${code}`;
  for (const kind of ['Total Output', 'Non-Baseload'] as const) {
    const values = ['CO2', 'CH4', 'N2O'].map((gas) =>
      cell(row, `${kind} ${gas} Factor (lb ${gas} / MWh)`),
    );
    const isAverage = kind === 'Total Output';
    set.add({
      key: `electricity/${slug(code)}${isAverage ? '' : '/non-baseload'}`,
      name: `${cell(row, 'eGRID Subregion Name')}, eGRID2022 ${kind.toLowerCase()}`,
      activity: isAverage ? 'electricity/grid average' : 'electricity/non-baseload margin',
      region,
      unit: 'MWh',
      basis: isAverage ? 'combustion' : 'margin',
      uses: isAverage ? [{ scope: '2-location' }, { scope: '3' }] : [{ scope: 'avoided' }],
      gases: ['CO2', 'CH4', 'N2O'].map((gas, at) => mass(gas, values[at] ?? '', 'lb')),
      year: 2022,
      validFrom: 2022,
      validTo: 2024,
      published: `${values.join(', ')} lb CO2, CH4, N2O per MWh`,
    });
  }
}

function addSteam(set: SetBuilder, row: Row): void {
  const values = [
    cell(row, 'CO2 Factor (kg CO2 / mmBtu)'),
    cell(row, 'CH4 Factor (g CH4 / mmBtu)'),
    cell(row, 'N2O Factor (g N2O / mmBtu)'),
  ];
  set.add({
    ...HUB,
    key: 'steam-and-heat',
    name: 'Steam and heat',
    activity: 'heat/steam and heat',
    unit: 'MMBtu',
    basis: 'combustion',
    uses: [{ scope: '2-location' }, { scope: '3' }],
    gases: threeGases(values),
    published: `${values.join(', ')} kg CO2, g CH4, g N2O per mmBtu`,
  });
}

/** "Passenger Car A", "TruckC": the letter is a footnote of the table. */
export function withoutFootnote(name: string): string {
  return name.replace(/(?:\s|(?<=[a-z]))[A-D]$/, '').trim();
}

/** Tables 8 and 10. */
function addTransport(
  set: SetBuilder,
  row: Row,
  categories: readonly string[],
  kind: 'freight' | 'travel',
): void {
  const vehicle = withoutFootnote(cell(row, 'Vehicle Type'));
  const per = cell(row, 'Units');
  const values = [
    cell(row, 'CO2 Factor (kg CO2 / unit)'),
    cell(row, 'CH4 Factor (g CH4 / unit)'),
    cell(row, 'N2O Factor (g N2O / unit)'),
  ];
  set.add({
    ...HUB,
    key: `${kind}/${slug(`${vehicle} ${per}`)}`,
    name: vehicle,
    activity: pathOf(kind, vehicle),
    unit: UNITS[per] ?? per,
    basis: 'transport',
    uses: categories.map((category) => ({ scope: '3', category })),
    gases: threeGases(values),
    published: `${values[0] ?? ''} kg CO2, ${values[1] ?? ''} g CH4, ${values[2] ?? ''} g N2O per ${per}`,
  });
}

const TREATMENTS: readonly (readonly [string, string])[] = [
  ['recycled', 'Recycled (Metric Tons CO2e / Short Ton Material)'],
  ['landfilled', 'Landfilled (Metric Tons CO2e / Short Ton Material)'],
  ['combusted', 'Combusted (Metric Tons CO2e / Short Ton Material)'],
  ['composted', 'Composted (Metric Tons CO2e / Short Ton Material)'],
  [
    'anaerobically digested, dry',
    'Anaerobically Digested (Dry Digestate with Curing (Metric Tons CO2e / Short Ton Material))',
  ],
  [
    'anaerobically digested, wet',
    'Anaerobically Digested (Wet  Digestate with Curing) (Metric Tons CO2e / Short Ton Material)',
  ],
];

/** Table 9. Its notes say that AR4 was used, unlike the rest of the hub. */
function addWaste(set: SetBuilder, row: Row): void {
  const material = cell(row, 'Material');
  for (const [treatment, column] of TREATMENTS) {
    const value = cell(row, column);
    if (value === '') {
      set.skip('EPA hub: no factor for this material and treatment');
      continue;
    }
    set.add({
      ...HUB,
      key: `waste/${slug(`${material} ${treatment}`)}`,
      name: `${material}, ${treatment}`,
      activity: pathOf('waste', material, treatment),
      unit: 'short ton',
      basis: 'waste',
      uses: [
        { scope: '3', category: '5' },
        { scope: '3', category: '12' },
      ],
      gases: [co2e('CO2e', value, 'AR4', 't')],
      published: `${value} t CO2e per short ton`,
      notes: 'CO2e under AR4, as the notes of the table say',
    });
  }
}

/** Table 12: what a blend is made of. Hydrocarbons have no potential in the IPCC tables and are left out. */
function toBlend(row: Row, gwp: GwpTable): Blend {
  const name = cell(row, 'ASHRAE');
  const components = cell(row, 'Blend Composition')
    .split(' , ')
    .flatMap((part) => {
      const [, percent = '', substance = ''] = /^([\d.]+)% (.+)$/.exec(part.trim()) ?? [];
      if (/^(propane|butane|isobutane|isopentane|propylene)$/.test(substance)) return [];
      return [{ gas: getGas(gwp, substance), share: toRational(`${percent}e-2`, name) }];
    });
  return { name, source: 'EPA GHG Emission Factors Hub 2024, table 12', components };
}
