import { setTimeout as sleep } from 'node:timers/promises';
import { TonneError } from '@truetonne/protocol';
import { acceptWindows, type Acceptance, type Origin, type WindowResult } from './accept.ts';
import type { SentWindow } from './decodeBody.ts';

/**
 * Stores windows like `acceptWindows`. Those of devices over their limits wait until there is room, up
 * to `holdMs` in all: that slows the sender down and nobody else.
 *
 * @throws TonneError RATE_LIMITED after that, STORE_UNAVAILABLE; what `signal` is aborted with
 */
export async function acceptPatiently(
  acceptance: Acceptance,
  sent: readonly SentWindow[],
  origin: Origin,
  holdMs: number,
  signal?: AbortSignal,
): Promise<readonly WindowResult[]> {
  const deadline = performance.now() + holdMs;
  const results = [...(await acceptWindows(acceptance, sent, origin))];
  for (;;) {
    const limited = results.flatMap((result, index) => (isLimited(result) ? [index] : []));
    if (limited.length === 0) return results;
    const pause = 1000 * Math.max(1, ...results.map(retryAfterOf));
    if (performance.now() + pause > deadline) throw new TonneError('RATE_LIMITED');
    await sleep(pause, undefined, { ...(signal !== undefined && { signal }) });
    const again = sent.filter((_, index) => limited.includes(index));
    for (const [place, result] of (await acceptWindows(acceptance, again, origin)).entries()) {
      results[limited[place] ?? 0] = result;
    }
  }
}

/** Whether a window was refused only because its device, or its owner, sent too many. */
export function isLimited(result: WindowResult): boolean {
  return result.status === 'refused' && result.error.code === 'RATE_LIMITED';
}

/** Seconds after which there is room for a window; 0 when it needs none. */
export function retryAfterOf(result: WindowResult): number {
  return result.status === 'refused' ? (result.retryAfter ?? 0) : 0;
}
