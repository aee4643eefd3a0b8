import { useId, type ReactNode } from 'react';

interface CardProps {
  readonly title?: string;
  /** Sits opposite the title: a link or a badge. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A rounded section with a heading of its own. */
export function Card({ title, aside, children }: CardProps): ReactNode {
  const id = useId();
  if (title === undefined) return <section className="card">{children}</section>;
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
