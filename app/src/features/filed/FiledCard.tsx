import type { ReactNode } from 'react';
import type { ExportTask, Filer, Upload } from '../../api/index.ts';
import { isJobUnderway, useFiling, useSession, type CursorPages } from '../../data/index.ts';
import { titleOf } from '../../reasons/index.ts';
import {
  Badge,
  Card,
  Failure,
  Moment,
  MorePages,
  QueryView,
  Refusal,
  Table,
  type Column,
  type Tone,
} from '../../ui/index.ts';
import { Whose } from '../session/index.ts';

type Filed = ExportTask | Upload;

const TONES: Readonly<Record<Filed['status'], Tone>> = {
  queued: 'plain',
  running: 'plain',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
};
const LABELS = { queued: 'Waiting', failed: 'Failed', cancelled: 'Cancelled' } as const;

/** What a list of files says that the other one does not. */
interface FiledWords<Item extends Filed> {
  /** "exports", "uploads" */
  readonly what: string;
  /** Of one that runs, and of one that is done. */
  readonly labels: { readonly running: string; readonly done: string };
  /** How far one is that is under way. */
  readonly progressOf: (item: Item) => string;
}

function State<Item extends Filed>(props: {
  readonly item: Item;
  readonly words: FiledWords<Item>;
}): ReactNode {
  const { item, words } = props;
  const { status, code, detail } = item;
  return (
    <>
      <Badge tone={TONES[status]}>{{ ...LABELS, ...words.labels }[status]}</Badge>{' '}
      {isJobUnderway(item) && <span className="small">{words.progressOf(item)}</span>}
      {code !== undefined && (
        <span className="small">
          {titleOf(code)} {detail}
        </span>
      )}
    </>
  );
}

type End = (filer: Filer, id: string) => Promise<unknown>;

/** Cancels one that is under way, or takes one away that has ended, with its file. */
function EndButton({ item, end }: { readonly item: Filed; readonly end: End }): ReactNode {
  const ending = useFiling(end);
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={ending.isPending}
        onClick={() => ending.mutate(item.id)}
      >
        {isJobUnderway(item) ? 'Cancel' : 'Remove'}
      </button>
      <Refusal error={ending.error} what="It is still there" />
    </>
  );
}

interface FiledCardProps<Item extends Filed> {
  readonly title: string;
  readonly words: FiledWords<Item>;
  /** What becomes of them in time. */
  readonly kept: string;
  readonly empty: ReactNode;
  readonly query: CursorPages<Item>;
  /** What was handed in, before its state, and what came of it, behind. */
  readonly columns: readonly [readonly Column<Item>[], readonly Column<Item>[]];
  readonly end: End;
}

/** Files that this wallet or browser handed in or asked for, the newest first, and how each stands. */
export function FiledCard<Item extends Filed>(props: FiledCardProps<Item>): ReactNode {
  const { title, words, kept, empty, query, columns, end } = props;
  const { what } = words;
  const name = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  const [before, behind] = columns;
  const session = useSession();
  // Whose files to ask for is not known then: nothing else would ever come.
  const isUnknown = session.data === undefined && session.error !== null;
  return (
    <Card title={title}>
      <Whose what={name}>{kept}</Whose>
      {isUnknown ? (
        <Failure error={session.error} what="your session" onRetry={() => void session.refetch()} />
      ) : (
        <QueryView
          query={query}
          what={what}
          isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
          empty={empty}
        >
          {({ pages }) => (
            <>
              <Table
                caption={name}
                rows={pages.flatMap(({ items }) => items)}
                rowKey={({ id }) => id}
                columns={[
                  ...before,
                  { header: 'State', cell: (item) => <State item={item} words={words} /> },
                  ...behind,
                  { header: 'Kept until', cell: KeptUntil },
                  { header: 'End', cell: (item) => <EndButton item={item} end={end} /> },
                ]}
              />
              <MorePages query={query} what={what} />
            </>
          )}
        </QueryView>
      )}
    </Card>
  );
}

function KeptUntil({ keptUntil }: Filed): ReactNode {
  if (keptUntil === undefined) return <span className="muted">–</span>;
  return <Moment at={keptUntil} />;
}
