/** An invoice as a PDF, made in this browser from what the chain says. */
import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from 'pdf-lib';
import type { Invoice } from './invoice.ts';

/** A4 standing, points. */
const [WIDTH, HEIGHT] = [595, 842];
const MARGIN = 48;
const LABEL_WIDTH = 150;
const LINE = 16;
const SIZE = 10;
const GREEN = rgb(0x2e / 255, 0x7d / 255, 0x32 / 255);
const TEXT = rgb(0.13, 0.13, 0.13);

/** Draws a line of text as PNG, for scripts that the fonts of PDF do not have. */
export type DrawText = (text: string, size: number) => Promise<Uint8Array>;

interface Sheet {
  readonly document: PDFDocument;
  readonly page: PDFPage;
  readonly font: PDFFont;
  readonly bold: PDFFont;
  readonly draw: DrawText;
}

/** The bytes of the PDF. */
export async function createInvoicePdf(invoice: Invoice, draw: DrawText): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle(`${invoice.title} ${invoice.number}`);
  document.setCreator('TrueTonne');
  document.setLanguage('en');
  const page = document.addPage([WIDTH, HEIGHT]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  const sheet = { document, page, font, bold, draw };
  let y = HEIGHT - MARGIN - 20;
  page.drawText(invoice.title, { x: MARGIN, y, size: 24, font: bold, color: GREEN });
  y -= 2 * LINE;
  y = await putBlock(sheet, 'From', invoice.seller, y);
  y = await putBlock(sheet, 'To', invoice.billedTo, y);
  for (const row of invoice.rows) y = await putRow(sheet, row, y, font);
  const end = { x: WIDTH - MARGIN, y: y + 6 };
  page.drawLine({ start: { x: MARGIN, y: y + 6 }, end, thickness: 1, color: GREEN });
  y = await putRow(sheet, invoice.total, y - LINE / 2, bold);
  y -= LINE;
  for (const line of invoice.proof) y = await put(sheet, line, MARGIN, y, 8);
  return document.save();
}

async function putBlock(
  sheet: Sheet,
  heading: string,
  lines: readonly string[],
  top: number,
): Promise<number> {
  const { page, bold } = sheet;
  page.drawText(heading, { x: MARGIN, y: top, size: SIZE, font: bold, color: TEXT });
  let y = top - LINE;
  for (const line of lines) y = await put(sheet, line, MARGIN, y, SIZE);
  return y - LINE;
}

async function putRow(
  sheet: Sheet,
  [label, value]: readonly [string, string],
  y: number,
  font: PDFFont,
): Promise<number> {
  sheet.page.drawText(label, { x: MARGIN, y, size: SIZE, font, color: TEXT });
  return put({ ...sheet, font }, value, MARGIN + LABEL_WIDTH, y, SIZE);
}

/** Puts a line, smaller where it is too wide; answers where the next one goes. */
async function put(
  sheet: Sheet,
  text: string,
  x: number,
  y: number,
  size: number,
): Promise<number> {
  const { page, font, document, draw } = sheet;
  const room = WIDTH - MARGIN - x;
  if (canWrite(font, text)) {
    const fitting = Math.min(size, (size * room) / font.widthOfTextAtSize(text, size));
    page.drawText(text, { x, y, size: fitting, font, color: TEXT });
    return y - LINE;
  }
  const picture = await document.embedPng(await draw(text, size));
  const scale = Math.min((size * 1.4) / picture.height, room / picture.width);
  const [width, height] = [picture.width * scale, picture.height * scale];
  page.drawImage(picture, { x, y: y - size * 0.4, width, height });
  return y - LINE;
}

function canWrite(font: PDFFont, text: string): boolean {
  try {
    font.encodeText(text);
    return true;
  } catch {
    return false;
  }
}
