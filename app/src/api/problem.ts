import { isRecord } from './parse.ts';

/** A refusal of the oracle: problem details of RFC 9457 with the catalogue's code. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  /** When it is worth asking again, where the answer says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    title: string,
    detail: string | undefined,
    retryAfterSeconds?: number,
  ) {
    super(title);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}

/** Reads a problem out of an answer; an answer without one still says its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  const fields = isRecord(body) ? body : {};
  return new Problem(
    response.status,
    optionalText(fields['code']) ?? `HTTP_${response.status}`,
    optionalText(fields['title']) ?? `The service answered ${response.status}`,
    optionalText(fields['detail']),
    secondsOf(response.headers.get('retry-after')),
  );
}

/** The service did not answer at all. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly service: string;

  constructor(service: string, cause: unknown) {
    super(`${service} can't be reached`, { cause });
    this.service = service;
  }
}

/** `fetch` that tells a silent service ({@link Unreachable}) from one that refuses. */
export async function reach(service: string, url: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new Unreachable(service, cause);
  }
}
