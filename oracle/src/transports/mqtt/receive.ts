import { setTimeout as sleep } from 'node:timers/promises';
import { TonneError, type Hex } from '@truetonne/protocol';
import { acceptWindows, type Acceptance, type WindowResult } from '../../ingest/accept.ts';
import { decodeBinaryBody, type SentWindow } from '../../ingest/decodeBody.ts';

/**
 * Stores the windows of a message. While a device is over its limits it waits, up to `holdMs`: that
 * slows the device down and nobody else.
 *
 * @throws TonneError RATE_LIMITED after that, STORE_UNAVAILABLE
 */
export async function receiveMessage(
  acceptance: Acceptance,
  deviceId: Hex,
  payload: Uint8Array,
  holdMs: number,
): Promise<readonly WindowResult[]> {
  const origin = { transport: 'mqtt', deviceId } as const;
  const deadline = performance.now() + holdMs;
  const settled: WindowResult[] = [];
  let sent: readonly SentWindow[] = decodeBinaryBody(payload);
  for (;;) {
    const results = await acceptWindows(acceptance, sent, origin);
    const limited = sent.filter((_, index) => isLimited(results[index]));
    settled.push(...results.filter((result) => !isLimited(result)));
    if (limited.length === 0) return settled;
    const pause = 1000 * Math.max(1, ...results.map(retryAfterOf));
    if (performance.now() + pause > deadline) {
      throw new TonneError('RATE_LIMITED', { field: 'deviceId', value: deviceId });
    }
    await sleep(pause);
    sent = limited;
  }
}

function isLimited(result: WindowResult | undefined): boolean {
  return result?.status === 'refused' && result.error.code === 'RATE_LIMITED';
}

function retryAfterOf(result: WindowResult): number {
  return result.status === 'refused' ? (result.retryAfter ?? 0) : 0;
}
