import type { ReactNode } from 'react';
import type { Calibration } from '../../api/index.ts';
import { Badge, Hash, Moment } from '../../ui/index.ts';

type Stated = Pick<Calibration, 'id' | 'evidence' | 'supersededBy' | 'statedAt'>;

/** Whether a statement stands, and how to correct it. */
export function Standing(props: {
  readonly statement: Stated;
  readonly onCorrect: (() => void) | undefined;
}): ReactNode {
  const { statement, onCorrect } = props;
  const { id, supersededBy } = statement;
  if (supersededBy !== undefined)
    return <span className="muted">superseded by {String(supersededBy)}</span>;
  return (
    <span className="row">
      <Badge tone="good">{`${String(id)} stands`}</Badge>
      {onCorrect !== undefined && (
        <button
          type="button"
          className="button button-quiet"
          aria-label={`Correct statement ${String(id)}`}
          onClick={onCorrect}
        >
          Correct it
        </button>
      )}
    </span>
  );
}

/** When it was stated, and the hash of its document. */
export function StatedBy({ statedAt, evidence }: Stated): ReactNode {
  return (
    <>
      <Moment at={statedAt} /> <Hash value={evidence} what="hash of the document" />
    </>
  );
}
