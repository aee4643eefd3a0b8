/** A certificate as a PDF: the picture that the chain draws, and a QR code that opens the verifier. */
import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from 'pdf-lib';
import { create } from 'qrcode';

/** A4 lying, points. */
const [WIDTH, HEIGHT] = [842, 595];
const MARGIN = 40;
/** The picture is 1000 x 720. */
const PICTURE_WIDTH = 560;
const PICTURE_HEIGHT = (PICTURE_WIDTH * 720) / 1000;
const QR_SIDE = 150;
const GREEN = rgb(0x2e / 255, 0x7d / 255, 0x32 / 255);
const TEXT = rgb(0.13, 0.13, 0.13);

export interface CertificateDocument {
  /** PNG of the on-chain picture. */
  readonly picture: Uint8Array;
  /** Page that verifies the certificate. */
  readonly url: string;
  readonly title: string;
  /** Lines of plain text, in ASCII: what a screen reader and a search find. */
  readonly lines: readonly string[];
}

/** The bytes of the PDF. */
export async function createPdf(certificate: CertificateDocument): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle(certificate.title);
  document.setSubject(certificate.url);
  document.setCreator('TrueTonne');
  const page = document.addPage([WIDTH, HEIGHT]);
  const picture = await document.embedPng(certificate.picture);
  const top = HEIGHT - MARGIN;
  page.drawImage(picture, {
    x: MARGIN,
    y: top - PICTURE_HEIGHT,
    width: PICTURE_WIDTH,
    height: PICTURE_HEIGHT,
  });
  const left = MARGIN + PICTURE_WIDTH + 30;
  drawQr(page, certificate.url, left, top - QR_SIDE);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  page.drawText('Scan to verify', {
    x: left,
    y: top - QR_SIDE - 20,
    size: 12,
    font: bold,
    color: GREEN,
  });
  const font = await document.embedFont(StandardFonts.Helvetica);
  drawLines(page, font, certificate);
  return document.save();
}

function drawLines(page: PDFPage, font: PDFFont, { lines, url }: CertificateDocument): void {
  const top = HEIGHT - MARGIN - PICTURE_HEIGHT - 26;
  [...lines, `Verify: ${url}`].forEach((line, index) => {
    page.drawText(line, { x: MARGIN, y: top - index * 15, size: 9, font, color: TEXT });
  });
}

/** Modules as squares, so that they stay sharp at any size. */
function drawQr(page: PDFPage, text: string, x: number, y: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = QR_SIDE / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue;
      page.drawRectangle({
        x: x + column * side,
        y: y + QR_SIDE - (row + 1) * side,
        width: side,
        height: side,
        color: TEXT,
      });
    }
  }
}
