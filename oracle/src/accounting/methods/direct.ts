import { count, onePart, optional, quantity, share, type MethodDef } from './method.ts';

const STATIONARY = { scope: '1', categories: ['stationary'] } as const;
const MOBILE = { scope: '1', categories: ['mobile'] } as const;
const FUGITIVE = { scope: '1', categories: ['fugitive'] } as const;
const PROCESS = { scope: '1', categories: ['process'] } as const;

const EPA_REFRIGERATION =
  'US EPA Center for Corporate Climate Leadership, Direct Fugitive Emissions from Refrigeration, Air Conditioning, Fire Suppression, and Industrial Gases (2023)';

/** Scope 1. */
export const DIRECT_METHODS: readonly MethodDef[] = [
  {
    id: 'stationary-combustion',
    title: 'Fuel burnt in boilers, furnaces, engines at one place',
    quality: 'primary',
    uses: [STATIONARY],
    bases: ['combustion'],
    parts: onePart('fuel', { fuel: quantity('fuel burnt, by energy, volume or mass') }),
    cites:
      'GHG Protocol Corporate Standard, chapter 6; IPCC 2006 Guidelines, volume 2, equation 2.1: emissions = fuel x factor',
  },
  {
    id: 'mobile-combustion-fuel',
    title: 'Fuel burnt by vehicles; CH4 and N2O by distance where the factor is per distance',
    quality: 'primary',
    uses: [MOBILE],
    bases: ['combustion', 'transport'],
    parts: {
      fuel: { formula: 'fuel', inputs: { fuel: quantity('fuel burnt') } },
      distance: {
        formula: 'distance',
        inputs: { distance: quantity('distance driven', 'distance') },
      },
    },
    cites:
      'IPCC 2006 Guidelines, volume 2, equations 3.2.1 and 3.2.5; US EPA, Direct Emissions from Mobile Combustion Sources (2023), equations 1 and 2',
  },
  {
    id: 'mobile-combustion-distance',
    title: 'Distance driven by own vehicles, with a factor per distance',
    quality: 'primary',
    uses: [MOBILE],
    bases: ['combustion', 'transport'],
    parts: onePart('distance', { distance: quantity('distance driven', 'distance') }),
    cites: 'IPCC 2006 Guidelines, volume 2, section 3.2.1.1',
  },
  {
    id: 'mobile-combustion-economy',
    title: 'Distance driven and fuel economy, where the fuel was not measured',
    quality: 'estimate',
    uses: [MOBILE],
    bases: ['combustion'],
    parts: onePart('distance * consumption', {
      distance: quantity('distance driven', 'distance'),
      consumption: quantity('fuel per distance, such as L/km'),
    }),
    cites: 'US EPA, Direct Emissions from Mobile Combustion Sources (2023), section 2.1',
  },
  {
    id: 'fugitive-release',
    title: 'A gas or blend let out, by mass',
    quality: 'primary',
    uses: [FUGITIVE],
    bases: ['release'],
    parts: onePart('released', { released: quantity('mass let out', 'mass') }),
    cites: 'GHG Protocol Corporate Standard, chapter 6, appendix; mass x GWP of the chosen set',
  },
  {
    id: 'fugitive-screening',
    title: 'Leaks estimated from charge and default rates',
    quality: 'estimate',
    uses: [FUGITIVE],
    bases: ['release'],
    parts: {
      installation: {
        formula: 'charge * rate',
        inputs: {
          charge: quantity('refrigerant charged into new equipment', 'mass'),
          rate: share('share lost at installation (k)'),
        },
      },
      operation: {
        formula: 'capacity * rate * years',
        inputs: {
          capacity: quantity('capacity of the equipment', 'mass'),
          rate: share('share lost in a year (x)'),
          years: count('years of operation in the period (T), such as 0.5'),
        },
      },
      disposal: {
        formula: 'capacity * remaining * (1 - recovered)',
        inputs: {
          capacity: quantity('capacity of the equipment', 'mass'),
          remaining: share('share of the charge left at disposal (y)'),
          recovered: share('share recovered (z)'),
        },
      },
    },
    cites: `${EPA_REFRIGERATION}, screening method, equations 4 to 6; IPCC 2006 Guidelines, volume 3, table 7.9`,
  },
  {
    id: 'fugitive-mass-balance',
    title: 'Gas bought, sold and held over the period, for those who charge equipment of others',
    quality: 'primary',
    uses: [FUGITIVE],
    bases: ['release'],
    parts: onePart('stockStart - stockEnd + bought - sold + capacityStart - capacityEnd', {
      stockStart: quantity('in storage at the start', 'mass'),
      stockEnd: quantity('in storage at the end', 'mass'),
      bought: quantity('bought or received, in bulk and in equipment', 'mass'),
      sold: quantity('sold or given away, in bulk and in equipment', 'mass'),
      capacityStart: quantity('capacity of all equipment at the start', 'mass'),
      capacityEnd: quantity('capacity of all equipment at the end', 'mass'),
    }),
    cites: `${EPA_REFRIGERATION}, material balance method, equation 1`,
  },
  {
    id: 'fugitive-simplified',
    title: 'Gas used to fill, service and empty own equipment',
    quality: 'primary',
    uses: [FUGITIVE],
    bases: ['release'],
    parts: onePart('filledNew - capacityNew + serviced + capacityRetired - recovered', {
      filledNew: quantity('used to fill new equipment (0 if filled by the maker)', 'mass'),
      capacityNew: quantity('capacity of that new equipment (0 if filled by the maker)', 'mass'),
      serviced: quantity('used to service equipment', 'mass'),
      capacityRetired: quantity('capacity of retired equipment', 'mass'),
      recovered: quantity('recovered from retired equipment', 'mass'),
    }),
    cites: `${EPA_REFRIGERATION}, simplified material balance method, equation 2`,
  },
  {
    id: 'process-production',
    title: 'Emissions of a chemical or physical process by what it produced or consumed',
    quality: 'primary',
    uses: [PROCESS],
    bases: ['process'],
    parts: onePart('produced * (1 - abated)', {
      produced: quantity('produced or consumed'),
      abated: optional(share('share destroyed by abatement; absent: no abatement')),
    }),
    cites: 'IPCC 2006 Guidelines, volume 3, equation 1.1 and section 1.2.1',
  },
  {
    id: 'process-carbonate',
    title: 'CO2 from carbonates that were heated (cement, lime, glass)',
    quality: 'primary',
    uses: [PROCESS],
    bases: ['process'],
    parts: onePart('carbonate * calcined', {
      carbonate: quantity('mass of the carbonate', 'mass'),
      calcined: share('share calcined'),
    }),
    cites: 'IPCC 2006 Guidelines, volume 3, equation 2.3; 40 CFR 98.83',
  },
  {
    id: 'process-carbon-balance',
    title: 'CO2 from the carbon that went in and did not come out (44/12 of its mass)',
    quality: 'primary',
    uses: [PROCESS],
    bases: ['process', 'release'],
    parts: onePart('44 * input * carbonIn / 12 - 44 * output * carbonOut / 12', {
      input: quantity('mass of the material that went in', 'mass'),
      carbonIn: share('carbon content of it'),
      output: quantity('mass of the product', 'mass'),
      carbonOut: share('carbon content of it'),
    }),
    cites: 'IPCC 2006 Guidelines, volume 3, equation 4.9 (tier 2 carbon balance); 40 CFR 98.173',
  },
];
