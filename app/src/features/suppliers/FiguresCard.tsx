import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { acceptFigure, fetchFigures, refuseFigure, type SupplierFigure } from '../../api/index.ts';
import { useOwnPages, useWrite } from '../../data/index.ts';
import { Card, Empty, MorePages, QueryView, Refusal, Table, TextField } from '../../ui/index.ts';
import { InWorkspace, isEditor, useOrganisation } from '../organisations/index.ts';
import { FIGURE_COLUMNS } from './figureWords.tsx';

/** Takes a figure in, or refuses it with a reason that the supplier reads. */
function Decide({ id: which }: SupplierFigure): ReactNode {
  const { id } = useOrganisation();
  const [reason, setReason] = useState('');
  const accepting = useWrite((writer, into: string) => acceptFigure(writer, id, which, into));
  const refusing = useWrite((writer, why: string) => refuseFigure(writer, id, which, why));
  const busy = accepting.isPending || refusing.isPending;
  return (
    <div className="stack-small">
      <InWorkspace>
        {(workspaceId) => (
          <div>
            <button
              type="button"
              className="button button-small"
              disabled={busy}
              onClick={() => accepting.mutate(workspaceId)}
            >
              Accept
            </button>
          </div>
        )}
      </InWorkspace>
      <TextField label="Or why not" value={reason} onChange={setReason} maxLength={120} />
      <div>
        <button
          type="button"
          className="button button-quiet button-small"
          disabled={busy || reason.trim() === ''}
          onClick={() => refusing.mutate(reason.trim())}
        >
          Refuse
        </button>
      </div>
      <Refusal error={accepting.error ?? refusing.error} what="It was not decided" />
    </div>
  );
}

/** The activity that an accepted figure became, and the estimates that went out for it. */
function Became({ activityId, replaced }: SupplierFigure): ReactNode {
  const { id } = useOrganisation();
  const link = (which: string): ReactNode => (
    <Link key={which} href={`/activities/${which}?organisation=${id}`}>
      {which}
    </Link>
  );
  if (activityId === undefined) return <span className="muted">–</span>;
  return (
    <div className="small">
      activity {link(activityId)}
      {replaced.length > 0 && (
        <>
          , in place of <span className="row">{replaced.map(link)}</span>
        </>
      )}
    </div>
  );
}

/** What a supplier said of itself, and what became of it. */
export function FiguresCard({ supplierId }: { readonly supplierId: string }): ReactNode {
  const { id, role } = useOrganisation();
  const query = useOwnPages([id, 'figures', supplierId], (oracleUrl, cursor) =>
    fetchFigures(oracleUrl, id, supplierId, cursor),
  );
  return (
    <Card title="Its own figures">
      <QueryView
        query={query}
        what="figures"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="It has submitted no figure yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Figures of this supplier"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={(one) => one.id}
              columns={[
                ...FIGURE_COLUMNS,
                {
                  header: 'In the inventory',
                  cell: (one) =>
                    one.state === 'submitted' && isEditor(role) ? (
                      <Decide {...one} />
                    ) : (
                      <Became {...one} />
                    ),
                },
              ]}
            />
            <MorePages query={query} what="figures" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
