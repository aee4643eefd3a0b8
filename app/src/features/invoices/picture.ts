/** Pixels for each point, to be sharp in print. */
const SHARP = 4;
/** Height of a line in sizes of its font. */
const LINE = 1.4;

/** A line of text as PNG, in whatever script. @throws Error when the browser draws no pictures */
export async function drawText(text: string, size: number): Promise<Uint8Array> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures');
  const font = `${size * SHARP}px sans-serif`;
  context.font = font;
  canvas.width = Math.ceil(context.measureText(text).width) + SHARP;
  canvas.height = Math.ceil(size * SHARP * LINE);
  // A canvas that gets another size forgets its font.
  context.font = font;
  context.textBaseline = 'middle';
  context.fillText(text, 0, canvas.height / 2);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('This browser makes no pictures');
  return new Uint8Array(await blob.arrayBuffer());
}
