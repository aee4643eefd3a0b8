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

/** Scope 3, categories 4 to 7, 9: carrying goods and people, and waste. */
const MOVEMENT_METHODS: readonly MethodDef[] = [
  {
    id: 'transport-fuel',
    title: 'Fuel or power that a carrier used, and the share that carried our goods',
    quality: 'primary',
    uses: [scope3('4', '9')],
    parts: onePart('fuel * allocated', {
      fuel: quantity('fuel, power or refrigerant used'),
      allocated: optional(share('share that belongs to our goods; absent: all of it')),
    }),
    cites: `${GUIDANCE}, category 4, fuel-based method`,
  },
  {
    id: 'transport-distance',
    title: 'Mass carried x distance',
    quality: 'estimate',
    uses: [scope3('4', '9')],
    parts: {
      goods: {
        formula: 'mass * distance',
        inputs: {
          mass: quantity('mass of the goods', 'mass'),
          distance: quantity('how far', 'distance'),
        },
      },
      'tonne-kilometres': {
        formula: 'transport',
        inputs: { transport: quantity('transport, such as t*km or TEU*km') },
      },
      vehicle: {
        formula: 'distance',
        inputs: { distance: quantity('distance driven', 'distance') },
      },
    },
    cites: `${GUIDANCE}, category 4, distance-based method (example 4.2)`,
  },
  {
    id: 'transport-share',
    quality: 'primary',
    title:
      'Reported emissions of a carrier, shared out by tonne-kilometres, mass, volume or number',
    uses: [scope3('4', '9')],
    parts: onePart('total * ours / whole', {
      total: quantity('emissions of the vehicle or network', 'mass'),
      ours: quantity('our part of what it carried'),
      whole: quantity('all that it carried'),
    }),
    cites: `${GUIDANCE}, chapter 8, allocation (example 4.3); EN 16258: shortest feasible distance`,
  },
  {
    id: 'storage',
    title: 'Goods stored by others: volume, area or number x time',
    quality: 'estimate',
    uses: [scope3('4', '9')],
    parts: onePart('stored * time', {
      stored: quantity('volume, area or number stored'),
      time: quantity('how long'),
    }),
    cites: `${GUIDANCE}, category 4, average-data method for distribution (example 4.6)`,
  },
  {
    id: 'waste',
    title: 'Waste by type and treatment',
    quality: 'estimate',
    uses: [scope3('5', '12')],
    parts: onePart('amount * treated', {
      amount: quantity('waste, by mass or volume'),
      treated: optional(share('share that went to this treatment; absent: all of it')),
    }),
    cites: `${GUIDANCE}, category 5, waste-type-specific and average-data methods (example 5.1); category 12`,
  },
  {
    id: 'travel-distance',
    title: 'Journeys by distance',
    quality: 'estimate',
    uses: [scope3('6')],
    parts: {
      passengers: {
        formula: 'passengers * distance',
        inputs: {
          passengers: quantity('people travelling', 'passenger'),
          distance: quantity('how far each', 'distance'),
        },
      },
      'passenger-kilometres': {
        formula: 'travel',
        inputs: { travel: quantity('travel, such as passenger*km', 'distance*passenger') },
      },
      vehicle: {
        formula: 'people * distance / occupancy',
        inputs: {
          people: count('people travelling; vehicles are not rounded up'),
          distance: quantity('how far', 'distance'),
          occupancy: count('people in a vehicle'),
        },
      },
    },
    cites: `${GUIDANCE}, category 6, distance-based method (example 6.1)`,
  },
  {
    id: 'travel-fuel',
    title: 'Fuel or power used on journeys',
    quality: 'primary',
    uses: [scope3('6', '7')],
    parts: onePart('fuel', { fuel: quantity('fuel or power used') }),
    cites: `${GUIDANCE}, categories 6 and 7, fuel-based method`,
  },
  {
    id: 'hotel-stay',
    title: 'Nights in hotels',
    quality: 'estimate',
    uses: [scope3('6')],
    parts: onePart('nights', { nights: quantity('rooms x nights', 'room-night') }),
    cites: `${GUIDANCE}, category 6, optional: hotel stays`,
  },
  {
    id: 'commuting',
    title: 'Ways to work, there and back',
    quality: 'estimate',
    uses: [scope3('7')],
    parts: {
      vehicle: {
        formula: '2 * oneWay * daysPerWeek * weeks * employees / occupancy',
        inputs: {
          oneWay: quantity('distance between home and work', 'distance'),
          daysPerWeek: count('days in a week'),
          weeks: count('weeks in the year'),
          employees: optional(count('employees who do so; absent: one')),
          occupancy: optional(count('people in the vehicle; absent: one')),
        },
      },
      passengers: {
        formula: '2 * oneWay * daysPerWeek * weeks * employees',
        inputs: {
          oneWay: quantity('distance between home and work', 'distance'),
          daysPerWeek: count('days in a week'),
          weeks: count('weeks in the year'),
          employees: quantity('employees who do so', 'passenger'),
        },
      },
    },
    cites: `${GUIDANCE}, category 7, distance-based and average-data methods (example 7.1)`,
  },
  {
    id: 'homeworking',
    title: 'Hours worked at home',
    quality: 'estimate',
    uses: [scope3('7')],
    parts: onePart('hours', { hours: quantity('full-time-equivalent hours', 'fte-hour') }),
    cites: `${GUIDANCE}, category 7: teleworking, optional; DESNZ conversion factors, homeworking`,
  },
];

