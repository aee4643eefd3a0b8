import {
  concatBytes,
  encodeWindow,
  TonneError,
  type ErrorCode,
  type SealedWindow,
} from '@truetonne/protocol';

/** What the receiver said of one window; `code` is of the error catalogue where it knows it. */
export type Verdict = { readonly status: 'accepted' | 'duplicate' } | Refused;

interface Refused {
  readonly status: 'refused';
  readonly code: string;
  readonly detail: string;
}

export interface PostOptions {
  /** Replaces the platform's own. */
  readonly fetch?: typeof fetch | undefined;
  /** Ends requests that are under way. */
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 30_000;
const UNREACHABLE = 'ORACLE_UNREACHABLE' satisfies ErrorCode;

/** Statuses after which the same request may succeed: timeout, too many requests, server failures. */
const isTemporary = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** A way to the receiver: takes windows, answers with a verdict for each, in order. */
export type SendWindows = (windows: readonly SealedWindow[]) => Promise<readonly Verdict[]>;

/** Sends over HTTP. */
export function overHttp(oracleUrl: string, options: PostOptions = {}): SendWindows {
  return (windows) => postOnce(oracleUrl, windows, options);
}

/**
 * Posts windows in one request and returns a verdict for each, in order. Posting a window again is
 * harmless: it is answered `duplicate`.
 *
 * @throws TonneError ORACLE_UNREACHABLE when there is no answer or the receiver says to come again
 */
export async function postOnce(
  oracleUrl: string,
  windows: readonly SealedWindow[],
  options: PostOptions = {},
): Promise<readonly Verdict[]> {
  if (windows.length === 0) return [];
  const { status, body } = await send(oracleUrl, windows, options);
  if (isTemporary(status)) throw unreachable(oracleUrl, `HTTP ${String(status)}`);
  const verdicts = findVerdicts(body, windows.length);
  if (verdicts !== undefined) return verdicts;
  if (status < 400) throw unreachable(oracleUrl, `HTTP ${String(status)} without results`);
  if (windows.length === 1) {
    const verdict = refusalOf(body, status);
    // Without a code it is not the oracle that answers but something on the way, such as a hotspot.
    if (verdict.code === codeOf(status)) throw unreachable(oracleUrl, `HTTP ${String(status)}`);
    return [verdict];
  }
  // Refused as a whole, for its size or one bad window: halves find out which.
  const middle = Math.ceil(windows.length / 2);
  const first = await postOnce(oracleUrl, windows.slice(0, middle), options);
  return [...first, ...(await postOnce(oracleUrl, windows.slice(middle), options))];
}

async function send(
  oracleUrl: string,
  windows: readonly SealedWindow[],
  options: PostOptions,
): Promise<{ readonly status: number; readonly body: Fields }> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signals = options.signal === undefined ? [timeout] : [timeout, options.signal];
  try {
    const response = await (options.fetch ?? fetch)(new URL('/v1/windows', oracleUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Uint8Array.from(concatBytes(windows.map(encodeWindow))),
      signal: AbortSignal.any(signals),
    });
    return { status: response.status, body: fieldsOf(parseJson(await response.text())) };
  } catch (error) {
    throw unreachable(oracleUrl, describeFailure(error));
  }
}

/** `fetch` hides why a connection failed in `cause`. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function unreachable(oracleUrl: string, value: string): TonneError {
  return new TonneError(UNREACHABLE, { field: oracleUrl, value });
}

type Fields = ReadonlyMap<string, unknown>;

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

/** One verdict per window, or `undefined` when the answer does not have exactly that. */
function findVerdicts(body: Fields, count: number): readonly Verdict[] | undefined {
  const results: unknown = body.get('results');
  if (!Array.isArray(results) || results.length !== count) return undefined;
  return results.map((result) => {
    const fields = fieldsOf(result);
    const status = fields.get('status');
    return status === 'accepted' || status === 'duplicate' ? { status } : refusalOf(fields, 422);
  });
}

/** What a refusal is called that names no code. */
const codeOf = (status: number): string => `HTTP_${String(status)}`;

/** A refusal as RFC 9457 problem details, bare or under `problem`. */
export function refusalOf(fields: Fields, status: number): Refused {
  const nested = fieldsOf(fields.get('problem') ?? fields.get('error'));
  const textOf = (name: string): string | undefined => {
    const text = fields.get(name) ?? nested.get(name);
    return typeof text === 'string' ? text : undefined;
  };
  return {
    status: 'refused',
    code: textOf('code') ?? codeOf(status),
    detail: textOf('detail') ?? textOf('title') ?? 'no reason given',
  };
}
