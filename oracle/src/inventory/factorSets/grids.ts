import { z } from 'zod';
import type { SetParser } from './parsedSet.ts';
import { cell, mass, co2e, readCells, readCsv, SetBuilder, slug } from './parsedSet.ts';
import { findRegion, getRegion } from './regionNames.ts';

/** CO2 of generation by member state and year: a Scope 2 factor without CH4 and N2O. */
export const parseEea: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  for (const row of readCsv(text)) {
    const value = cell(row, 'index:number');
    if (value === '') {
      set.skip('EEA: no figure');
      continue;
    }
    const year = Number(cell(row, 'Date:year'));
    const name = cell(row, 'Member State:text');
    const region = getRegion(name);
    set.add({
      key: `${slug(region)}/${String(year)}`,
      name: `${name}, electricity generation ${String(year)}`,
      activity: 'electricity/grid average',
      region,
      unit: 'kWh',
      basis: 'combustion',
      uses: [{ scope: '2-location' }, { scope: '3' }],
      gases: [mass('CO2', value, 'g')],
      year,
      validFrom: year,
      validTo: year,
      published: `${value} g CO2 per kWh`,
      notes: 'CO2 only',
    });
  }
  return set.finish();
};

/** Life-cycle averages: not for Scope 2. Regions without a code are groups of countries. */
export const parseEmber: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  for (const row of readCsv(text)) {
    const name = cell(row, 'name');
    const region =
      cell(row, 'code') === '' ? (findRegion(name) ?? groupRegion(name)) : cell(row, 'code');
    const year = Number(cell(row, 'year'));
    const value = cell(row, 'gco2_per_kwh');
    set.add(lifecycle(`${slug(region)}`, name, region, year, value));
  }
  return set.finish();
};

function groupRegion(name: string): string {
  return name === 'World' ? 'WORLD' : `group:${name}`;
}

const energyMix = z.record(
  z.string(),
  z.object({ country_name: z.string(), year: z.number(), carbon_intensity: z.number().nullish() }),
);

export const parseOwid: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  for (const [code, { country_name: name, year, carbon_intensity: value }] of Object.entries(
    energyMix.parse(JSON.parse(text)),
  )) {
    if (value === null || value === undefined) {
      set.skip('OWID: no figure');
      continue;
    }
    // The text of a JSON number is the figure as published: it has at most 6 digits.
    set.add(lifecycle(slug(code), name, code, year, String(value)));
  }
  return set.finish();
};

function lifecycle(key: string, name: string, region: string, year: number, value: string) {
  return {
    key,
    name: `${name}, life-cycle average ${String(year)}`,
    activity: 'electricity/life-cycle average',
    region,
    unit: 'kWh',
    basis: 'lifecycle' as const,
    uses: [{ scope: '3' as const }],
    // The publisher values life cycles after IPCC AR5 WG3 annex III: CO2e under AR5.
    gases: [co2e('CO2e', value, 'AR5', 'g')],
    year,
    validFrom: year,
    validTo: year,
    published: `${value} g CO2e per kWh`,
    notes: 'life-cycle basis: holds upstream emissions, not a Scope 2 factor',
  };
}

const IFI_COLUMNS = [
  ['combined margin, firm', 'firm'],
  ['combined margin, intermittent', 'intermittent'],
  ['combined margin, energy efficiency', 'efficiency'],
  ['combined margin, consumption', 'consumption'],
  ['operating margin', 'operating'],
] as const;
const IFI_HEAD_ROWS = 4;

/** Margins by country, for projects. A 0 is a value: hydropower alone. */
export const parseIfi: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  for (const [name = '', ...values] of readCells(text).slice(IFI_HEAD_ROWS)) {
    if (!values.some((value) => /^\d+$/.test(value))) {
      set.skip('IFI: a note, not a country');
      continue;
    }
    const region = getRegion(name);
    IFI_COLUMNS.forEach(([kind, key], at) => {
      const value = values[at] ?? '';
      set.add({
        key: `${slug(region)}/${key}`,
        name: `${name}, ${kind}`,
        activity: `electricity/${kind}`,
        region,
        unit: 'kWh',
        basis: 'margin',
        uses: [{ scope: 'avoided' }],
        gases: [mass('CO2', value, 'g')],
        year: 2021,
        validFrom: 2021,
        validTo: 2026,
        published: `${value} g CO2 per kWh`,
      });
    });
  }
  return set.finish();
};

/** Power plants by country and fuel, from emissions trading and generation data: an operating margin. */
export const parseEuPlants: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  for (const row of readCsv(text)) {
    const value = cell(row, 'emission_factor');
    if (value === '') {
      set.skip('EU plants: no matched generation');
      continue;
    }
    const country = cell(row, 'country');
    const region = country === '' ? 'EU27' : getRegion(country);
    const fuel = cell(row, 'fuel');
    set.add({
      key: `${slug(region)}/${slug(fuel)}`,
      name: `${region}, power from ${fuel}`,
      activity: `electricity/plants/${fuel}`,
      region,
      unit: 'MWh',
      basis: 'margin',
      uses: [{ scope: 'avoided' }],
      gases: [mass('CO2', value, 'kg')],
      year: 2024,
      validFrom: 2024,
      validTo: 2024,
      published: `${value} kg CO2 per MWh`,
    });
  }
  return set.finish();
};
