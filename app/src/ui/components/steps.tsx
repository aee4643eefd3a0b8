import type { ReactNode } from 'react';

interface StepsProps {
  readonly labels: readonly string[];
  /** Which one is under way, from 0; as many as there are labels when all are done. */
  readonly current: number;
}

/** Where one is in a short row of steps. */
export function Steps({ labels, current }: StepsProps): ReactNode {
  return (
    <ol className="steps" aria-label="Steps">
      {labels.map((label, index) => (
        <li
          key={label}
          className={index < current ? 'step step-done' : 'step'}
          aria-current={index === current ? 'step' : undefined}
        >
          <span className="step-number" aria-hidden="true">
            {index < current ? '✓' : index + 1}
          </span>
          {label}
          {index < current && <span className="hidden-visually"> done</span>}
        </li>
      ))}
    </ol>
  );
}
