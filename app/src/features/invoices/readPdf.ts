/** For tests: what a reader finds in a PDF of ours. */
import { decodePDFRawStream, PDFArray, PDFDocument, PDFRawStream } from 'pdf-lib';

/** The text of the first page, one piece a line. */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes);
  const contents = document.getPage(0).node.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
  const pieces = streams.flatMap((entry) => {
    const stream = entry === undefined ? undefined : document.context.lookup(entry);
    if (!(stream instanceof PDFRawStream)) return [];
    const code = Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
    return [...code.matchAll(/<([0-9A-F]+)> Tj/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').toString('latin1'),
    );
  });
  return pieces.join('\n');
}
