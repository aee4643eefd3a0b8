/** Twice the size of the drawing, to be sharp in print. */
const [WIDTH, HEIGHT] = [2_000, 1_440];

/** Draws an SVG at a `data:` address as PNG. @throws Error when the browser can't */
export async function toPng(image: string): Promise<Uint8Array> {
  const element = new Image(WIDTH, HEIGHT);
  element.src = image;
  await element.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures');
  context.drawImage(element, 0, 0, WIDTH, HEIGHT);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('This browser makes no pictures');
  return new Uint8Array(await blob.arrayBuffer());
}
