import type { IconName } from '../../ui/index.ts';

/** A page that the navigation leads to. */
export interface Place {
  readonly href: string;
  readonly label: string;
  /** The addresses that belong to it. */
  readonly under: RegExp;
}

/** What one kind of person comes for. The first place is where the area begins. */
export interface Area {
  readonly label: string;
  readonly icon: IconName;
  readonly places: readonly [Place, ...Place[]];
}

export const areas: readonly Area[] = [
  {
    label: 'Plants',
    icon: 'projects',
    places: [
      { href: '/', label: 'Dashboard', under: /^\/$/ },
      { href: '/projects', label: 'Projects', under: /^\/projects/ },
      { href: '/fleet', label: 'Fleet', under: /^\/(fleet|devices)/ },
      { href: '/batches', label: 'Batches', under: /^\/(batches|windows)/ },
    ],
  },
  {
    label: 'Credits',
    icon: 'credits',
    places: [
      { href: '/credits', label: 'Credits', under: /^\/credits/ },
      { href: '/market', label: 'Market', under: /^\/(market|serials)/ },
      { href: '/certificates', label: 'Certificates', under: /^\/certificates/ },
      { href: '/energy', label: 'Energy certificates', under: /^\/energy/ },
    ],
  },
  {
    label: 'Verifying',
    icon: 'verify',
    places: [
      { href: '/reviews', label: 'Reviews', under: /^\/reviews/ },
      { href: '/verify', label: 'Verify', under: /^\/verify/ },
      { href: '/voids', label: 'Voids and debts', under: /^\/voids/ },
      { href: '/roles', label: 'Roles', under: /^\/roles/ },
    ],
  },
  {
    label: 'Organisation',
    icon: 'organisation',
    places: [
      { href: '/inventory', label: 'Inventory', under: /^\/inventory/ },
      { href: '/live', label: 'Live', under: /^\/live/ },
      { href: '/activities', label: 'Activities', under: /^\/(activities|imports)/ },
      { href: '/suppliers', label: 'Suppliers', under: /^\/suppliers/ },
      { href: '/goals', label: 'Goals', under: /^\/goals/ },
      { href: '/periods', label: 'Periods', under: /^\/periods/ },
      { href: '/factors', label: 'Emission factors', under: /^\/factors/ },
      { href: '/organisation', label: 'Members and keys', under: /^\/organisations?/ },
    ],
  },
  {
    label: 'Plans',
    icon: 'plans',
    places: [
      { href: '/plans', label: 'Plans', under: /^\/plans/ },
      { href: '/subscription', label: 'My subscription', under: /^\/subscription/ },
      { href: '/referrals', label: 'Referrals', under: /^\/referrals/ },
      { href: '/renewals', label: 'Renewals', under: /^\/renewals/ },
      { href: '/office', label: 'Operator', under: /^\/office/ },
    ],
  },
];

/** The area that an address belongs to, if any. */
export function findArea(location: string): Area | undefined {
  return areas.find(({ places }) => places.some(({ under }) => under.test(location)));
}
