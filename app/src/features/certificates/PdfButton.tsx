import { useState, type ReactNode } from 'react';
import type { Retirement } from '../../api/indexer/index.ts';
import { date, Failure, fixedPoint } from '../../ui/index.ts';
import type { CertificateToken } from './token.ts';

interface PdfButtonProps {
  readonly retirement: Retirement;
  readonly token: CertificateToken;
}

/** Plain text for search and screen readers; names in other scripts are in the picture. */
function linesOf({ retirement, token }: PdfButtonProps): readonly string[] {
  const { id, account, grams, at, creditId, firstSerial } = retirement;
  const last = firstSerial + grams - 1n;
  return [
    `TrueTonne retirement certificate ${String(id)}`,
    `${fixedPoint(grams, 6)} t CO2e, credit ${String(creditId)}, serials ${String(firstSerial)} to ${String(last)}, retired on ${date(at)}`,
    `In the name of ${account}, who holds the certificate: ${token.owner}`,
  ];
}

async function createFile(props: PdfButtonProps): Promise<Blob> {
  // Loaded on demand: few visitors print.
  const [{ createPdf }, { toPng }] = await Promise.all([
    import('./pdf.ts'),
    import('./picture.ts'),
  ]);
  const bytes = await createPdf({
    picture: await toPng(props.token.image),
    url: `${location.origin}/certificates/${String(props.retirement.id)}`,
    title: props.token.name,
    lines: linesOf(props),
  });
  return new Blob([new Uint8Array(bytes)], { type: 'application/pdf' });
}

/** Downloads the certificate as a PDF, made in this browser. */
export function PdfButton(props: PdfButtonProps): ReactNode {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const download = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const url = URL.createObjectURL(await createFile(props));
      const link = document.createElement('a');
      link.href = url;
      link.download = `certificate-${String(props.retirement.id)}.pdf`;
      link.click();
      URL.revokeObjectURL(url);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        disabled={busy}
        onClick={() => void download()}
      >
        {busy ? 'Making the PDF …' : 'Download as PDF'}
      </button>
      {error !== undefined && <Failure error={error} what="the PDF" />}
    </>
  );
}
