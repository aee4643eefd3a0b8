import { setTimeout as sleep } from 'node:timers/promises';
import { isErrorCode, TonneError, type SealedWindow } from '@truetonne/protocol';
import type { Answer, Device } from './device.ts';
import { postOnce, type PostOptions, type SendWindows, type Verdict } from './post.ts';

/** Windows in one request. */
const REQUEST_LIMIT = 100;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** `postWindows` gives up after so many failures in a row, about a minute. */
const LAST_ATTEMPT = 8;

/** Refusals that pass: the claim or a change of plan is still on its way, or the clock is ahead. */
const PASSING = new Set(['DEVICE_UNKNOWN', 'DEVICE_UNBOUND', 'ENTITLEMENT_DEVICES', 'TIME_FUTURE']);

export interface Refusal {
  readonly sequence: number;
  readonly code: string;
  readonly detail: string;
}

/** What one round of delivery did. */
export interface Delivery {
  readonly delivered: number;
  readonly refused: readonly Refusal[];
  /** Why the rest has to wait; `undefined` when nothing waits. */
  readonly waitingFor: string | undefined;
}

/**
 * Sends the oldest pending windows of a device, at most 100, and settles those with a final answer. A
 * window that has to wait holds back all after it, so that the receiver sees them in order.
 */
export async function deliverPending(device: Device, send: SendWindows): Promise<Delivery> {
  const windows = device.pending(REQUEST_LIMIT);
  let verdicts: readonly Verdict[];
  try {
    verdicts = await send(windows);
  } catch (error) {
    if (!(error instanceof TonneError)) throw error;
    return { delivered: 0, refused: [], waitingFor: error.message };
  }
  const waiting = verdicts.findIndex(isPassing);
  const final = waiting === -1 ? verdicts : verdicts.slice(0, waiting);
  const answers = windows.slice(0, final.length).map<Answer>((window, index) => ({
    window,
    refused: final[index]?.status === 'refused',
  }));
  device.settle(answers);
  const refused = final.flatMap((verdict, index) => {
    const sequence = windows[index]?.header.sequence ?? 0;
    return verdict.status === 'refused' ? [{ ...verdict, sequence }] : [];
  });
  const held = verdicts[waiting];
  const waitingFor = held?.status === 'refused' ? `${held.code}: ${held.detail}` : undefined;
  return { delivered: final.length - refused.length, refused, waitingFor };
}

function isPassing(verdict: Verdict): boolean {
  return verdict.status === 'refused' && PASSING.has(verdict.code);
}

/** How long to wait before the next attempt: doubling, with a random half so that fleets spread out. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return longest * (0.5 + random() / 2);
}

/**
 * Posts windows that no device folder keeps, in order, 100 a request, and waits while the receiver is
 * away or does not know the device yet.
 *
 * @throws TonneError ORACLE_UNREACHABLE after about a minute; the code of the first window refused
 */
export async function postWindows(
  oracleUrl: string,
  windows: readonly SealedWindow[],
  options: PostOptions = {},
): Promise<void> {
  let done = 0;
  let failures = 0;
  while (done < windows.length) {
    const { settled, failure } = await attempt(
      oracleUrl,
      windows.slice(done, done + REQUEST_LIMIT),
      options,
    );
    done += settled;
    if (failure === undefined) continue;
    failures = settled > 0 ? 1 : failures + 1;
    if (failures === LAST_ATTEMPT) throw failure;
    await sleep(
      backoffMs(failures),
      undefined,
      options.signal === undefined ? {} : { signal: options.signal },
    );
  }
}

/** How many of the windows are with the receiver now, and what passing failure stopped the rest. */
async function attempt(
  oracleUrl: string,
  windows: readonly SealedWindow[],
  options: PostOptions,
): Promise<{ readonly settled: number; readonly failure: TonneError | undefined }> {
  let verdicts: readonly Verdict[];
  try {
    verdicts = await postOnce(oracleUrl, windows, options);
  } catch (failure) {
    if (!(failure instanceof TonneError)) throw failure;
    return { settled: 0, failure };
  }
  const settled = verdicts.findIndex(({ status }) => status === 'refused');
  const verdict = verdicts[settled];
  if (verdict?.status !== 'refused') return { settled: windows.length, failure: undefined };
  const { sequence } = windows[settled]?.header ?? {};
  const failure = new TonneError(isErrorCode(verdict.code) ? verdict.code : 'WINDOWS_REFUSED', {
    field: `sequence ${String(sequence)}`,
    value: verdict.detail,
  });
  if (!isPassing(verdict)) throw failure;
  return { settled, failure };
}
