import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openContext, PHONE } from '../support/browser.ts';
import { assertSound } from '../support/opening.ts';

/** Until nothing of a page is still on its way. */
async function loaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('load');
  await page.waitForFunction(() => {
    const said = Array.from(document.querySelectorAll('[role="status"]'), (one) => one.textContent);
    return !said.some((text) => text.startsWith('Loading'));
  });
}

/**
 * Every page as it is with what the system holds by then: light on a wide screen and dark on a narrow
 * one, as axe takes a second for each look; its colours don't depend on its width.
 */
export function testPages(
  whose: string,
  where: () => { readonly browser: Browser; readonly app: string },
  paths: readonly string[],
): void {
  for (const [size, colorScheme] of [
    [DESKTOP, 'light'],
    [PHONE, 'dark'],
  ] as const) {
    test(`no page ${whose} has a serious fault for axe, scrolls sideways or calls outside at ${size.width} px, ${colorScheme}`, async () => {
      const { browser, app } = where();
      const { context, outside, errors } = await openContext(browser, size);
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme });
      for (const path of paths) {
        await page.goto(`${app}${path}`);
        await loaded(page);
        await assertSound(page);
      }
      assert.deepEqual(outside, []);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
}
