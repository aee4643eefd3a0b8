/** Examples of other calculators, sources as each row says. */
import assert from 'node:assert/strict';
import {
  createEngine,
  explainLine,
  groupLines,
  ngToKg,
  sumQuantities,
  type GwpSet,
  type InventoryLine,
} from '../../src/accounting/index.ts';
import {
  activity,
  electricity,
  index,
  inTonnes,
  item,
  kg,
  lineOf,
  one,
  own,
  REPORTED,
  RULES,
  type Answers,
  type Figures,
} from './exampleTools.ts';

export const OTHERS: Answers = {
  'hl-pfc3110': ({ kg: mass }, { gwp_C4F10 }) => {
    assert.equal(index.gwp.gases.get('C4F10')?.AR4?.n, BigInt(one(gwp_C4F10)));
    return release('PFC-31-10', one(mass), 'AR4');
  },
  'hl-wtt-premium': ({ pkm }, { kgCO2e_per_pkm: per }) =>
    kg('travel-distance', '6', [
      item(
        { travel: [one(pkm), 'passenger*km'] },
        own(one(per), 'passenger*km'),
        'passenger-kilometres',
      ),
    ]),
  'ccf-compute-us': (inputs, { t_per_kWh }) =>
    inTonnes(ngToKg(compute(inputs, one(t_per_kWh)).co2eNg)),
  'ccf-compute-kwh': (inputs) => explainLine(compute(inputs, '1'))[0]?.quantity ?? '',
  'ccf-compute-za': ({ W, PUE }, { t_per_kWh }) =>
    inTonnes(
      kg('cloud-compute', '1', [
        item(
          { power: [one(W), 'W'], time: ['1', 'hour'], pue: [one(PUE), '1'] },
          own(one(t_per_kWh), 'kWh', 't'),
          'power',
        ),
      ]),
    ),
  'ccf-aggregate': ({ day1, day2 }) => {
    const lines = [day1 as number[][], day2 as number[][]].flatMap((rows, day) =>
      rows.flatMap(([kWh, tonnes]) =>
        dayLines(one(kWh), one(tonnes), `2024-01-0${String(day + 1)}`),
      ),
    );
    return [...groupLines(lines, ['day'])].flatMap(([key, { co2eNg }]) => [
      sumQuantities(
        lines.filter(({ date }) => key.endsWith(date)),
        'kWh',
      ),
      inTonnes(ngToKg(co2eNg)),
    ]);
  },
  'codecarbon-forced-50': ({ kWh }, { gCO2e_per_kWh: per }) =>
    electricity([one(kWh), 'kWh'], own(one(per), 'kWh', 'g')),
  'codecarbon-forced-100': ({ kWh }, { gCO2e_per_kWh: per }) =>
    electricity([one(kWh), 'kWh'], own(one(per), 'kWh', 'g')),
  'codecarbon-FR': ({ kWh }, { gCO2_per_kWh: per }) =>
    electricity([one(kWh), 'kWh'], own(one(per), 'kWh', 'g')),
  'ghgcalc-r410a': ({ kg: mass }) => release('R-410A', one(mass), 'AR4'),
  'ghgcalc-hfc134a': ({ kg: mass }) => release('HFC-134a', one(mass), 'AR5'),
  'ghgcalc-diesel': ({ gallon }, { kgCO2_per_gal: per }) =>
    inTonnes(
      kg('mobile-combustion-fuel', 'mobile', [
        item({ fuel: [one(gallon), 'gal_us'] }, own(one(per), 'gal_us'), 'fuel'),
      ]),
    ),
  'ghgcalc-s3-spend': ({ usd }, { kgCO2e_per_usd: per }) =>
    kg('spend', '1', [item({ spend: [one(usd), 'USD:2022'] }, own(one(per), 'USD:2022'))]),
  's2-dual-location': ({ kWh }, { grid }) =>
    inTonnes(electricity([one(kWh), 'kWh'], own(one(grid), 'kWh'))),
  'granular-pec': ({ MWh }, { kg_per_MWh: per }) =>
    kg('avoided-energy', undefined, [item({ energy: [one(MWh), 'MWh'] }, own(one(per), 'MWh'))]),
  'cbam-clinker-al-2028': ({ default_tCO2_per_t: value }, { markup }) =>
    inTonnes(
      kg('embedded-default', '1', [
        item({ mass: ['1', 't'], markup: [one(markup), '1'] }, own(one(value), 't', 't')),
      ]),
    ),
};

function release(gas: string, mass: string, gwpSet: GwpSet): string {
  const by = createEngine(index, { ...RULES, gwpSet });
  const input = activity('fugitive-release', undefined, [
    item({ released: [mass, 'kg'] }, { kind: 'gas', gas }),
  ]);
  return ngToKg(lineOf(input, by).co2eNg);
}

function compute(inputs: Figures, tonnesPerKwh: string): InventoryLine {
  const { vcpu_h, util_pct, minW, maxW, PUE, replication } = inputs;
  return lineOf(
    activity('cloud-compute', '1', [
      item(
        {
          minPower: [one(minW), 'W'],
          maxPower: [one(maxW), 'W'],
          time: [one(vcpu_h), 'hour'],
          utilisation: [one(util_pct), '%'],
          pue: [one(PUE), '1'],
          replication: [one(replication), '1'],
        },
        own(tonnesPerKwh, 'kWh', 't'),
        'utilisation',
      ),
    ]),
  );
}

/** Energy and its emissions, both as the provider reported them. */
function dayLines(kWh: string, tonnes: string, date: string): InventoryLine[] {
  const energy = item({ energy: [kWh, 'kWh'] }, own('0', 'kWh'), 'energy');
  const emissions = item({ total: [tonnes, 't'] }, REPORTED);
  return [
    lineOf(activity('cloud-compute', '1', [energy], { date })),
    lineOf(activity('reported', '1', [emissions], { date })),
  ];
}
