import type { ReactNode } from 'react';
import type { Batch } from '../../api/indexer/index.ts';
import { useJudgements } from '../../data/index.ts';
import { Badge } from '../../ui/index.ts';
import { countOf, tallyOf, type Tally } from './standing.ts';

const STATES = {
  submitted: { tone: 'warn', text: 'Submitted' },
  verified: { tone: 'good', text: 'Verified' },
  rejected: { tone: 'bad', text: 'Rejected' },
  minted: { tone: 'good', text: 'Minted' },
  voided: { tone: 'bad', text: 'Voided' },
} as const;

interface BatchStateProps {
  readonly batch: Pick<Batch, 'state' | 'project'>;
  /** What was said of it so far, once that is known. */
  readonly tally?: Tally | undefined;
}

/** How far a batch has come; while it waits, with how many approvals. */
export function BatchState({ batch, tally }: BatchStateProps): ReactNode {
  const { tone, text } = STATES[batch.state];
  const needed = batch.project?.methodology?.approvals ?? 0;
  const counted = batch.state === 'submitted' && tally !== undefined && needed > 0;
  return <Badge tone={tone}>{counted ? `${text}: ${countOf(tally, needed)}` : text}</Badge>;
}

/** The states of the batches of a list: what was said of those that wait is asked for at once. */
export function useBatchStates(batches: readonly Batch[]): (batch: Batch) => ReactNode {
  const waiting = batches.filter(({ state }) => state === 'submitted').map(({ id }) => id);
  const { data } = useJudgements(waiting);
  return (batch) => (
    <BatchState batch={batch} tally={data === undefined ? undefined : tallyOf(batch.id, data)} />
  );
}
