import type { ReactNode } from 'react';
import { Page } from '../../ui/index.ts';

/** Hands in measurements as CSV. */
export function UploadsPage(): ReactNode {
  return (
    <Page title="Upload CSV" back={{ href: '/fleet', label: 'Fleet' }}>
      {null}
    </Page>
  );
}
