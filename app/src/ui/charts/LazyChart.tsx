import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react';

const LoadedChart = lazy(async () => ({ default: (await import('./Chart.tsx')).Chart }));

/** A chart whose library is fetched when the first one is shown; its place is kept meanwhile. */
export function Chart(props: ComponentProps<typeof LoadedChart>): ReactNode {
  return (
    <Suspense fallback={<div className="chart" aria-hidden="true" />}>
      <LoadedChart {...props} />
    </Suspense>
  );
}
