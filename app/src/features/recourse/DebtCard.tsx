import { useState, type ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { Cure, Project } from '../../api/indexer/index.ts';
import type { ClaimKind } from '../../chain/index.ts';
import { useBooks } from '../../data/index.ts';
import { Card, Figures, count, Hash, Moment, Notice, Table, tonnes } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { CureDialog } from './CureDialog.tsx';
import { amountOf } from './transactions.ts';

function Cures({ cures }: { readonly cures: readonly Cure[] }): ReactNode {
  return (
    <Table
      caption="What was handed in, newest first"
      rows={cures}
      rowKey={({ id }) => id}
      columns={[
        { header: 'When', cell: ({ at }) => <Moment at={at} /> },
        { header: 'Handed in', cell: ({ kind, amount }) => amountOf(kind, amount) },
        { header: 'Owed afterwards', cell: ({ kind, left }) => amountOf(kind, left) },
        { header: 'By', cell: ({ by }) => <Hash value={by} what="address" /> },
      ]}
    />
  );
}

function CureButton(props: {
  readonly kind: ClaimKind;
  readonly onCure: (kind: ClaimKind) => void;
}): ReactNode {
  const { address } = useConnection();
  const rightNetwork = useRightNetwork();
  return (
    <button
      type="button"
      className="button"
      disabled={!rightNetwork || address === undefined}
      onClick={() => props.onCure(props.kind)}
    >
      {props.kind === 'carbon' ? 'Hand in credits' : 'Hand in energy certificates'}
    </button>
  );
}

function Owed(props: {
  readonly project: Project;
  readonly onCure: (kind: ClaimKind) => void;
}): ReactNode {
  const { project, onCure } = props;
  const { owedGrams, owedCertificates } = project;
  return (
    <>
      <Figures
        items={[
          { label: 'Owed in credits', quantity: tonnes(owedGrams) },
          {
            label: 'Owed in energy certificates',
            quantity: { value: count(owedCertificates), unit: 'MWh' },
          },
        ]}
      />
      <h3>How to cure it</h3>
      <ul>
        <li>
          Anyone hands in what is owed, credits for credits and energy certificates for energy
          certificates, of whatever project and vintage. They leave circulation for ever.
        </li>
        <li>
          Or the owner mints its next verified batch “for the debt”, under{' '}
          <Link href="/credits">Credits</Link>: the debt is paid first, the owner has the rest.
        </li>
      </ul>
      <div className="row">
        {owedGrams > 0n && <CureButton kind="carbon" onCure={onCure} />}
        {owedCertificates > 0n && <CureButton kind="energy" onCure={onCure} />}
      </div>
    </>
  );
}

/** What a project owes because of voids, how to cure it, and what was handed in. Silent while none ever was. */
export function DebtCard({ project }: { readonly project: Project }): ReactNode {
  const { address } = useConnection();
  const { data } = useBooks(project.id);
  // Kept here: what is handed in may end the debt, and what it did is still to be read.
  const [curing, setCuring] = useState<ClaimKind>();
  const cures = data?.cures ?? [];
  const owes = project.owedGrams > 0n || project.owedCertificates > 0n;
  const silent = !owes && !project.blocked && cures.length === 0;
  if (silent && curing === undefined) return null;
  return (
    <Card title="Debt">
      {owes ? (
        <Notice tone="bad" title="This project owes for batches that were voided">
          <p className="small">It mints nothing for itself until that is cured.</p>
        </Notice>
      ) : project.blocked ? (
        <Notice tone="warn" title="The void of a batch of this project is announced">
          <p className="small">It mints nothing until that is decided.</p>
        </Notice>
      ) : (
        <Notice tone="good" title="All debts of this project are cured" />
      )}
      {owes && <Owed project={project} onCure={setCuring} />}
      {cures.length > 0 && <Cures cures={cures} />}
      {curing !== undefined && address !== undefined && (
        <CureDialog
          project={project}
          kind={curing}
          account={address}
          onClose={() => setCuring(undefined)}
        />
      )}
    </Card>
  );
}
