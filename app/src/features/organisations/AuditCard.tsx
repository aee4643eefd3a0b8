import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { auditGenesis, verifyAuditEntries } from '@truetonne/protocol';
import { fetchAudit, type AuditEntry } from '../../api/index.ts';
import { useOwnPages, useSignedIn } from '../../data/index.ts';
import {
  Card,
  count,
  Hash,
  Moment,
  MorePages,
  Notice,
  QueryView,
  Refusal,
  Table,
  TextField,
} from '../../ui/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';

/** Reads the whole log and recomputes every hash here, so that nobody has to be believed. */
async function verifyLog(oracleUrl: string, id: string): Promise<{ number: number; hash: string }> {
  let head = { number: 0, hash: auditGenesis(id) };
  for (let cursor: string | undefined; ;) {
    const page = await fetchAudit(oracleUrl, id, {}, cursor);
    head = verifyAuditEntries(page.items, head);
    if (page.next === undefined) return head;
    cursor = page.next;
  }
}

function Proof({ id }: { readonly id: string }): ReactNode {
  const { oracleUrl } = useSignedIn();
  const proving = useMutation({ mutationFn: () => verifyLog(oracleUrl, id) });
  return (
    <div className="stack-small">
      <div>
        <button
          type="button"
          className="button button-quiet"
          disabled={proving.isPending}
          onClick={() => proving.mutate()}
        >
          {proving.isPending ? 'Recomputing …' : 'Recompute every hash here'}
        </button>
      </div>
      <Refusal error={proving.error} what="The log does not hold together" />
      {proving.data !== undefined && (
        <Notice tone="good" role="status" title={`All ${count(proving.data.number)} entries fit`}>
          <p className="small">
            Keep the last hash: whoever changes an entry later can&apos;t come to it again.{' '}
            <Hash value={proving.data.hash} what="hash of the last entry" />
          </p>
        </Notice>
      )}
    </div>
  );
}

function Entries({ rows }: { readonly rows: readonly AuditEntry[] }): ReactNode {
  return (
    <Table
      caption="Audit log"
      rows={rows}
      rowKey={({ number }) => String(number)}
      columns={[
        { header: 'No.', cell: ({ number }) => count(number), numeric: true },
        { header: 'When', cell: ({ at }) => <Moment at={at} /> },
        { header: 'Who', cell: ({ actor }) => <span className="small wrap">{actor}</span> },
        { header: 'What', cell: ({ action }) => <code>{action}</code> },
        { header: 'Of', cell: ({ subject }) => <span className="small wrap">{subject}</span> },
        { header: 'Detail', cell: ({ detail }) => <code className="small wrap">{detail}</code> },
      ]}
    />
  );
}

/** Every change of the organisation, and the proof that none was altered afterwards. */
export function AuditCard(): ReactNode {
  const { id } = useOrganisation();
  const [action, setAction] = useState('');
  const filter = { action: action.trim() === '' ? undefined : action.trim() };
  const query = useOwnPages([id, 'audit', filter.action], (oracleUrl, cursor) =>
    fetchAudit(oracleUrl, id, filter, cursor),
  );
  return (
    <Card title="Audit log">
      <TextField
        label="Only this action"
        value={action}
        onChange={setAction}
        placeholder="member.invited"
      />
      <QueryView query={query} what="audit log">
        {({ pages }) => (
          <>
            <Entries rows={pages.flatMap(({ items }) => items)} />
            <MorePages query={query} what="entries" />
          </>
        )}
      </QueryView>
      <Proof id={id} />
    </Card>
  );
}
