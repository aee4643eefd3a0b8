import type { ReactNode } from 'react';

const paths = {
  alert: 'M12 3.5 22 20.5H2L12 3.5ZM12 10v5M12 17.6v.4',
  batches: 'M12 3 21 8 12 13 3 8 12 3ZM3 12.5l9 5 9-5M3 17l9 5 9-5',
  check: 'M4.5 12.5l5 5 10-11',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  credits: 'M12 3a9 9 0 1 0 .01 0ZM8.5 9h7M12 9v7',
  dashboard: 'M4 13h6V4H4v9ZM14 20h6v-9h-6v9ZM14 4v3h6V4h-6ZM4 17v3h6v-3H4Z',
  document: 'M6 3h8l4 4v14H6V3ZM14 3v4h4M9 12h6M9 16h6',
  fleet: 'M7 7h10v10H7zM10 2v3M14 2v3M10 19v3M14 19v3M2 10h3M2 14h3M19 10h3M19 14h3',
  info: 'M12 3a9 9 0 1 0 .01 0ZM12 11v6M12 7.5v.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  organisation: 'M4 21V7l7-4v18M11 9h9v12M3 21h18M7 9v0M7 13v0M7 17v0M15 13v0M15 17v0',
  plans: 'M4 6h16v12H4V6ZM4 10h16M7.5 14.5h4',
  projects:
    'M12 2v2.5M5 5l1.7 1.7M19 5l-1.7 1.7M8.5 9.5a3.5 3.5 0 0 1 7 0M4 13h16l1.5 8h-19L4 13ZM12 13v8M3.2 17h17.6',
  sun: 'M12 8a4 4 0 1 0 .01 0ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  verify: 'M12 2.5 20 6v6c0 4.5-3.2 8-8 9.5C7.2 20 4 16.5 4 12V6l8-3.5ZM8.5 12l2.5 2.5 4.5-5',
  wallet: 'M4 7h15v13H4V7ZM4 7l11-4v4M15 13.5h5',
} as const;

export type IconName = keyof typeof paths;

/** Decorative: the text beside it carries the meaning. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
