import type { ReactNode } from 'react';
import { explain } from '../../errors/index.ts';
import { Notice } from './notice.tsx';
import { WayOut } from './wayOut.tsx';

interface RefusalProps {
  /** `null`: nothing went wrong. */
  readonly error: unknown;
  /** What did not happen, as a sentence's beginning: "It was not saved". */
  readonly what: string;
}

/** Why something that a person asked for did not happen, and what to do. */
export function Refusal({ error, what }: RefusalProps): ReactNode {
  if (error === null) return null;
  const reason = explain(error);
  const { code, title, todo, detail } = reason;
  return (
    <Notice tone="bad" role="alert" title={`${what}: ${title}`}>
      {detail !== undefined && <p className="small">{detail}</p>}
      <p className="small">
        {/* The oracle's own sentence ends with what to do. */}
        {detail?.includes(todo) !== true && todo} <code>{code}</code>
      </p>
      <WayOut reason={reason} />
    </Notice>
  );
}
