/** A cancellation as a picture, in the form of the certificate that the chain draws of a retirement. */
import type { Cancellation } from '../../api/indexer/index.ts';
import { count, date } from '../../ui/format.ts';

const [WIDTH, HEIGHT] = [1_000, 720];
/** Letters of a line, at its size in the picture. */
const LINE_WIDTH = 66;
const LINE_HEIGHT = 28;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Words of a stranger as text of an SVG: no markup, no control characters, no turned direction. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Cut after so many letters, whatever they are: no word is wider than the picture. */
function linesOf(text: string): readonly string[] {
  const letters = [...text];
  const lines = Math.ceil(letters.length / LINE_WIDTH);
  return Array.from({ length: lines }, (_, line) =>
    letters.slice(line * LINE_WIDTH, (line + 1) * LINE_WIDTH).join(''),
  );
}

interface Line {
  readonly text: string;
  readonly size: number;
  readonly colour: string;
}

const GREEN = '#2E7D32';
const TEXT = '#212121';
const MUTED = '#616161';

/** A label, and what it labels on as many lines as it takes. */
function labelled(label: string, text: string): readonly Line[] {
  return [
    { text: label, size: 16, colour: MUTED },
    ...linesOf(text).map((line) => ({ text: line, size: 22, colour: TEXT })),
  ];
}

export interface DrawnCancellation {
  readonly cancellation: Cancellation;
  /** "Desert Sun, electricity of 2024". */
  readonly name: string;
  /** Of the contract that keeps the record. */
  readonly contract: string;
}

/** A `data:` address of an SVG. */
export function drawCancellation({ cancellation, name, contract }: DrawnCancellation): string {
  const { id, certificates, firstSerial, beneficiary, purpose, account, at } = cancellation;
  const last = firstSerial + certificates - 1n;
  const lines: readonly Line[] = [
    { text: 'Energy certificates, cancelled', size: 34, colour: GREEN },
    { text: `${count(certificates)} MWh`, size: 52, colour: TEXT },
    { text: name, size: 26, colour: TEXT },
    ...labelled('For', beneficiary === '' ? 'the account below' : beneficiary),
    ...labelled('Purpose', purpose === '' ? 'no purpose given' : purpose),
    ...labelled('Account', account),
    ...labelled('Serials', `${String(firstSerial)} to ${String(last)}, ${date(at)}`),
    { text: `Cancellation ${String(id)} of ${contract}`, size: 16, colour: MUTED },
  ];
  let y = 30;
  const texts = lines.map(({ text, size, colour }) => {
    y += size === 16 ? 34 : Math.max(size * 1.25, LINE_HEIGHT);
    return `<text x="60" y="${String(y)}" font-size="${String(size)}" fill="${colour}">${plain(text)}</text>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#FFFFFF"/>` +
    `<rect x="12" y="12" width="${WIDTH - 24}" height="${HEIGHT - 24}" rx="16" fill="none" stroke="${GREEN}" stroke-width="6"/>` +
    `${texts.join('')}</svg>`;
  return `data:image/svg+xml;base64,${toBase64(svg)}`;
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Plain text for search and screen readers of the PDF, in ASCII. */
export function printedLines({ cancellation, contract }: DrawnCancellation): readonly string[] {
  const { id, certificates, certificateId, firstSerial, account, at } = cancellation;
  const last = firstSerial + certificates - 1n;
  return [
    `TrueTonne cancellation ${String(id)} of energy certificates`,
    `${String(certificates)} MWh, certificate ${String(certificateId)}, serials ${String(firstSerial)} to ${String(last)}, cancelled on ${date(at)}`,
    `By ${account}, recorded by ${contract}`,
  ];
}
