import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

interface SectionNavProps {
  readonly label: string;
  readonly places: readonly { readonly href: string; readonly label: string }[];
}

/** The pages of one section. */
export function SectionNav({ label, places }: SectionNavProps): ReactNode {
  const [location] = useLocation();
  return (
    <nav className="section-nav" aria-label={label}>
      {places.map((place) => (
        <Link
          key={place.href}
          href={place.href}
          aria-current={location === place.href ? 'page' : undefined}
        >
          {place.label}
        </Link>
      ))}
    </nav>
  );
}
