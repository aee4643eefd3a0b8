import { setTimeout } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../../scripts/lib/testTools.ts';

/** Keeps Chromium from looking for anything outside this machine. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Real Chromium without a window. Throws with what to do when this machine has none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      'no Chromium was found or could be installed: install it, or set CHROMIUM to its path',
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

export const DESKTOP = { width: 1280, height: 900 } as const;
export const PHONE = { width: 360, height: 780 } as const;

/** For a page that waits: a machine with much else to do needs longer, and no test passes by waiting. */
const PATIENCE_MS = 120_000;

/** A context that notes every request that leaves this machine and every error on a page. */
export async function openContext(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number },
): Promise<{
  readonly context: BrowserContext;
  readonly outside: string[];
  readonly errors: string[];
}> {
  const context = await browser.newContext({ viewport: { ...viewport } });
  context.setDefaultTimeout(PATIENCE_MS);
  const outside: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const local = hostname === '127.0.0.1' || hostname === 'localhost';
    if (protocol.startsWith('http') && !local) outside.push(request.url());
  });
  await delayAnswers(context);
  context.on('weberror', (error) => errors.push(error.error().message));
  return { context, outside, errors };
}

/** `E2E_DELAY_MS=500`: every answer takes about so long, which shows what acts before it knows. */
async function delayAnswers(context: BrowserContext): Promise<void> {
  const mean = Number(process.env['E2E_DELAY_MS'] ?? '0');
  if (mean === 0) return;
  await context.route(isOfAProgram, async (route) => {
    if (['fetch', 'xhr'].includes(route.request().resourceType())) {
      await setTimeout(mean * (0.5 + Math.random()));
    }
    await route.continue().catch(pageIsGone);
  });
}

/** Whether something else than a file of the page is asked for. */
function isOfAProgram({ pathname }: URL): boolean {
  return !/\.(js|css|woff2|svg|png)$/.test(pathname);
}

/** Keeps all answers of a server from a page, until they are let go. */
export async function holdAnswers(page: Page, url: string): Promise<() => void> {
  const { origin } = new URL(url);
  const held = Promise.withResolvers<undefined>();
  await page.route(
    (asked) => asked.origin === origin,
    async (route) => {
      await held.promise;
      await route.continue().catch(pageIsGone);
    },
  );
  return () => held.resolve(undefined);
}

function pageIsGone(): void {
  // Nobody waits for the answer any more.
}
