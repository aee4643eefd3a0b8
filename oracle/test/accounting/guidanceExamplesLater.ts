/** GHG Protocol, Technical Guidance for Calculating Scope 3 Emissions: categories 9 to 15, appendix C. */
import assert from 'node:assert/strict';
import { intensityUp } from '../../src/accounting/index.ts';
import {
  at,
  inTonnes,
  item,
  kg,
  kgOfAll,
  list,
  one,
  own,
  REPORTED,
  reported,
  type Answers,
} from './exampleTools.ts';

export const GUIDANCE_9_TO_15: Answers = {
  'ghgp-s3-9.1': ({ t, km }, { kgCO2e_per_tkm: per }) =>
    kg('transport-distance', '9', [
      item({ mass: [one(t), 't'], distance: [one(km), 'km'] }, own(one(per), 't*km'), 'goods'),
    ]),
  'ghgp-s3-10.1': ({ gas_kWh, elec_kWh, waste_kg }, { gas, elec, waste }) =>
    kg('asset-specific', '10', [
      item({ amount: [one(gas_kWh), 'kWh_gross'] }, own(one(gas), 'kWh_gross')),
      item({ amount: [one(elec_kWh), 'kWh'] }, own(one(elec), 'kWh')),
      item({ amount: [one(waste_kg), 'kg'] }, own(one(waste), 'kg')),
    ]),
  'ghgp-s3-11.1': ({ uses, sold, kWh }, { kgCO2e_per_kWh: per }) =>
    kg(
      'use-of-products',
      '11',
      list(uses).map((value, n) =>
        item(
          {
            uses: [value, '1'],
            sold: [at(list(sold), n), '1'],
            perUse: [at(list(kWh), n), 'kWh'],
          },
          own(one(per), 'kWh'),
          'direct',
        ),
      ),
    ),
  'ghgp-s3-11.3': ({ sold, km, engine_t, plane_t }, { kgCO2e_per_km: per }) =>
    kg('use-of-products', '11', [
      item(
        {
          sold: [one(sold), '1'],
          use: [one(km), 'km'],
          partSize: [one(engine_t), 't'],
          wholeSize: [one(plane_t), 't'],
        },
        own(one(per), 'km'),
        'intermediate',
      ),
    ]),
  'ghgp-s3-13.1': ({ total_kg, area, total_area }) =>
    kg('asset-share', '13', [
      item(
        { total: [one(total_kg), 'kg'], ours: [one(area), 'ft2'], whole: [one(total_area), 'ft2'] },
        REPORTED,
      ),
    ]),
  'ghgp-s3-14.1': ({ s1, s2 }) =>
    kgOfAll([...list(s1), ...list(s2)].map((value) => reported(value, 'kg', '14'))),
  'ghgp-s3-15.1': ({ tCO2e, share }) =>
    inTonnes(
      kg(
        'reported',
        '15',
        list(tCO2e).map((value, n) =>
          item({ total: [value, 't'], ours: [at(list(share), n), '1'] }, REPORTED),
        ),
      ),
    ),
  'ghgp-s3-15.2': ({ revenue_usd, share, split4 }, { kgCO2e_per_usd: per }) => {
    const revenues = list(revenue_usd);
    const shares = list(share);
    const factors = per as (number | number[])[];
    const items = revenues.flatMap((money, n) =>
      [factors[n] ?? assert.fail()].flat().map((factor, part, { length }) =>
        item(
          {
            money: [money, 'USD:2011'],
            held: [at(shares, n), '1'],
            ...(length === 1 ? {} : { sectorShare: [at(list(split4), part), '1'] as const }),
          },
          own(one(factor), 'USD:2011'),
        ),
      ),
    );
    return kg('investment-average', '15', items);
  },
  'ghgp-s3-15.4': ({ usd_m, share }, { t_per_usd_m: per }) =>
    inTonnes(
      kg(
        'investment-average',
        '15',
        list(usd_m).map((money, n) =>
          item(
            { money: [money, 'MUSD:2011'], held: [at(list(share), n), '1'] },
            own(at(list(per), n), 'MUSD:2011', 't'),
          ),
        ),
      ),
    ),
  'ghgp-s3-15.5': ({ t_per_year, years, share }) =>
    list(years).map((life) =>
      inTonnes(
        kg('project-lifetime', '15', [
          item(
            {
              yearly: [one(t_per_year), 't/year'],
              years: [life, 'year'],
              held: [one(share), '1'],
            },
            REPORTED,
          ),
        ]),
      ),
    ),
  'ghgp-s3-C.1': ({ kgCO2e, uses }) =>
    intensityUp(reported(one(kgCO2e), 'kg', '11').co2eNg, one(uses), 6),
};
