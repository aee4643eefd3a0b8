import type { ReactNode } from 'react';

interface ProgressBarProps {
  /** What goes on, with its numbers: "Checking 120 of 1,000 signatures". */
  readonly label: string;
  /** 0 to 1; left out while the end is unknown. */
  readonly fraction?: number | undefined;
}

/** Long work: a bar and the same in words. */
export function ProgressBar({ label, fraction }: ProgressBarProps): ReactNode {
  return (
    <div className="stack-small" role="status">
      <progress aria-label={label} value={fraction} max={1} />
      <p className="small muted">{label}</p>
    </div>
  );
}
