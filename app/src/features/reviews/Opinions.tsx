import type { ReactNode } from 'react';
import type {
  Judgements,
  Opinion,
  Recomputation,
  RecomputationShare,
} from '../../api/indexer/index.ts';
import { useChainNow } from '../../data/index.ts';
import { Badge, Hash, Moment, Table, type Tone } from '../../ui/index.ts';
import { readReason, type Reason } from './reason.ts';
import { readShare } from './shares.ts';

const CLOCK_MS = 60_000;

interface Said {
  readonly key: string;
  readonly who: ReactNode;
  readonly tone: Tone;
  readonly what: string;
  readonly why: ReactNode;
  readonly at: number;
}

const VERDICTS: Readonly<Record<Opinion['verdict'], readonly [Tone, string]>> = {
  approve: ['good', 'Approved'],
  reject: ['bad', 'Rejected'],
  void: ['bad', 'Should be voided'],
};

/** A link only where a browser can't be made to run it. */
function Elsewhere({ uri }: { readonly uri: string }): ReactNode {
  return /^https:\/\//.test(uri) ? (
    <a href={uri} rel="noreferrer nofollow">
      {uri}
    </a>
  ) : (
    <code>{uri === '' ? 'not published, only its hash' : uri}</code>
  );
}

function ReasonText(reason: Reason): ReactNode {
  const read = readReason(reason);
  switch (read.kind) {
    case 'none':
      return <span className="muted">No reason given</span>;
    case 'words':
      return read.words;
    case 'elsewhere':
      return <Elsewhere uri={read.uri} />;
    case 'false':
      return <span className="muted">The text is not the one that was signed</span>;
  }
}

function saidOf(opinion: Opinion): Said {
  const { id, verifierAddress, verdict, reasonHash, reasonUri, at } = opinion;
  const [tone, what] = VERDICTS[verdict];
  return {
    key: id,
    who: <Hash value={verifierAddress} what="address of the verifier" />,
    tone,
    what,
    why: <ReasonText reasonHash={reasonHash} reasonUri={reasonUri} />,
    at,
  };
}

function foundBy({ id, recomputer, agrees, at }: Recomputation): Said {
  return {
    key: id,
    who: <Hash value={recomputer} what="address of the recomputer" />,
    tone: agrees ? 'good' : 'bad',
    what: agrees ? 'Recomputed, agrees' : 'Recomputed, differs',
    why: agrees ? 'Same root and same energy' : 'Another root or another energy',
    at,
  };
}

function answerOf(asked: RecomputationShare, now: number): Said {
  const [tone, what, why] = readShare(asked, now);
  return { key: asked.requestId, who: 'Chainlink Functions', tone, what, why, at: asked.at };
}

/** Who said what of a batch, why, and when. */
export function Opinions({ judgements }: { readonly judgements: Judgements }): ReactNode {
  const { opinions, recomputations, shares } = judgements;
  const now = useChainNow(CLOCK_MS);
  const said = [
    ...opinions.map(saidOf),
    ...recomputations.map(foundBy),
    ...shares.map((share) => answerOf(share, now)),
  ];
  if (said.length === 0) return <p className="small muted">Nobody has given an opinion yet.</p>;
  return (
    <Table
      caption="Opinions on this batch"
      rows={said.toSorted((a, b) => a.at - b.at)}
      rowKey={({ key }) => key}
      columns={[
        { header: 'By', cell: ({ who }) => who },
        { header: 'Says', cell: ({ tone, what }) => <Badge tone={tone}>{what}</Badge> },
        { header: 'Reason', cell: ({ why }) => why },
        { header: 'When', cell: ({ at }) => <Moment at={at} /> },
      ]}
    />
  );
}
