import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'wouter';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string };
  readonly children: ReactNode;
}

/** A page with its heading; on arrival the heading gets the focus and the tab its title. */
export function Page({ title, lead, back, children }: PageProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · TrueTonne`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <div className="stack">
      <header className="stack-small">
        {back !== undefined && (
          <Link href={back.href} className="small">
            ← {back.label}
          </Link>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <p className="muted">{lead}</p>}
      </header>
      {children}
    </div>
  );
}
