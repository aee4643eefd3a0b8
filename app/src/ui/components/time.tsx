import { useEffect, useState, type ReactNode } from 'react';
import { ago, ahead, dateTime } from '../format.ts';

/** A moment in UTC. */
export function Moment({ at }: { readonly at: number }): ReactNode {
  return <time dateTime={new Date(at * 1000).toISOString()}>{dateTime(at)}</time>;
}

/** Unix seconds, kept current. */
export function useNow(everyMilliseconds: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  return now / 1000;
}

/** How long ago; the moment itself is in the title. */
export function Ago({ at }: { readonly at: number }): ReactNode {
  const now = useNow(5_000);
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={dateTime(at)}>
      {ago(at, now)}
    </time>
  );
}

/** How far ahead; the moment itself is in the title. */
export function Ahead({ at }: { readonly at: number }): ReactNode {
  const now = useNow(5_000);
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={dateTime(at)}>
      {ahead(at, now)}
    </time>
  );
}
