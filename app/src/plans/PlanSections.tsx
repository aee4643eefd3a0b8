import type { ReactNode } from 'react';
import { SectionNav } from '../ui/index.ts';

const places = [
  { href: '/plans', label: 'Plans' },
  { href: '/subscription', label: 'My subscription' },
  { href: '/referrals', label: 'Referrals' },
  { href: '/renewals', label: 'Renewals' },
  { href: '/plans/office', label: 'Operator' },
] as const;

/** The pages about subscriptions. */
export function PlanSections(): ReactNode {
  return <SectionNav label="Subscriptions" places={places} />;
}
