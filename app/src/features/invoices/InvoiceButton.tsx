import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Refusal } from '../../ui/index.ts';
import { toInvoice, type InvoiceFacts } from './invoice.ts';

async function download(facts: InvoiceFacts): Promise<void> {
  // Loaded on demand: a page of receipts needs no PDF.
  const [{ createInvoicePdf }, { drawText }] = await Promise.all([
    import('./pdf.ts'),
    import('./picture.ts'),
  ]);
  const bytes = await createInvoicePdf(toInvoice(facts), drawText);
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `invoice-${facts.receipt.number}.pdf`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Downloads the invoice of a receipt as a PDF. */
export function InvoiceButton({ facts }: { readonly facts: InvoiceFacts }): ReactNode {
  const making = useMutation({ mutationFn: download });
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-small"
        aria-label={`Invoice ${facts.receipt.number} as PDF`}
        disabled={making.isPending}
        onClick={() => making.mutate(facts)}
      >
        PDF
      </button>
      <Refusal error={making.error} what="The PDF was not made" />
    </>
  );
}
