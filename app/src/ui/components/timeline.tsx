import type { ReactNode } from 'react';
import type { Tone } from './notice.tsx';
import { Moment } from './time.tsx';

export interface TimelineEntry {
  readonly key: string;
  readonly tone: Tone;
  readonly title: string;
  /** Unix seconds. */
  readonly at: number;
  readonly children?: ReactNode;
}

/** What happened, in order. The tone is in the words as well as in the colour of the dot. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }): ReactNode {
  return (
    <ol className="timeline">
      {entries.map(({ key, tone, title, at, children }) => (
        <li key={key} className={`timeline-entry timeline-${tone}`}>
          <div className="timeline-head">
            <span className="timeline-title">{title}</span>
            <span className="small muted">
              <Moment at={at} />
            </span>
          </div>
          {children}
        </li>
      ))}
    </ol>
  );
}
