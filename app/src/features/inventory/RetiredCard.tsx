import type { ReactNode } from 'react';
import { useRetiredGrams, useSignedIn } from '../../data/index.ts';
import { Card, Figures, QueryView, tonnes } from '../../ui/index.ts';

/** Credits that the signed-in wallet retired, beside the gross emissions and never taken off them. */
export function RetiredCard({ year }: { readonly year: string }): ReactNode {
  const { address } = useSignedIn();
  const query = useRetiredGrams(address, Number(year));
  return (
    <Card title="Retired credits">
      <QueryView query={query} what="retired credits">
        {(grams) => (
          <Figures
            items={[
              {
                label: `Retired by your wallet in ${year}`,
                quantity: tonnes(grams),
                note: 'Beside gross emissions, never taken off them',
              },
            ]}
          />
        )}
      </QueryView>
    </Card>
  );
}
