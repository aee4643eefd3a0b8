import type { ReactNode } from 'react';
import { Amount, emissionsUp } from '../../ui/index.ts';

export function Mass({ ng }: { readonly ng: bigint | undefined }): ReactNode {
  return ng === undefined ? (
    <span className="muted">not known</span>
  ) : (
    <Amount {...emissionsUp(ng)} />
  );
}
