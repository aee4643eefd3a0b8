/**
 * Units and where their size comes from. A size is an exact decimal of the dimension's base unit.
 * SI: BIPM, The International System of Units, 9th edition (2019).
 * NIST: NIST Special Publication 811 (2008), Appendix B.8; exact unless it says so.
 */
export interface UnitRow {
  readonly id: string;
  readonly dimension: string;
  /** In base units of the dimension. */
  readonly size: string;
  readonly aliases: readonly string[];
  readonly source: string;
}

const row = (
  dimension: string,
  source: string,
  id: string,
  size: string,
  ...aliases: string[]
): UnitRow => ({ id, dimension, size, aliases, source });

const SI = 'SI Brochure, 9th edition (2019)';
const NIST = 'NIST SP 811 (2008), Appendix B.8';
const BTU = 'International Table Btu, 1,055.05585262 J: NIST SP 811 (2008), Appendix B.8';

/** Energy sizes in kWh's own joules; the same for electricity and heat, gross and net heating value. */
const ENERGY: readonly (readonly [string, string, string, ...string[]])[] = [
  ['J', '1', SI],
  ['kJ', '1000', SI],
  ['MJ', '1000000', SI],
  ['GJ', '1000000000', SI],
  ['TJ', '1000000000000', SI],
  ['Wh', '3600', SI],
  ['kWh', '3600000', SI],
  ['MWh', '3600000000', SI],
  ['GWh', '3600000000000', SI],
  ['Btu', '1055.05585262', BTU],
  ['therm', '105505585.262', '100,000 International Table Btu (therm EC): NIST SP 811', 'therms'],
  ['MMBtu', '1055055852.62', BTU, 'mmBtu'],
];

/** What a fuel's heating value is measured by; plain energy is electricity, steam and heat. */
const BASES = [
  { suffix: '', dimension: 'energy' },
  { suffix: '_gross', dimension: 'energy-gross' },
  { suffix: '_net', dimension: 'energy-net' },
] as const;

const energyRows = BASES.flatMap(({ suffix, dimension }) =>
  ENERGY.map(([id, size, source, ...aliases]) =>
    row(
      dimension,
      source,
      `${id}${suffix}`,
      size,
      ...aliases.map((alias) => `${alias}${suffix}`),
      ...grossNetAliases(id, suffix),
    ),
  ),
);

function grossNetAliases(id: string, suffix: string): string[] {
  if (suffix === '') return [];
  const word = suffix === '_gross' ? 'Gross' : 'Net';
  return [`${id} (${word} CV)`, `${id} (${suffix === '_gross' ? 'HHV' : 'LHV'})`];
}

