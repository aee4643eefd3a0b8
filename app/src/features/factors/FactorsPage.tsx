import { useDeferredValue, useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { FactorQuery } from '../../api/index.ts';
import { useFactors, useSession } from '../../data/index.ts';
import { Card, count, Empty, Page, Pager, QueryView } from '../../ui/index.ts';
import { FactorFilters } from './FactorFilters.tsx';
import { FactorTable } from './FactorTable.tsx';

/** A year that is still being typed is not asked for. */
function askable(query: FactorQuery): FactorQuery {
  return query.year.length === 4 ? query : { ...query, year: '' };
}

function Results({ query }: { readonly query: FactorQuery }): ReactNode {
  // Cursors of the pages up to this one; the first page has none.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const factors = useFactors(query, cursors.at(-1));
  return (
    <QueryView query={factors} what="factors">
      {({ items, next, total }) => (
        <Card title={total === 1 ? '1 factor' : `${count(total)} factors`}>
          {items.length === 0 ? (
            <Empty title="No factor is like this">
              <p>Take a word away, or search without region or year.</p>
            </Empty>
          ) : (
            <FactorTable factors={items} />
          )}
          <Pager
            page={cursors.length + 1}
            onBack={cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))}
            onNext={next === undefined ? undefined : () => setCursors([...cursors, next])}
          />
        </Card>
      )}
    </QueryView>
  );
}

/** Factors for everybody, without signing in. */
export function FactorsPage(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const session = useSession();
  const get = (name: string): string => search.get(name) ?? '';
  const query: FactorQuery = {
    text: get('text'),
    activity: get('activity'),
    region: get('region'),
    year: get('year'),
    unit: get('unit'),
    set: get('set'),
    scope: get('scope'),
  };
  const write = (next: FactorQuery): void => {
    const asked = Object.entries(next).filter(([, value]) => value !== '');
    setSearch(Object.fromEntries(asked), { replace: true });
  };
  const key = useDeferredValue(JSON.stringify(askable(query)));
  return (
    <Page
      title="Emission factors"
      lead="Every factor with its source, licence, warming potentials and validity; nothing is a default."
    >
      {session.data !== undefined && session.data !== null && (
        <p>
          <Link href="/factors/private">Factors that your organisation uploaded itself</Link>
        </p>
      )}
      <FactorFilters query={query} onChange={write} />
      <Results key={key} query={askable(query)} />
    </Page>
  );
}
