import { useEffect, useState, type ReactNode } from 'react';
import { shortHex } from '../format.ts';
import { Icon } from './icons.tsx';

interface CopyProps {
  readonly value: string;
  /** What is copied, such as "device id". */
  readonly what: string;
}

/** Copies a value and says so for two seconds. */
export function CopyButton({ value, what }: CopyProps): ReactNode {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="icon-button" aria-label={`Copy ${what}`} onClick={copy}>
      <Icon name={copied ? 'check' : 'copy'} />
      <span className="hidden-visually" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  );
}

interface HashProps extends CopyProps {
  /** Shown in full, breaking over lines, instead of shortened. */
  readonly full?: boolean;
}

/** A hash, id or address; the whole of it is one click away. */
export function Hash({ value, what, full = false }: HashProps): ReactNode {
  return (
    <span className="hash">
      <code className={full ? 'hash-long' : undefined} title={value}>
        {full ? value : shortHex(value)}
      </code>
      <CopyButton value={value} what={what} />
    </span>
  );
}
