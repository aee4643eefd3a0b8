import { useState, type ReactNode } from 'react';
import { dropGoal, type Goal } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import {
  Badge,
  Card,
  Chart,
  ConfirmButton,
  Facts,
  groupedDecimal,
  Refusal,
  scopeName,
  Table,
  type Tone,
} from '../../ui/index.ts';
import { isEditor, useOrganisation } from '../organisations/index.ts';
import { BaseSection } from './BaseSection.tsx';
import { goalChart, toDraft } from './draft.ts';
import { GoalForm } from './GoalForm.tsx';
import { Mass } from './Mass.tsx';

const STATES: Readonly<Record<Goal['status'], readonly [Tone, string]>> = {
  'no-base': ['warn', 'The base year has no emissions yet'],
  'no-output': ['warn', 'Output of a year is missing'],
  unfinished: ['plain', 'No year after the base is over yet'],
  'on-track': ['good', 'On track'],
  behind: ['bad', 'Behind the path'],
  reached: ['good', 'Reached'],
  missed: ['bad', 'Missed'],
};

/** `whole`: what the inventory holds of it is not a part of a year. */
function yearName(year: number, whole: boolean): string {
  return whole ? String(year) : `${year}, so far`;
}

function Years({ goal }: { readonly goal: Goal }): ReactNode {
  return (
    <>
      <Chart
        kind="bar"
        description={`${goal.name}: what the path allows and what the inventory holds, by year`}
        data={goalChart(goal)}
      />
      <details>
        <summary>Year by year</summary>
        <Table
          caption={`${goal.name} by year`}
          rows={goal.years}
          rowKey={({ year }) => String(year)}
          columns={[
            {
              header: 'Year',
              cell: ({ year, over, actualKgCo2e }) =>
                yearName(year, over || actualKgCo2e === undefined),
            },
            { header: 'Allowed', cell: (one) => <Mass ng={one.allowedKgCo2e} />, numeric: true },
            { header: 'Inventory', cell: (one) => <Mass ng={one.actualKgCo2e} />, numeric: true },
          ]}
        />
      </details>
    </>
  );
}

function Change({ goal }: { readonly goal: Goal }): ReactNode {
  const { id } = useOrganisation();
  const [open, setOpen] = useState(false);
  const dropping = useWrite((writer, known: Goal) => dropGoal(writer, id, known));
  return (
    <>
      <div className="row">
        <button
          type="button"
          className="button button-quiet button-small"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Leave it as it is' : 'Change'}
        </button>
        <ConfirmButton
          text="Drop the goal"
          consequence="It and its base are gone; the inventory stays as it is."
          disabled={dropping.isPending}
          onConfirm={() => dropping.mutate(goal)}
        />
      </div>
      {open && <GoalForm known={goal} first={toDraft(goal)} onDone={() => setOpen(false)} />}
      <Refusal error={dropping.error} what="It was not dropped" />
    </>
  );
}

/** A goal, its path against the inventory, and how it stands. */
export function GoalCard({ goal }: { readonly goal: Goal }): ReactNode {
  const { role } = useOrganisation();
  const [tone, label] = STATES[goal.status];
  const { outputUnit, latestYear, progressPercent, thresholdPercent, base } = goal;
  return (
    <Card title={goal.name} aside={<Badge tone={tone}>{label}</Badge>}>
      <Facts
        items={[
          {
            label: 'Goal',
            value: `${goal.reductionPercent} % less ${
              outputUnit === undefined ? 'emissions' : `per ${outputUnit}`
            } in ${goal.targetYear} than in ${goal.baseYear}`,
          },
          { label: 'Path', value: goal.path === 'linear' ? 'a straight line' : 'SBTi 1.5 °C' },
          { label: 'Scopes', value: goal.scopes.map(scopeName).join('; ') },
          {
            label: 'Done of the reduction',
            value:
              progressPercent === undefined || latestYear === undefined
                ? 'not known yet'
                : `${groupedDecimal(progressPercent)} %, by ${latestYear}`,
          },
          { label: `Base, ${goal.baseYear}`, value: <Mass ng={base.taken?.kgCo2e} /> },
          {
            label: 'Threshold for a new base',
            value: thresholdPercent === undefined ? 'not stated yet' : `${thresholdPercent} %`,
          },
          ...goal.apart.map(({ gwpSet, kgCo2e }) => ({
            label: `Under ${gwpSet}, not counted`,
            value: <Mass ng={kgCo2e} />,
          })),
        ]}
      />
      <BaseSection goal={goal} />
      <Years goal={goal} />
      {isEditor(role) && <Change goal={goal} />}
    </Card>
  );
}
