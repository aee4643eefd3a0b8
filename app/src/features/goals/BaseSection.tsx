import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchBases, type Goal } from '../../api/index.ts';
import { useOwnPages } from '../../data/index.ts';
import { Moment, MorePages, Notice, QueryView, Table } from '../../ui/index.ts';
import { isAdmin, useOrganisation } from '../organisations/index.ts';
import { baseRows, changeTexts, kindName, newsOf, periodText } from './base.ts';
import { Mass } from './Mass.tsx';
import { TakeBaseForm } from './TakeBaseForm.tsx';

function Causes({ goal: { base } }: { readonly goal: Goal }): ReactNode {
  const { id } = useOrganisation();
  const changes = changeTexts(base);
  if (changes.length + base.periods.length === 0) return null;
  return (
    <ul className="small">
      {changes.map((text) => (
        <li key={text}>{text}</li>
      ))}
      {base.periods.map((period) => (
        <li key={period.periodId}>
          <Link href={`/periods/${period.periodId}?organisation=${id}`}>
            {period.firstDay} to {period.lastDay}
          </Link>
          {`: ${periodText(period)}`}
        </li>
      ))}
    </ul>
  );
}

function Difference({ goal: { name, base } }: { readonly goal: Goal }): ReactNode {
  return (
    <Table
      caption={`${name}: base and inventory of its year`}
      rows={baseRows(base)}
      rowKey={(row) => row.name}
      columns={[
        { header: 'Scope', cell: (row) => row.name },
        { header: 'Base', cell: (row) => <Mass ng={row.takenNg} />, numeric: true },
        { header: 'Inventory now', cell: (row) => <Mass ng={row.nowNg} />, numeric: true },
        { header: 'Difference', cell: (row) => <Mass ng={row.differenceNg} />, numeric: true },
      ]}
    />
  );
}

function History({ goal }: { readonly goal: Goal }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwnPages([id, 'goals', goal.id, 'bases'], (oracleUrl, cursor) =>
    fetchBases(oracleUrl, id, goal.id, cursor),
  );
  return (
    <QueryView query={query} what="bases">
      {({ pages }) => (
        <>
          <Table
            caption={`${goal.name}: bases that were taken`}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ number }) => String(number)}
            columns={[
              { header: 'No.', cell: ({ number }) => number, numeric: true },
              { header: 'Total', cell: ({ kgCo2e }) => <Mass ng={kgCo2e} />, numeric: true },
              { header: 'Of', cell: ({ baseYear, gwpSet }) => `${baseYear}, ${gwpSet}` },
              { header: 'When', cell: ({ takenAt }) => <Moment at={takenAt} /> },
              {
                header: 'Who',
                cell: ({ takenBy }) => <span className="small wrap">{takenBy}</span>,
              },
              { header: 'Why', cell: ({ kind, reason }) => `${kindName(kind)}: ${reason}` },
            ]}
          />
          <MorePages query={query} what="bases" />
        </>
      )}
    </QueryView>
  );
}

/** What a goal measures from, what moved since it was taken, and the act that takes it anew. */
export function BaseSection({ goal }: { readonly goal: Goal }): ReactNode {
  const { role } = useOrganisation();
  const [shown, setShown] = useState(false);
  const { base, thresholdPercent } = goal;
  const news = newsOf(goal);
  const canTake =
    base.state === 'to-recalculate' || base.state === 'other-set' || base.state === 'not-fixed';
  return (
    <>
      {news !== undefined && (
        <Notice tone={news.tone} title={news.title}>
          {base.state === 'to-recalculate' && (
            <p className="small">
              Until an owner or admin takes it, the goal is measured from the base that was taken.
            </p>
          )}
          <Causes goal={goal} />
          {thresholdPercent === undefined && (
            <p className="small">State under Change from what movement on it is recalculated.</p>
          )}
        </Notice>
      )}
      {base.differenceKgCo2e !== undefined && base.state !== 'unchanged' && (
        <Difference goal={goal} />
      )}
      {canTake &&
        isAdmin(role) &&
        thresholdPercent !== undefined &&
        base.nowKgCo2e !== undefined && <TakeBaseForm goal={goal} totalNg={base.nowKgCo2e} />}
      {base.taken !== undefined && (
        <details onToggle={({ currentTarget: { open } }) => setShown(open)}>
          <summary>Bases that were taken</summary>
          {shown && <History goal={goal} />}
        </details>
      )}
    </>
  );
}
