import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchPeriod } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { QueryView } from '../../ui/index.ts';
import { isAdmin, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { DifferenceCard } from './DifferenceCard.tsx';
import { OutdatedCard } from './OutdatedCard.tsx';
import { ProofCard } from './ProofCard.tsx';
import { RestateCard } from './RestateCard.tsx';
import { SealedCard } from './SealedCard.tsx';

function Opened({ which }: { readonly which: string }): ReactNode {
  const { id, role } = useOrganisation();
  const query = useOwn([id, 'period', which], (oracleUrl) => fetchPeriod(oracleUrl, id, which));
  return (
    <>
      <p className="small">
        <Link href={`/periods?organisation=${id}`}>← All periods</Link>
      </p>
      <QueryView query={query} what="period">
        {(versioned) => {
          const { value: period } = versioned;
          const newestFirst = [...period.inventories].sort((a, b) => b.number - a.number);
          return (
            <>
              {newestFirst.map((sealed) => (
                <SealedCard key={sealed.number} period={period} sealed={sealed} />
              ))}
              <OutdatedCard period={period} />
              <ProofCard period={period} />
              {period.number > 0 && <DifferenceCard period={period} />}
              {isAdmin(role) && <RestateCard {...versioned} />}
            </>
          );
        }}
      </QueryView>
    </>
  );
}

/** One closed period: its roots, its proofs and its restatements. */
export function PeriodPage({ id }: { readonly id: string }): ReactNode {
  return (
    <OrganisationPage title="Closed period">
      <Opened which={id} />
    </OrganisationPage>
  );
}
