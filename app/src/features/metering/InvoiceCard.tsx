import { useState, type ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { useConnection } from 'wagmi';
import type { MeterInvoice } from '../../api/index.ts';
import type { Project } from '../../api/indexer/index.ts';
import { useInvoices } from '../../data/index.ts';
import { Amount, Card, energy, MorePages, QueryView, Table } from '../../ui/index.ts';
import { SessionState, SignedIn } from '../session/index.ts';
import { correctInvoice, NEW_INVOICE, type InvoiceDraft } from './draft.ts';
import { InvoiceForm } from './InvoiceForm.tsx';
import { Standing, StatedBy } from './Standing.tsx';

function Invoices(props: {
  readonly rows: readonly MeterInvoice[];
  readonly onCorrect: ((one: MeterInvoice) => void) | undefined;
}): ReactNode {
  const { rows, onCorrect } = props;
  return (
    <Table
      caption="Invoices as stated, the newest statement first"
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={[
        { header: 'Days', cell: ({ firstDay, lastDay }) => `${firstDay} – ${lastDay}` },
        {
          header: 'Export invoiced',
          numeric: true,
          cell: ({ exportWh }) => <Amount {...energy(exportWh)} />,
        },
        {
          header: 'Import invoiced',
          numeric: true,
          cell: ({ importWh }) => <Amount {...energy(importWh)} />,
        },
        { header: 'Stated', cell: StatedBy },
        {
          header: 'State',
          cell: (one) => (
            <Standing statement={one} onCorrect={onCorrect && (() => onCorrect(one))} />
          ),
        },
      ]}
    />
  );
}

function OwnersPart(props: {
  readonly projectId: number;
  readonly draft: InvoiceDraft | undefined;
  readonly onDraft: (draft: InvoiceDraft | undefined) => void;
}): ReactNode {
  const { projectId, draft, onDraft } = props;
  if (draft === undefined)
    return (
      <button type="button" className="button button-quiet" onClick={() => onDraft(NEW_INVOICE)}>
        State an invoice
      </button>
    );
  return (
    <InvoiceForm
      key={draft.supersedes ?? 'new'}
      projectId={projectId}
      initial={draft}
      onDone={() => onDraft(undefined)}
    />
  );
}

/** What was invoiced for the plant, as its owner states it; the lower export and higher import count. */
export function InvoiceCard({ project }: { readonly project: Project }): ReactNode {
  const query = useInvoices(project.id);
  const { address } = useConnection();
  const [draft, setDraft] = useState<InvoiceDraft>();
  const isOwner = address !== undefined && isAddressEqual(address, project.owner);
  const correct = (one: MeterInvoice): void => setDraft(correctInvoice(one));
  return (
    <Card title="Invoices">
      <QueryView
        query={query}
        what="invoices"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<p className="muted">No invoice stated.</p>}
      >
        {({ pages }) => (
          <>
            <Invoices
              rows={pages.flatMap(({ items }) => items)}
              onCorrect={isOwner ? correct : undefined}
            />
            <MorePages query={query} what="invoices" />
          </>
        )}
      </QueryView>
      {isOwner && (
        <>
          <SessionState />
          <SignedIn why="Its owner states what was invoiced." inCard>
            <OwnersPart projectId={project.id} draft={draft} onDraft={setDraft} />
          </SignedIn>
        </>
      )}
    </Card>
  );
}