export const UNIT_ROWS: readonly UnitRow[] = [
  ...energyRows,
  row('power', SI, 'W', '3600'),
  row('power', SI, 'kW', '3600000'),
  row('power', SI, 'MW', '3600000000'),
  row('mass', SI, 'kg', '1', 'kilogram', 'kilograms'),
  row('mass', SI, 'g', '0.001', 'gram', 'grams'),
  row('mass', SI, 'mg', '0.000001'),
  row('mass', SI, 't', '1000', 'tonne', 'tonnes', 'metric ton', 'metric tons'),
  row('mass', SI, 'kt', '1000000'),
  row('mass', NIST, 'lb', '0.45359237', 'lbs', 'pound', 'pounds'),
  row('mass', NIST, 'short ton', '907.18474', 'short tons', 'US ton', 'short-ton'),
  row('mass', NIST, 'long ton', '1016.0469088', 'long tons', 'UK ton', 'imperial ton'),
  row('volume', SI, 'L', '0.001', 'l', 'litre', 'litres', 'liter', 'liters'),
  row('volume', SI, 'mL', '0.000001'),
  row('volume', SI, 'm3', '1', 'cubic metre', 'cubic metres', 'cubic meter', 'm³'),
  row('volume', '10^6 L: SI', 'ML', '1000', 'million litres', 'megalitre'),
  row('volume', NIST, 'gal_us', '0.003785411784', 'US gallon', 'US gallons', 'gallon (US)'),
  row(
    'volume',
    NIST,
    'gal_imp',
    '0.00454609',
    'imperial gallon',
    'imperial gallons',
    'UK gallon',
    'gallon (UK)',
  ),
  row('volume', '42 US gallons: NIST SP 811', 'bbl', '0.158987294928', 'barrel', 'barrels'),
  row('volume', 'cubic foot: NIST SP 811', 'ft3', '0.028316846592', 'cubic foot', 'cubic feet'),
  row(
    'gas-volume',
    'cubic foot at the conditions of the factor (EPA: 60 °F, 1 atm; 40 CFR 98.6)',
    'scf',
    '0.028316846592',
    'standard cubic foot',
    'standard cubic feet',
  ),
  row('distance', SI, 'km', '1', 'kilometre', 'kilometres', 'kilometer', 'vehicle-km', 'vkm'),
  row('distance', SI, 'm', '0.001', 'metre', 'metres'),
  row('distance', NIST, 'mile', '1.609344', 'miles', 'mi', 'vehicle-mile', 'vehicle-miles'),
  row('distance', SI, 'nmi', '1.852', 'nautical mile', 'nautical miles', 'NM'),
  row('area', SI, 'm2', '1', 'm²', 'square metre', 'square metres'),
  row('area', SI, 'ha', '10000', 'hectare', 'hectares'),
  row('area', NIST, 'ft2', '0.09290304', 'square foot', 'square feet', 'sq ft'),
  row('time', SI, 'hour', '1', 'h', 'hours'),
  row('time', SI, 'day', '24', 'days', 'd'),
  row('time', '7 days', 'week', '168', 'weeks'),
  row('year', 'calendar year, never counted in days', 'year', '1', 'years', 'a'),
  row('passenger', 'count', 'passenger', '1', 'passengers', 'person', 'persons'),
  row('room-night', 'count', 'room-night', '1', 'room-nights', 'Room per night', 'hotel night'),
  row('fte-hour', 'count', 'fte-hour', '1', 'per FTE Working Hour', 'FTE Working Hour'),
  row('TEU', 'twenty-foot equivalent unit: ISO 668', 'TEU', '1'),
  row('head', 'count', 'head', '1', 'heads'),
  row('', 'count', '1', '1', 'item', 'items', 'unit', 'units', 'number'),
  row('', 'hundredth: SI Brochure 5.4.7', '%', '0.01', 'percent'),
];

/** Names that mean different sizes in different places: refused, with what they could mean. */
export const AMBIGUOUS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    gallon: 'gal_us or gal_imp',
    gallons: 'gal_us or gal_imp',
    gal: 'gal_us or gal_imp',
    ton: 't (1,000 kg), short ton (2,000 lb) or long ton (2,240 lb)',
    tons: 't (1,000 kg), short ton (2,000 lb) or long ton (2,240 lb)',
  }),
);

/** Written as one word, meant as a product. */
export const COMPOUND_ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tkm: 't*km',
    't.km': 't*km',
    'tonne.km': 't*km',
    'tonne-km': 't*km',
    'tonne-kilometre': 't*km',
    'ton-mile': 'short ton*mile',
    'short-ton-mile': 'short ton*mile',
    'kg.km': 'kg*km',
    pkm: 'passenger*km',
    'passenger.km': 'passenger*km',
    'passenger-km': 'passenger*km',
    'passenger-mile': 'passenger*mile',
    'm3-day': 'm3*day',
    'TEU-km': 'TEU*km',
  }),
);

/** ISO 4217 codes that a price may be in; others are refused rather than guessed. */
export const CURRENCIES: ReadonlySet<string> = new Set(
  'AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GHS HKD HUF IDR ILS INR ISK JPY KES KRW KZT LKR MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TND TRY TWD TZS UAH UGX USD UZS VND XOF ZAR'.split(
    ' ',
  ),
);