/** Scope 3, categories 8, 10, 11, 13 to 15: assets, products in use, franchises, money lent. */
const ASSET_METHODS: readonly MethodDef[] = [
  {
    id: 'asset-specific',
    title: 'Energy, fuel, refrigerant or waste of a leased asset, franchise or processor',
    quality: 'primary',
    uses: [scope3('8', '10', '13', '14')],
    parts: onePart('amount * allocated', {
      amount: quantity('what the asset or site used'),
      allocated: optional(share('share that is ours; absent: all of it')),
    }),
    cites: `${GUIDANCE}, categories 8, 10 (example 10.1), 13, 14: asset- or site-specific method`,
  },
  {
    id: 'asset-share',
    title: 'Emissions of a building or company, shared out by area, volume, mass or number',
    quality: 'primary',
    uses: [scope3('8', '13', '14', '1', '10')],
    parts: onePart('total * ours / whole', {
      total: quantity('emissions of the whole', 'mass'),
      ours: quantity('our part of it'),
      whole: quantity('the whole'),
    }),
    cites: `${GUIDANCE}, category 8, lessor-specific method; category 13 (example 13.1); chapter 8, allocation`,
  },
  {
    id: 'asset-average',
    title: 'Area or number of assets with an average factor',
    quality: 'estimate',
    uses: [scope3('8', '10', '13', '14')],
    parts: onePart('size * time', {
      size: quantity('area, number or mass'),
      time: optional(quantity('how long, where the factor is per time')),
    }),
    cites: `${GUIDANCE}, categories 8, 10, 13, 14: average-data method`,
  },
  {
    id: 'use-of-products',
    title: 'Energy or fuel that sold products use over their life',
    quality: 'estimate',
    uses: [scope3('11')],
    parts: {
      direct: {
        formula: 'uses * sold * perUse',
        inputs: {
          uses: count('uses over the life of one product'),
          sold: count('products sold'),
          perUse: quantity('energy, fuel or gas per use'),
        },
      },
      fuels: { formula: 'sold', inputs: { sold: quantity('fuel or feedstock sold') } },
      leakage: {
        formula: 'sold * perProduct * released',
        inputs: {
          sold: count('products sold'),
          perProduct: quantity('gas in one product', 'mass'),
          released: share('share let out over its life'),
        },
      },
      intermediate: {
        formula: 'sold * use * partSize / wholeSize',
        inputs: {
          sold: count('parts sold'),
          use: quantity('use of the final product over its life, such as km or kWh'),
          partSize: quantity('mass or value of the part'),
          wholeSize: quantity('mass or value of the final product'),
        },
      },
    },
    cites: `${GUIDANCE}, category 11: direct use phase (example 11.1), fuels and feedstocks, greenhouse gases contained, intermediate products (example 11.3)`,
  },
  {
    id: 'reported',
    title: 'Emissions that somebody else measured and reports',
    quality: 'primary',
    uses: [scope3('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15')],
    parts: onePart('total * ours', {
      total: quantity('emissions reported', 'mass'),
      ours: optional(share('share that is ours; absent: all of it')),
    }),
    cites: `${GUIDANCE}, supplier-, lessor- and franchise-specific methods (example 14.1); category 15, equity share (example 15.1)`,
  },
  {
    id: 'investment-average',
    title: 'Revenue or project cost with a factor of an input-output model, by share held',
    quality: 'estimate',
    uses: [scope3('15')],
    bases: ['supply-chain'],
    parts: onePart('money * sectorShare * held * exchange', {
      money: quantity('revenue of the investee, or cost of the project'),
      sectorShare: optional(share('share of it in the sector of the factor; absent: all of it')),
      held: share('share of equity, or of the project’s total cost'),
      exchange: exchange('money of the factor per money stated; absent: the same money'),
    }),
    cites: `${GUIDANCE}, category 15, average-data method (examples 15.2, 15.4)`,
  },
  {
    id: 'project-lifetime',
    title: 'Projected emissions of a financed project over its life, by share',
    quality: 'estimate',
    uses: [scope3('15')],
    parts: onePart('yearly * years * held', {
      yearly: quantity('emissions in a year', 'mass*year^-1'),
      years: quantity('years in operation', 'year'),
      held: share('share of the project’s total cost'),
    }),
    cites: `${GUIDANCE}, category 15, project finance, lifetime (example 15.5)`,
  },
  {
    id: 'avoided-energy',
    title: 'Emissions elsewhere that energy displaced; never netted from an inventory',
    quality: 'primary',
    uses: [{ scope: 'avoided', categories: ['energy'] }],
    parts: onePart('energy', { energy: quantity('energy delivered', 'energy') }),
    cites:
      'GHG Protocol, Estimating and Reporting Avoided Emissions (2019); Project Protocol for Grid-Connected Electricity (2007), chapter 7',
  },
];

export const VALUE_CHAIN_METHODS: readonly MethodDef[] = [...MOVEMENT_METHODS, ...ASSET_METHODS];
