import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchRestatement, type Period } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import {
  Amount,
  Card,
  emissionsUp,
  Notice,
  QueryView,
  scopeName,
  SelectField,
  Table,
} from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';

function Mass({ ng }: { readonly ng: bigint | undefined }): ReactNode {
  return ng === undefined ? (
    <span className="muted">not there</span>
  ) : (
    <Amount {...emissionsUp(ng)} />
  );
}

/** What a restatement changed, by scope and by activity. */
export function DifferenceCard({ period }: { readonly period: Period }): ReactNode {
  const { id } = useOrganisation();
  const [chosen, setChosen] = useState(period.number);
  const query = useOwn([id, 'difference', period.id, chosen], (oracleUrl) =>
    fetchRestatement(oracleUrl, id, period.id, chosen),
  );
  return (
    <Card title="What the restatement changed">
      {period.number > 1 && (
        <SelectField
          label="Restatement"
          value={String(chosen)}
          onChange={(value) => setChosen(Number(value))}
          options={Array.from({ length: period.number }, (_, index) => ({
            value: String(index + 1),
            label: `${index + 1}, compared with ${index === 0 ? 'the first inventory' : index}`,
          }))}
        />
      )}
      <QueryView query={query} what="difference">
        {({ totals, lines, truncated }) => (
          <>
            <Table
              caption="Totals before and after"
              rows={totals}
              rowKey={({ scope, gwpSet }) => `${scope}.${gwpSet}`}
              columns={[
                { header: 'Scope', cell: ({ scope, gwpSet }) => `${scopeName(scope)}, ${gwpSet}` },
                { header: 'Before', cell: (one) => <Mass ng={one.beforeKgCo2e} />, numeric: true },
                { header: 'After', cell: (one) => <Mass ng={one.afterKgCo2e} />, numeric: true },
              ]}
            />
            <Table
              caption="Lines that differ"
              rows={lines}
              rowKey={({ activityId, scope }) => `${activityId}.${scope}`}
              columns={[
                {
                  header: 'Activity',
                  cell: ({ activityId }) => (
                    <Link href={`/activities/${activityId}?organisation=${id}`}>{activityId}</Link>
                  ),
                },
                { header: 'Scope', cell: ({ scope }) => scopeName(scope) },
                { header: 'Before', cell: (one) => <Mass ng={one.beforeKgCo2e} />, numeric: true },
                { header: 'After', cell: (one) => <Mass ng={one.afterKgCo2e} />, numeric: true },
              ]}
            />
            {truncated && <Notice tone="warn" title="More lines differ than are listed" />}
          </>
        )}
      </QueryView>
    </Card>
  );
}
