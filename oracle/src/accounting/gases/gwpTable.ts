import { ONE, toRational, ZERO, type Rational } from '../exact/rational.ts';
import { GWP_SETS, toGasKey, type Gas, type GwpSet, type GwpTable } from './gas.ts';

type Potentials = Readonly<Partial<Record<GwpSet, Rational>>>;

const every = (value: Rational): Potentials => ({ AR4: value, AR5: value, AR6: value });

/**
 * What the table of species lacks. Methane by origin: AR4 table 2.14 makes no difference; AR5 table 8.A.1,
 * footnote: fossil methane is 2 higher; AR6 table 7.15: fossil 29.8, non-fossil 27.0. Biogenic CO2 has no
 * potential in a total: its carbon was in the air before; its mass is shown apart.
 */
const ADDED: readonly (readonly [Gas, Potentials])[] = [
  ['CO2', every(ONE)],
  ['CO2_biogenic', every(ZERO)],
  ['CH4_fossil', { AR4: toRational('25'), AR5: toRational('30'), AR6: toRational('29.8') }],
  ['CH4_nonfossil', { AR4: toRational('25'), AR5: toRational('28'), AR6: toRational('27') }],
];

/** Names under which people know a species of the table. */
const ALIASES: readonly (readonly [string, Gas])[] = [
  ['R-744', 'CO2'],
  ['carbon dioxide', 'CO2'],
  ['methane', 'CH4'],
  ['nitrous oxide', 'N2O'],
  ['sulfur hexafluoride', 'SF6'],
  ['sulphur hexafluoride', 'SF6'],
  ['nitrogen trifluoride', 'NF3'],
  ['HFC-43-10mee', 'HFC4310mee'],
  ['PFC-14', 'CF4'],
  ['PFC-116', 'C2F6'],
  ['PFC-218', 'C3F8'],
  ['PFC-318', 'cC4F8'],
  ['PFC-31-10', 'C4F10'],
  ['PFC-3-1-10', 'C4F10'],
  ['PFC-41-12', 'C5F12'],
  ['PFC-51-14', 'C6F14'],
  ['PFC-91-18', 'C10F18'],
];

/** From rows of species with a column per set; blank where a report gives no value. */
export function toGwpTable(
  rows: readonly { readonly species: string; readonly values: Partial<Record<GwpSet, string>> }[],
): GwpTable {
  const gases = new Map<Gas, Potentials>(ADDED);
  for (const { species, values } of rows) {
    const potentials: Partial<Record<GwpSet, Rational>> = {};
    for (const set of GWP_SETS) {
      const text = values[set]?.trim() ?? '';
      if (text !== '') potentials[set] = toRational(text, `${species} ${set}`);
    }
    gases.set(species, potentials);
  }
  const names = new Map<string, Gas>();
  const otherNames = new Map<Gas, readonly string[]>();
  for (const gas of gases.keys()) {
    const others = namesBeside(gas);
    for (const name of [gas, ...others]) names.set(toGasKey(name), gas);
    otherNames.set(gas, others);
  }
  return { gases, names, otherNames };
}

/** HFC134a is the refrigerant R-134a. */
function namesBeside(gas: Gas): readonly string[] {
  const refrigerant = /^(?:HFC|HCFC|CFC)(\d.*)$/.exec(gas)?.[1];
  return [
    ...(refrigerant === undefined ? [] : [`R-${refrigerant}`]),
    ...ALIASES.filter(([, of]) => of === gas).map(([name]) => name),
  ];
}
