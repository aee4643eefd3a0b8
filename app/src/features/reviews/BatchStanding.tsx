import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Batch } from '../../api/indexer/index.ts';
import { useJudgements } from '../../data/index.ts';
import { Card, Facts, Notice, QueryView, type Fact } from '../../ui/index.ts';
import { BatchState } from './BatchState.tsx';
import { Opinions } from './Opinions.tsx';
import { countOf, missingToMint, mintWay, tallyOf, type MintWay, type Tally } from './standing.ts';

function demandFacts({ project }: Batch, tally: Tally): readonly Fact[] {
  const demands = project?.methodology;
  if (demands === undefined) return [];
  const { approvals, recomputation } = demands;
  const none = 'The methodology version asks for none';
  return [
    { label: 'Verifiers', value: approvals === 0 ? none : countOf(tally, approvals) },
    ...(tally.rejections > 0
      ? [{ label: 'Rejections', value: `${tally.rejections} of ${Math.max(approvals, 1)}` }]
      : []),
    {
      label: 'Independent recomputation',
      value: recomputation ? (tally.recomputed ? 'Agrees' : 'Not there yet') : none,
    },
  ];
}

interface BatchStandingProps {
  readonly batch: Batch;
  /** What the owner can do, told how the batch can be minted. */
  readonly children: (way: MintWay | undefined) => ReactNode;
}

function Missing({ sentences }: { readonly sentences: readonly string[] }): ReactNode {
  if (sentences.length === 0) {
    return <Notice tone="good" title="Verified: its credits can be minted" />;
  }
  return (
    <div className="stack-small">
      <h3>Why it can’t be minted now</h3>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** Who judged a batch, and what stands between it and its credits. */
export function BatchStanding({ batch, children }: BatchStandingProps): ReactNode {
  const query = useJudgements([batch.id]);
  return (
    <Card
      title="Verification and minting"
      aside={<BatchState batch={batch} tally={query.data && tallyOf(batch.id, query.data)} />}
    >
      <QueryView query={query} what="opinions">
        {(judgements) => {
          const tally = tallyOf(batch.id, judgements);
          const missing = missingToMint(batch, tally);
          return (
            <>
              <Facts items={demandFacts(batch, tally)} />
              {batch.state !== 'minted' && <Missing sentences={missing} />}
              {children(mintWay(batch, tally))}
              <Opinions judgements={judgements} />
              {batch.state === 'submitted' && (
                <p>
                  <Link href={`/reviews/${String(batch.id)}`}>Review it as a verifier</Link>
                </p>
              )}
            </>
          );
        }}
      </QueryView>
    </Card>
  );
}
