import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { FindingScope, OracleFinding } from '../../api/index.ts';
import { useFindings } from '../../data/index.ts';
import {
  Amount,
  count,
  Empty,
  energy,
  Moment,
  MorePages,
  QueryView,
  shortHex,
  Table,
} from '../../ui/index.ts';
import { sumByReason } from './reasons.ts';

function Reason({ reason }: Pick<OracleFinding, 'reason'>): ReactNode {
  return (
    <>
      {reason.title} <code className="small muted">{reason.code}</code>
    </>
  );
}

function Reasons({ findings }: { readonly findings: readonly OracleFinding[] }): ReactNode {
  return (
    <Table
      caption="Deductions by reason"
      rows={sumByReason(findings)}
      rowKey={({ reason }) => reason.code}
      columns={[
        { header: 'Reason', cell: Reason },
        { header: 'Findings', numeric: true, cell: ({ findings: number }) => count(number) },
        {
          header: 'Deducted',
          numeric: true,
          cell: ({ deductedWh }) => <Amount {...energy(deductedWh)} />,
        },
      ]}
    />
  );
}

function place({ deviceId, sequence, index }: OracleFinding): string {
  const reading = index === undefined ? 'whole window' : `reading ${index + 1}`;
  return `${shortHex(deviceId)} · window ${count(sequence)} · ${reading}`;
}

function FindingTable({ findings }: { readonly findings: readonly OracleFinding[] }): ReactNode {
  return (
    <Table
      caption="Findings"
      rows={findings}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          header: 'Where',
          cell: (finding) => (
            <Link href={`/windows/${finding.deviceId}/${finding.sequence}`}>{place(finding)}</Link>
          ),
        },
        { header: 'When', cell: ({ at }) => <Moment at={at} /> },
        { header: 'Why', cell: ({ reason }) => reason.title },
        {
          header: 'Deducted',
          numeric: true,
          cell: ({ deductedWh }) => <Amount {...energy(deductedWh)} />,
        },
      ]}
    />
  );
}

function Findings({ scope }: { readonly scope: FindingScope }): ReactNode {
  const query = useFindings(scope);
  return (
    <QueryView
      query={query}
      what="findings"
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={
        <Empty title="Nothing was excluded">
          <p>Every reading that was judged counted in full.</p>
        </Empty>
      }
    >
      {({ pages }) => {
        const findings = pages.flatMap(({ items }) => items);
        return (
          <>
            <Reasons findings={findings} />
            <details className="details">
              <summary>Each finding</summary>
              <FindingTable findings={findings} />
            </details>
            <MorePages query={query} what="findings" />
          </>
        );
      }}
    </QueryView>
  );
}

/** What of a project's readings did not count, and why. */
export function ProjectFindings({ projectId }: { readonly projectId: number }): ReactNode {
  return <Findings scope={{ projectId }} />;
}

/** What of a batch did not count, and why. */
export function BatchFindings({ batchId }: { readonly batchId: bigint }): ReactNode {
  return <Findings scope={{ batchId }} />;
}
