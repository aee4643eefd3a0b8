import { useState, type ReactNode } from 'react';
import { fetchGoals } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { Card, Empty, QueryView } from '../../ui/index.ts';
import { isEditor, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import type { GoalDraft } from './draft.ts';
import { GoalCard } from './GoalCard.tsx';
import { GoalForm } from './GoalForm.tsx';

function emptyDraft(): GoalDraft {
  const lastYear = new Date().getUTCFullYear() - 1;
  return {
    ...{ name: '', kind: 'absolute', path: 'linear', scopes: ['1', '2-market'] },
    ...{ baseYear: String(lastYear), targetYear: '2030', reductionPercent: '' },
    ...{ thresholdPercent: '', outputUnit: '', outputs: {} },
  };
}

function Goals(): ReactNode {
  const { id, role } = useOrganisation();
  const [first] = useState(emptyDraft);
  const query = useOwn([id, 'goals'], (oracleUrl) => fetchGoals(oracleUrl, id));
  return (
    <>
      <QueryView
        query={query}
        what="goals"
        isEmpty={(all) => all.length === 0}
        empty={<Empty title="No goal yet" />}
      >
        {(all) => all.map((goal) => <GoalCard key={goal.id} goal={goal} />)}
      </QueryView>
      {isEditor(role) && (
        <Card title="Set a goal">
          <GoalForm first={first} />
        </Card>
      )}
    </>
  );
}

/** What an organisation wants to reduce by when, against what its inventory says. */
export function GoalsPage(): ReactNode {
  return (
    <OrganisationPage
      title="Goals"
      lead="Each goal is computed from the inventory; credits are never counted towards it."
    >
      <Goals />
    </OrganisationPage>
  );
}
