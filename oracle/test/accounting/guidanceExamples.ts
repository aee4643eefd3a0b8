/** GHG Protocol, Technical Guidance for Calculating Scope 3 Emissions: categories 1 to 7. */
import {
  activity,
  at,
  item,
  kg,
  kgOfAll,
  lineOf,
  list,
  one,
  own,
  REPORTED,
  reported,
  type Answers,
} from './exampleTools.ts';

export const GUIDANCE_1_TO_7: Answers = {
  'ghgp-s3-1.2-s12': ({ kWh }, { kgCO2e_per_kWh: per }) =>
    kg(
      'hybrid',
      '1',
      list(kWh).map((value, n) =>
        item({ amount: [value, 'kWh'] }, own(at(list(per), n), 'kWh'), 'supplier-energy'),
      ),
    ),
  'ghgp-s3-1.2-materials': ({ kg: masses }, { kgCO2e_per_kg: per }) =>
    kg(
      'hybrid',
      '1',
      list(masses).map((value, n) =>
        item({ mass: [value, 'kg'] }, own(at(list(per), n), 'kg'), 'materials'),
      ),
    ),
  'ghgp-s3-1.2-transport': ({ kg: masses, km }, { kgCO2e_per_kg_km: per }) =>
    kg(
      'hybrid',
      '1',
      list(masses).map((value, n) =>
        item(
          { mass: [value, 'kg'], distance: [at(list(km), n), 'km'] },
          own(at(list(per), n), 'kg*km'),
          'transport',
        ),
      ),
    ),
  'ghgp-s3-1.2-total': ({ parts }) =>
    kgOfAll(list(parts).map((value) => reported(value, 'kg', '1'))),
  'ghgp-s3-1.4': ({ kg: masses, usd }, { kgCO2e_per_kg: perKg, kgCO2e_per_usd: perUsd }) =>
    kgOfAll([
      lineOf(
        activity(
          'average-data',
          '1',
          list(masses).map((value, n) =>
            item({ amount: [value, 'kg'] }, own(at(list(perKg), n), 'kg')),
          ),
        ),
      ),
      lineOf(
        activity(
          'spend',
          '1',
          list(usd).map((value, n) =>
            item({ spend: [value, 'USD:2011'] }, own(at(list(perUsd), n), 'USD:2011')),
          ),
        ),
      ),
    ]),
  'ghgp-s3-3.1-upstream': ({ kWh }, { kgCO2e_per_kWh: per }) =>
    kg(
      'upstream-energy',
      '3',
      list(kWh).map((value, n) => item({ energy: [value, 'kWh'] }, own(at(list(per), n), 'kWh'))),
    ),
  'ghgp-s3-3.1-total': ({ parts }) =>
    kgOfAll(list(parts).map((value) => reported(value, 'kg', '3'))),
  'ghgp-s3-4.2': ({ tonnes, km }, { kgCO2e_per_tkm: per }) =>
    kg(
      'transport-distance',
      '4',
      list(tonnes).map((value, n) =>
        item(
          { mass: [value, 't'], distance: [at(list(km), n), 'km'] },
          own(at(list(per), n), 't*km'),
          'goods',
        ),
      ),
    ),
  'ghgp-s3-4.3-gcd': ({ total_kg, tkm }) => {
    const shares = list(tkm);
    const whole = String(shares.reduce((sum, value) => sum + BigInt(value), 0n));
    return shares.map((ours) =>
      kg('transport-share', '4', [
        item(
          { total: [one(total_kg), 'kg'], ours: [ours, 't*km'], whole: [whole, 't*km'] },
          REPORTED,
        ),
      ]),
    );
  },
  'ghgp-s3-4.4': ({ usd }, { kgCO2e_per_usd: per }) =>
    kg(
      'spend',
      '4',
      list(usd).map((value, n) =>
        item({ spend: [value, 'USD:2011'] }, own(at(list(per), n), 'USD:2011')),
      ),
    ),
  'ghgp-s3-4.6': ({ m3, days }, { kgCO2e_per_m3_day: per }) =>
    kg(
      'storage',
      '4',
      list(m3).map((value, n) =>
        item(
          { stored: [value, 'm3'], time: [at(list(days), n), 'day'] },
          own(at(list(per), n), 'm3*day'),
        ),
      ),
    ),
  'ghgp-s3-5.1': ({ t, m3 }, { kgCO2e_per_t: perT, kgCO2e_per_m3: perM3 }) =>
    kg('waste', '5', [
      ...list(t).map((value, n) => item({ amount: [value, 't'] }, own(at(list(perT), n), 't'))),
      item({ amount: [one(m3), 'm3'] }, own(one(perM3), 'm3')),
    ]),
  'ghgp-s3-6.1-road': ({ persons, occupancy, km }, { kgCO2e_per_vkm: per }) =>
    kg(
      'travel-distance',
      '6',
      list(persons).map((people, n) =>
        item(
          {
            people: [people, '1'],
            occupancy: [at(list(occupancy), n), '1'],
            distance: [at(list(km), n), 'km'],
          },
          own(at(list(per), n), 'km'),
          'vehicle',
        ),
      ),
    ),
  'ghgp-s3-6.1-total': ({ parts }) =>
    kgOfAll(list(parts).map((value) => reported(value, 'kg', '6'))),
  'ghgp-s3-7.1': ({ rail, car, weeks }, factors) =>
    kg(
      'commuting',
      '7',
      (['rail', 'car'] as const).flatMap((mode) =>
        ({ rail: rail as number[][], car: car as number[][] })[mode].map(([oneWay, days]) =>
          item(
            {
              oneWay: [one(oneWay), 'km'],
              daysPerWeek: [one(days), '1'],
              weeks: [one(weeks), '1'],
            },
            own(one(factors[mode]), 'km'),
            'vehicle',
          ),
        ),
      ),
    ),
};
