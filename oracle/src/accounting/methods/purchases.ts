import type { FactorBasis } from '../factors/factor.ts';
import {
  count,
  exchange,
  onePart,
  optional,
  quantity,
  scope3,
  share,
  type MethodDef,
} from './method.ts';

const GUIDANCE = 'GHG Protocol, Technical Guidance for Calculating Scope 3 Emissions 1.0 (2013)';

/** What a supplier can state of its goods: all but a factor of an input-output model, which knows no supplier. */
const OF_GOODS: readonly FactorBasis[] = [
  ...(['combustion', 'release', 'upstream', 'losses', 'lifecycle'] as const),
  ...(['process', 'waste', 'transport', 'stay'] as const),
];

const spendInputs = {
  spend: quantity('amount paid, in a currency of a year, such as USD:2022'),
  exchange: exchange(
    'money of the factor per money paid: rate and inflation; absent: the same money',
  ),
};

/** Scope 3, categories 1 to 3: what was bought, and what it took to make energy. */
export const PURCHASE_METHODS: readonly MethodDef[] = [
  {
    id: 'supplier-specific',
    title: 'Goods or services with the supplier’s own cradle-to-gate factor',
    quality: 'primary',
    uses: [scope3('1', '2')],
    bases: OF_GOODS,
    parts: onePart('amount', { amount: quantity('amount bought') }),
    cites: `${GUIDANCE}, category 1, supplier-specific method`,
  },
  {
    id: 'hybrid',
    title: 'Supplier’s own energy and waste, with factors for materials and their transport',
    quality: 'estimate',
    uses: [scope3('1', '2')],
    parts: {
      'supplier-energy': {
        formula: 'amount * allocated',
        inputs: {
          amount: quantity('energy or fuel of the supplier, Scope 1 and 2'),
          allocated: optional(share('share that belongs to what was bought; absent: all of it')),
        },
      },
      materials: { formula: 'mass', inputs: { mass: quantity('material input', 'mass') } },
      transport: {
        formula: 'mass * distance',
        inputs: {
          mass: quantity('material carried', 'mass'),
          distance: quantity('how far', 'distance'),
        },
      },
      waste: { formula: 'mass', inputs: { mass: quantity('waste of making it', 'mass') } },
      other: { formula: 'amount', inputs: { amount: quantity('other upstream, any unit') } },
    },
    cites: `${GUIDANCE}, category 1, hybrid method (example 1.2)`,
  },
  {
    id: 'average-data',
    title: 'Amount bought with an industry-average factor',
    quality: 'estimate',
    uses: [scope3('1', '2')],
    parts: onePart('amount', { amount: quantity('amount bought, by mass, volume or number') }),
    cites: `${GUIDANCE}, category 1, average-data method`,
  },
  {
    id: 'spend',
    title: 'Money spent with a factor of an input-output model, such as USD by NAICS-6',
    quality: 'estimate',
    uses: [scope3('1', '2', '4', '6', '9')],
    bases: ['supply-chain'],
    parts: onePart('spend * exchange', spendInputs),
    cites: `${GUIDANCE}, spend-based method of categories 1, 2, 4, 6, 9; Ingwersen and Li, EPA/600/R-20/001 (2020)`,
  },
  {
    id: 'upstream-fuel',
    title: 'Well-to-tank of fuels that were burnt',
    quality: 'estimate',
    uses: [scope3('3')],
    bases: ['upstream'],
    parts: onePart('fuel', { fuel: quantity('fuel burnt') }),
    cites: `${GUIDANCE}, category 3, activity A`,
  },
  {
    id: 'upstream-energy',
    title: 'Upstream of electricity, steam, heating and cooling that were bought',
    quality: 'estimate',
    uses: [scope3('3')],
    bases: ['upstream'],
    parts: onePart('energy', { energy: quantity('energy bought', 'energy') }),
    cites: `${GUIDANCE}, category 3, activity B (example 3.1)`,
  },
  {
    id: 'transmission-losses',
    title: 'Energy lost on its way, with a factor per kWh bought',
    quality: 'estimate',
    uses: [scope3('3')],
    bases: ['losses', 'upstream'],
    parts: onePart('energy', { energy: quantity('energy bought', 'energy') }),
    cites: `${GUIDANCE}, category 3, activity C`,
  },
  {
    id: 'transmission-losses-rate',
    title: 'Energy lost on its way: energy used x loss rate, with the factor of the grid',
    quality: 'estimate',
    uses: [scope3('3')],
    bases: ['combustion', 'upstream'],
    parts: onePart('energy * lossRate', {
      energy: quantity('energy used', 'energy'),
      lossRate: share('share of the energy used that is lost'),
    }),
    cites: `${GUIDANCE}, category 3, activity C: energy consumed x T&D loss rate x factor`,
  },
  {
    id: 'sold-energy',
    title: 'Energy bought and sold on to end users',
    quality: 'estimate',
    uses: [scope3('3')],
    bases: ['combustion', 'lifecycle', 'upstream'],
    parts: onePart('energy', { energy: quantity('energy bought for resale', 'energy') }),
    cites: `${GUIDANCE}, category 3, activity D`,
  },
  {
    id: 'embedded-default',
    title: 'Goods of a carbon-priced import with the default value and its mark-up',
    quality: 'estimate',
    uses: [scope3('1')],
    parts: onePart('mass * (1 + markup)', {
      mass: quantity('mass of the goods', 'mass'),
      markup: share('mark-up on the default value'),
    }),
    cites: 'Implementing Regulation (EU) 2025/2621: default values and their mark-ups under CBAM',
  },
  {
    id: 'cloud-compute',
    title: 'Electricity of rented servers from their power and utilisation',
    quality: 'estimate',
    uses: [scope3('1', '8')],
    parts: {
      utilisation: {
        formula:
          'minPower * time * (1 - utilisation) * pue * replication + maxPower * time * utilisation * pue * replication',
        inputs: {
          minPower: quantity('power when idle, per vCPU', 'energy*time^-1'),
          maxPower: quantity('power at full load, per vCPU', 'energy*time^-1'),
          time: quantity('vCPU hours', 'time'),
          utilisation: share('average utilisation'),
          pue: count('power usage effectiveness of the data centre (ISO/IEC 30134-2)'),
          replication: optional(count('copies kept; absent: one')),
        },
      },
      power: {
        formula: 'power * time * pue',
        inputs: {
          power: quantity('average power', 'energy*time^-1'),
          time: quantity('time', 'time'),
          pue: count('power usage effectiveness of the data centre (ISO/IEC 30134-2)'),
        },
      },
      energy: { formula: 'energy', inputs: { energy: quantity('electricity used', 'energy') } },
    },
    cites:
      'Etsy Cloud Jewels coefficients as used by Cloud Carbon Footprint, Methodology, "Compute"; GHG Protocol ICT Sector Guidance (2017), chapter 4',
  },
];
