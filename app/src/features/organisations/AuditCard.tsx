import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { auditGenesis, verifyAuditEntries } from '@truetonne/protocol';
import { fetchAudit, type AuditEntry, type AuditFilter } from '../../api/index.ts';
import { useOwnPages, useSignedIn } from '../../data/index.ts';
import {
  Card,
  count,
  DateField,
  Empty,
  Hash,
  Moment,
  MorePages,
  Notice,
  QueryView,
  Refusal,
  startOfDay,
  Table,
  TextField,
} from '../../ui/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';

const SECONDS_PER_DAY = 86_400;

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

/** What is asked of the log, as typed; empty is everything. */
const ALL = { action: '', actor: '', from: '', until: '' };
type Asked = typeof ALL;

/** Days are UTC, the last one with all of its seconds. */
function filterOf({ action, actor, from, until }: Asked): AuditFilter {
  const typed = (text: string): string | undefined =>
    text.trim() === '' ? undefined : text.trim();
  const end = startOfDay(until);
  return {
    ...{ action: typed(action), actor: typed(actor)?.toLowerCase().replace(/^0x/, 'wallet:0x') },
    from: startOfDay(from)?.toString(),
    until: end === undefined ? undefined : String(end + SECONDS_PER_DAY - 1),
  };
}

function FilterFields(props: {
  readonly asked: Asked;
  readonly onChange: (asked: Asked) => void;
}): ReactNode {
  const { asked, onChange } = props;
  const set = (name: keyof Asked) => (value: string) => onChange({ ...asked, [name]: value });
  return (
    <div className="form form-wide">
      <TextField
        label="Only this action"
        value={asked.action}
        onChange={set('action')}
        placeholder="member.invited"
      />
      <TextField
        label="Only by"
        value={asked.actor}
        onChange={set('actor')}
        placeholder="0x… or key:…"
      />
      <DateField label="From" value={asked.from} onChange={set('from')} />
      <DateField label="Until" value={asked.until} onChange={set('until')} />
    </div>
  );
}

/** Every change of the organisation, and the proof that none was altered afterwards. */
export function AuditCard(): ReactNode {
  const { id } = useOrganisation();
  const [asked, setAsked] = useState(ALL);
  const filter = filterOf(asked);
  const query = useOwnPages([id, 'audit', filter], (oracleUrl, cursor) =>
    fetchAudit(oracleUrl, id, filter, cursor),
  );
  return (
    <Card title="Audit log">
      <FilterFields asked={asked} onChange={setAsked} />
      <QueryView
        query={query}
        what="audit log"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="No entry is like that" />}
      >
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
