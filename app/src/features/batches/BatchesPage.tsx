import type { ReactNode } from 'react';
import { Card, Page } from '../../ui/index.ts';
import { AllBatches } from './BatchTable.tsx';

/** Every batch that any project has submitted. */
export function BatchesPage(): ReactNode {
  return (
    <Page
      title="Batches"
      lead="A batch is a period of signed windows with one root on the chain. Open one to verify it."
    >
      <Card title="All batches">
        <AllBatches />
      </Card>
    </Page>
  );
}
