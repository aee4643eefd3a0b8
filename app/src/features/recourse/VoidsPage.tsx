import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { BatchVoid } from '../../api/indexer/index.ts';
import type { ClaimKind } from '../../chain/index.ts';
import { useDebtors, useVoids } from '../../data/index.ts';
import {
  Badge,
  Card,
  count,
  Empty,
  energy,
  Moment,
  MorePages,
  Page,
  phrase,
  QueryView,
  Table,
  tonnes,
  type Column,
} from '../../ui/index.ts';

const STATES = {
  announced: { tone: 'warn', text: 'Announced' },
  cancelled: { tone: 'plain', text: 'Cancelled' },
  executed: { tone: 'bad', text: 'Voided' },
} as const;

function issuedOf({ batch }: BatchVoid): string {
  if (batch === undefined) return '';
  return phrase(batch.kind === 'carbon' ? tonnes(batch.grams) : energy(batch.creditableWh));
}

/** As `amountOf`, in fewer words: of a certificate its unit has to do beside so many columns. */
function inTable(kind: ClaimKind, amount: bigint): string {
  return phrase(kind === 'carbon' ? tonnes(amount) : { value: count(amount), unit: 'MWh' });
}

/** Part of what made a void whole. */
function drawnColumn(
  header: string,
  of: (row: BatchVoid) => bigint | undefined,
): Column<BatchVoid> {
  return {
    header,
    numeric: true,
    cell: (row) => {
      const amount = of(row);
      if (amount === undefined || row.batch === undefined) return '–';
      return inTable(row.batch.kind, amount);
    },
  };
}

function VoidTable({ voids }: { readonly voids: readonly BatchVoid[] }): ReactNode {
  return (
    <Table
      caption="Voids, newest first"
      rows={voids}
      rowKey={({ batchId }) => String(batchId)}
      columns={[
        {
          header: 'Batch',
          cell: ({ batchId }) => (
            <Link href={`/batches/${String(batchId)}`}>{String(batchId)}</Link>
          ),
        },
        {
          header: 'Project',
          cell: ({ project, projectId }) => (
            <Link href={`/projects/${projectId}`}>{project?.name ?? projectId}</Link>
          ),
        },
        { header: 'Credited', numeric: true, cell: issuedOf },
        {
          header: 'State',
          cell: ({ state }) => <Badge tone={STATES[state].tone}>{STATES[state].text}</Badge>,
        },
        { header: 'Announced', cell: ({ announcedAt }) => <Moment at={announcedAt} /> },
        {
          header: 'Decided',
          cell: ({ decidedAt, executableFrom }) =>
            decidedAt === undefined ? (
              <>
                from <Moment at={executableFrom} /> on
              </>
            ) : (
              <Moment at={decidedAt} />
            ),
        },
        drawnColumn('From the owner', ({ fromOwner }) => fromOwner),
        drawnColumn('From the buffer', ({ fromBuffer }) => fromBuffer),
        drawnColumn('Became a debt', ({ missing }) => missing),
      ]}
    />
  );
}

function Debtors(): ReactNode {
  const query = useDebtors();
  return (
    <Card title="Projects that owe">
      <QueryView
        query={query}
        what="debts"
        isEmpty={(debtors) => debtors.length === 0}
        empty={<Empty title="No project owes anything" />}
      >
        {(debtors) => (
          <Table
            caption="Debts that block the mints of their project"
            rows={debtors}
            rowKey={({ id }) => String(id)}
            columns={[
              {
                header: 'Project',
                cell: ({ id, name }) => <Link href={`/projects/${id}`}>{name}</Link>,
              },
              {
                header: 'Credits',
                numeric: true,
                cell: ({ owedGrams }) => inTable('carbon', owedGrams),
              },
              {
                header: 'Energy certificates',
                numeric: true,
                cell: ({ owedCertificates }) => inTable('energy', owedCertificates),
              },
            ]}
          />
        )}
      </QueryView>
    </Card>
  );
}

/** Every batch that was found wrong, what was drawn for it, and what is owed. */
export function VoidsPage(): ReactNode {
  const query = useVoids();
  return (
    <Page
      title="Voids and debts"
      lead="What a wrong batch issued is drawn from its owner, then from the buffer; what is missing stands as the project's debt, for everyone to see."
    >
      <Card title="Voided batches">
        <QueryView
          query={query}
          what="voids"
          isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
          empty={
            <Empty title="No batch was ever found wrong">
              <p>
                Verifiers say so on the page of a <Link href="/batches">batch</Link>.
              </p>
            </Empty>
          }
        >
          {({ pages }) => (
            <>
              <VoidTable voids={pages.flatMap(({ items }) => items)} />
              <MorePages query={query} what="voids" />
            </>
          )}
        </QueryView>
      </Card>
      <Debtors />
    </Page>
  );
}
