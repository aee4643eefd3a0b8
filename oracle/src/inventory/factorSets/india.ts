import { z } from 'zod';
import type { EmissionFactor, FactorBasis, FactorUse } from '../../accounting/index.ts';
import { co2e, mass, SetBuilder, slug, type SetParser } from './parsedSet.ts';

const records = z.object({
  emission_factors: z.array(
    z.object({
      id: z.string(),
      factor_name: z.string(),
      geography: z.string(),
      value: z.number(),
      unit: z.string(),
      scope: z.string(),
      reference_year: z.union([z.string(), z.number()]),
      publication_year: z.number(),
      methodology: z.string(),
      notes: z.string().default(''),
    }),
  ),
});

type IndiaRecord = z.infer<typeof records>['emission_factors'][number];

/** Units that say what they are per; the others stand with the reason in `skipped`. */
const UNITS: Readonly<Record<string, { readonly gas: string; readonly unit: string }>> = {
  'kgCO2/kWh': { gas: 'CO2', unit: 'kWh' },
  'kgCO2e/kWh': { gas: 'CO2e', unit: 'kWh' },
  'kgCO2e/litre': { gas: 'CO2e', unit: 'L' },
  'kgCO2e/kg': { gas: 'CO2e', unit: 'kg' },
  'kgCO2e/tonne': { gas: 'CO2e', unit: 't' },
  'kgCO2e/tonne-km': { gas: 'CO2e', unit: 't*km' },
  'kgCO2/tonne-km': { gas: 'CO2', unit: 't*km' },
  'kgCO2/passenger-km': { gas: 'CO2', unit: 'passenger*km' },
  'kgCO2e/passenger-km': { gas: 'CO2e', unit: 'passenger*km' },
  'kgCO2/t clinker': { gas: 'CO2', unit: 't' },
  'kgCO2/t cement': { gas: 'CO2', unit: 't' },
  'kgCO2/t crude steel': { gas: 'CO2', unit: 't' },
  'kgCO2/t glass': { gas: 'CO2', unit: 't' },
  'kgCO2e/t aluminium': { gas: 'CO2e', unit: 't' },
  'kgCO2/tonne paper': { gas: 'CO2', unit: 't' },
  'kgCO2/tonne ammonia': { gas: 'CO2', unit: 't' },
  'kgCO2e/tonne nitric acid (HNO3)': { gas: 'CO2e', unit: 't' },
  'kgCO2e/head/year': { gas: 'CO2e', unit: 'head*year' },
  'kgCH4/head/year': { gas: 'CH4_nonfossil', unit: 'head*year' },
  'kgCO2e/tonne coal mined': { gas: 'CO2e', unit: 't' },
  'kgCO2e/tonne DM burned': { gas: 'CO2e', unit: 't' },
  'kgCO2e/m³ wastewater': { gas: 'CO2e', unit: 'm3' },
};

/** Grid, fuels, freight, process and farm factors of India; CO2e under AR6. */
export const parseIndia: SetParser = (setId, [text = '']) => {
  const set = new SetBuilder(setId);
  for (const record of records.parse(JSON.parse(text)).emission_factors) addRecord(set, record);
  return set.finish();
};

function addRecord(set: SetBuilder, record: IndiaRecord): void {
  const { id, unit: published, value, factor_name: name } = record;
  const known = UNITS[published];
  if (published === 'percent') return set.skip('India: a loss rate, not an emission factor');
  if (known === undefined)
    return set.skip(`India: unit "${published}" can't be read without doubt`);
  if (id.startsWith('refrigerant-'))
    return set.skip('India: potentials, which the IPCC table gives');
  const kind = kindOf(id);
  // The text of a JSON number is the figure as published: it has at most 8 digits.
  const figure = String(value);
  const from = firstYear(record);
  set.add({
    key: id,
    name,
    activity: activityOf(id, name),
    region: regionOf(record.geography),
    unit: known.unit,
    ...kind,
    gases: [known.gas === 'CO2e' ? co2e('CO2e', figure, 'AR6') : mass(known.gas, figure, 'kg')],
    year: from,
    validFrom: from,
    validTo: 2026,
    published: `${figure} ${published}`,
    notes: noteOf(record),
  });
}

/** How it was made, with what is said of its uncertainty: in words, as no level of confidence stands beside it. */
function noteOf({ methodology, notes }: IndiaRecord): string {
  const uncertainty = /[^.]*±[^.]*\./.exec(notes)?.[0] ?? '';
  return `${methodology.slice(0, 300)}${uncertainty}`;
}

const MARGINS = /operating-margin|build-margin|combined-margin/;

function kindOf(id: string): { basis: FactorBasis; uses: readonly FactorUse[] } {
  if (MARGINS.test(id)) return { basis: 'margin', uses: [{ scope: 'avoided' }] };
  if (id.startsWith('grid-')) {
    return { basis: 'combustion', uses: [{ scope: '2-location' }, { scope: '3' }] };
  }
  if (/^(rail|freight|aviation|commute)-/.test(id))
    return { basis: 'transport', uses: [{ scope: '3' }] };
  if (/^waste-/.test(id)) return { basis: 'waste', uses: [{ scope: '1' }, { scope: '3' }] };
  if (/^(process|agri|fugitive)-/.test(id))
    return { basis: 'process', uses: [{ scope: '1' }, { scope: '3' }] };
  return { basis: 'combustion', uses: [{ scope: '1' }, { scope: '3' }] };
}

function activityOf(id: string, name: string): string {
  if (id.startsWith('grid-') && !MARGINS.test(id)) return 'electricity/grid average';
  if (MARGINS.test(id)) return `electricity/${id.replace('grid-india-', '').replaceAll('-', ' ')}`;
  return `india/${name.toLowerCase()}`;
}

function regionOf(geography: string): string {
  if (geography === 'India') return 'IND';
  return geography === 'Global' ? 'WORLD' : `IND/${slug(geography)}`;
}

/** "FY 2024-25" begins in 2024; where no year is named, the year of publication. */
function firstYear({
  reference_year: reference,
  publication_year: published,
}: IndiaRecord): EmissionFactor['year'] {
  const year = /\b(20\d\d)\b/.exec(String(reference))?.[1];
  return year === undefined ? published : Number(year);
}
