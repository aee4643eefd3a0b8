import { CATALOGUE } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { isBrokenReferral } from '../referrer/index.ts';
import { Notice } from '../ui/index.ts';

/** Says that the link which led here names no referrer, before anything is paid without one. */
export function BrokenReferral(): ReactNode {
  const [search] = useSearchParams();
  if (!isBrokenReferral(search.get('ref'))) return null;
  const { title, todo } = CATALOGUE.REFERRER_ZERO;
  return (
    <Notice tone="warn" title={title}>
      <p className="small">
        {todo} <code>REFERRER_ZERO</code>
      </p>
    </Notice>
  );
}
