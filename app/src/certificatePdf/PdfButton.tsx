import { useState, type ReactNode } from 'react';
import { Failure } from '../ui/index.ts';

/** What a PDF of a certificate is made of. */
export interface PrintedCertificate {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly title: string;
  /** A `data:` address of an SVG of 1000 x 720. */
  readonly image: string;
  /** Of the page that verifies it, which the QR code opens. */
  readonly path: string;
  /** Plain text for search and screen readers, in ASCII; names in other scripts are in the picture. */
  readonly lines: readonly string[];
}

async function createFile({ title, image, path, lines }: PrintedCertificate): Promise<Blob> {
  // Loaded on demand: few visitors print.
  const [{ createPdf }, { toPng }] = await Promise.all([
    import('./pdf.ts'),
    import('./picture.ts'),
  ]);
  const picture = await toPng(image);
  const bytes = await createPdf({ picture, url: `${location.origin}${path}`, title, lines });
  return new Blob([new Uint8Array(bytes)], { type: 'application/pdf' });
}

/** Downloads a certificate as a PDF, made in this browser. */
export function PdfButton({
  certificate,
}: {
  readonly certificate: PrintedCertificate;
}): ReactNode {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const download = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const url = URL.createObjectURL(await createFile(certificate));
      const link = document.createElement('a');
      link.href = url;
      link.download = `${certificate.name}.pdf`;
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
