/** What a person hands to a page or a device to the oracle, and the dialog that sends it. */
import type { Page } from 'playwright-core';
import type { LightSystem } from './light.ts';

/** A file of the person's computer. */
export const file = (name: string, content: string | Uint8Array) => ({
  ...{ name, mimeType: 'application/octet-stream' },
  buffer: Buffer.from(content),
});

/**
 * Sends what a dialog shows, and waits for what it says in the end, and for more that is to come before
 * the person closes it.
 */
export async function sendAndClose(
  page: Page,
  action: string,
  done: RegExp,
  more: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: action }).click();
  await dialog.getByText(done).waitFor();
  await more();
  await dialog.getByRole('button', { name: 'Done' }).click();
}

/** Posts windows one by one, as devices do. */
export async function postWindows(
  { urls }: LightSystem,
  windows: readonly Uint8Array[],
): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  for (const window of windows) {
    const body = Uint8Array.from(window);
    await fetch(`${urls.oracle}/v1/windows`, { method: 'POST', headers, body });
  }
}
