import { useState, type ReactNode } from 'react';
import { Dialog } from '../ui/index.ts';
import { titleOf, todoOf } from './reasons.ts';

/** A reason code that opens to its explanation. */
export function ReasonCode({ code }: { readonly code: string }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="code-button"
        aria-label={`Explain ${code}`}
        onClick={() => setOpen(true)}
      >
        <code>{code}</code>
      </button>
      {open && (
        <Dialog title={titleOf(code)} onClose={() => setOpen(false)}>
          <p>
            {todoOf(code) ?? 'This page is older than the service and does not know this code.'}
          </p>
          <p className="small muted">
            <code>{code}</code>
          </p>
        </Dialog>
      )}
    </>
  );
}
