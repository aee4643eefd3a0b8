import { TonneError } from '@truetonne/protocol';
import {
  GWP_SETS,
  type CitedUncertainty,
  type FactorRef,
  type GwpSet,
  type OwnFactor,
} from '../../accounting/index.ts';
import { parseNumber } from './cells.ts';
import type { ImportOptions } from './options.ts';

type Row = ReadonlyMap<string, string>;
type Decimal = ImportOptions['decimal'];

/** Columns of the mass of each gas of a factor that the row itself states. */
const OF_GAS = 'factor:';

/** How a row names its factor, in one of the ways. Throws FACTOR_AMBIGUOUS, INPUT_MISSING, QUANTITY_INVALID. */
export function factorOf(row: Row, decimal: Decimal): FactorRef {
  const [id, gas, reportedBy] = [row.get('factor'), row.get('gas'), row.get('reportedBy')];
  const own = row.get('factorName') ?? [...row.keys()].find((field) => field.startsWith(OF_GAS));
  const given = [id, gas, reportedBy, own].filter((one) => one !== undefined);
  if (given.length > 1) {
    const expected =
      'a factor, a gas that is let out as it is, who reports the emissions, or a factor that the row states';
    const value = given.join(' and ');
    throw new TonneError('FACTOR_AMBIGUOUS', { field: 'factor', value, expected });
  }
  if (gas !== undefined) return { kind: 'gas', gas };
  if (reportedBy !== undefined) {
    return { kind: 'reported', gwpSet: gwpSetOf(row), source: reportedBy };
  }
  if (own !== undefined) return { kind: 'own', factor: ownOf(row, decimal) };
  const uncertainty = citedOf(row, decimal);
  if (id !== undefined) return { kind: 'id', id, ...uncertainty };
  const activity = row.get('factorActivity');
  const region = row.get('factorRegion') ?? row.get('region');
  if (activity !== undefined && region !== undefined) {
    return { kind: 'search', activity, region, ...uncertainty };
  }
  const field = activity === undefined ? 'factor' : 'factorRegion';
  const expected =
    'a factor id, a gas, who reports it, an activity with a region to look for, or a name with its figures';
  throw new TonneError('INPUT_MISSING', { field, value: 'nothing', expected });
}

/** A factor that stands in the sheet, with its source; the engine checks unit and gases. */
function ownOf(row: Row, decimal: Decimal): OwnFactor {
  const massUnit = need(row, 'factorMass', 'in what the gases weigh, such as kg');
  const gases = [...row]
    .filter(([field]) => field.startsWith(OF_GAS))
    .map(([field, value]) => ({
      gas: field.slice(OF_GAS.length),
      value: parseNumber(value, decimal, field),
      massUnit,
    }));
  if (gases.length === 0) {
    const expected = 'the mass of a gas per unit, such as factor:CO2e or factor:CO2';
    throw new TonneError('INPUT_MISSING', { field: 'factor:<gas>', value: 'nothing', expected });
  }
  const percent = percentOf(row, decimal);
  return {
    name: need(row, 'factorName', 'what the factor is called'),
    source: need(row, 'factorSource', 'the document that the factor is from'),
    unit: need(row, 'factorUnit', 'the unit that the factor is per, such as kWh'),
    gases,
    ...(gases.some(({ gas }) => gas === 'CO2e') && { gwpSet: gwpSetOf(row) }),
    ...(percent !== undefined && { uncertaintyPercent: percent }),
  };
}

/** How uncertain a factor of a set is, by a document that the row names. */
function citedOf(row: Row, decimal: Decimal): { readonly uncertainty?: CitedUncertainty } {
  const percent = percentOf(row, decimal);
  if (percent === undefined) return {};
  const source = need(row, 'factorSource', 'the document that the uncertainty is from');
  return { uncertainty: { percent, source } };
}

function percentOf(row: Row, decimal: Decimal): string | undefined {
  const field = 'factorUncertainty';
  const value = row.get(field);
  return value === undefined ? undefined : parseNumber(value, decimal, field);
}

function need(row: Row, field: string, expected: string): string {
  const value = row.get(field);
  if (value !== undefined) return value;
  throw new TonneError('INPUT_MISSING', { field, value: 'nothing', expected });
}

/** Of emissions that are CO2e already. */
function gwpSetOf(row: Row): GwpSet {
  const value = row.get('gwpSet') ?? 'nothing';
  const known = GWP_SETS.find((one) => one === value);
  if (known !== undefined) return known;
  const expected = `under which the CO2e was computed: ${GWP_SETS.join(', ')}`;
  throw new TonneError('INPUT_MISSING', { field: 'gwpSet', value, expected });
}
