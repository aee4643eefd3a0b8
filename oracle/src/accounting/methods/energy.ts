import { onePart, quantity, type MethodDef } from './method.ts';

/** The method that gives two lines; what instruments cover is in `market`. */
export const PURCHASED_ENERGY = 'purchased-energy';

const KINDS = ['electricity', 'steam', 'heat', 'cooling'] as const;

/** Scope 2. */
export const ENERGY_METHODS: readonly MethodDef[] = [
  {
    id: PURCHASED_ENERGY,
    title: 'Electricity, steam, heat or cooling bought, by location and by market',
    quality: 'primary',
    uses: [{ scope: '2-location', categories: KINDS }],
    bases: ['combustion'],
    parts: onePart('energy', { energy: quantity('energy used', 'energy') }),
    cites:
      'GHG Protocol Scope 2 Guidance (2015), chapter 6: location-based table 6.2, market-based table 6.3 and its order of precedence',
  },
];
