import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { recalculatePeriod, type Period, type Uncomputed } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { Amount, Card, count, emissionsUp, Notice, scopeName, Table } from '../../ui/index.ts';
import { isAdmin, useOrganisation } from '../organisations/index.ts';
import { GuardedRefusal } from '../session/index.ts';

/** What could not be computed; more than a few are counted. */
const MOST_LISTED = 10;

function Kept(props: {
  readonly organisation: string;
  readonly all: readonly Uncomputed[];
}): ReactNode {
  const { organisation, all } = props;
  return (
    <Notice
      tone="warn"
      role="alert"
      title={`${count(all.length)} can't be computed any more and keep their result`}
    >
      <ul className="small">
        {all.slice(0, MOST_LISTED).map(({ id, detail }) => (
          <li key={id}>
            <Link href={`/activities/${id}?organisation=${organisation}`}>Activity {id}</Link>:{' '}
            {detail}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Recalculate({ period }: { readonly period: Period }): ReactNode {
  const { id } = useOrganisation();
  const computing = useWrite((writer, one: Period) => recalculatePeriod(writer, id, one));
  return (
    <>
      <div>
        <button
          type="button"
          className="button button-quiet"
          disabled={computing.isPending}
          onClick={() => computing.mutate(period)}
        >
          {computing.isPending ? 'Computing …' : 'Compute it with the factors of today'}
        </button>
      </div>
      {computing.data?.length === 0 && (
        <Notice tone="good" role="status" title="Computed: close it as a restatement" />
      )}
      {computing.data !== undefined && computing.data.length > 0 && (
        <Kept organisation={id} all={computing.data} />
      )}
      <GuardedRefusal write={computing} what="Not all of it was computed anew" />
    </>
  );
}

/** Factors changed after a period was closed: what a restatement would change. */
export function OutdatedCard({ period }: { readonly period: Period }): ReactNode {
  const { role } = useOrganisation();
  const { outdated, state } = period;
  if (outdated === undefined) return null;
  return (
    <Card title="Factors changed since">
      <p className="small">
        With the factors of today {count(outdated.activities)}{' '}
        {outdated.activities === 1 ? 'activity comes' : 'activities come'} to something else. What
        is sealed stands; whether to restate it is for your recalculation policy (Corporate
        Standard, chapter 5).
      </p>
      <Table
        caption="What a restatement would change"
        rows={outdated.totals}
        rowKey={({ scope, gwpSet }) => `${scope}.${gwpSet}`}
        columns={[
          { header: 'Scope', cell: ({ scope, gwpSet }) => `${scopeName(scope)}, ${gwpSet}` },
          {
            header: 'As sealed',
            cell: ({ beforeKgCo2e }) => <Amount {...emissionsUp(beforeKgCo2e)} />,
            numeric: true,
          },
          {
            header: 'With the factors of today',
            cell: ({ afterKgCo2e }) => <Amount {...emissionsUp(afterKgCo2e)} />,
            numeric: true,
          },
        ]}
      />
      {state === 'reopened' && isAdmin(role) && <Recalculate period={period} />}
    </Card>
  );
}
