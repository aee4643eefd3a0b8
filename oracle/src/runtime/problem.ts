import { CATALOGUE, TonneError, type ErrorCode } from '@truetonne/protocol';

/** Problem details (RFC 9457) with the catalogue's code; `field` and `value` say what was wrong. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly field?: string;
  readonly value?: string;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** Longest piece of a request that an error repeats. */
const MAX_VALUE = 200;

/** What an error says by code, also where Drizzle wrapped it: everything that throws in a statement. */
export function findTonneError(error: unknown): TonneError | undefined {
  if (error instanceof TonneError) return error;
  if (error instanceof Error && error.cause instanceof TonneError) return error.cause;
  return undefined;
}

/** Whether it was trouble with the database that passes, and nothing that another try would not mend. */
export function isStoreTrouble(error: unknown): boolean {
  return findTonneError(error)?.code === 'STORE_UNAVAILABLE';
}

/** The problem details of an error; what is not ours is INTERNAL and says nothing of the inside. */
export function problemOf(error: unknown): Problem {
  const known = findTonneError(error) ?? new TonneError('INTERNAL');
  const { code, details, message } = known;
  const { title, status } = CATALOGUE[code];
  return {
    type: `urn:truetonne:error:${code}`,
    title,
    status,
    code,
    detail: message.length > 1_000 ? `${message.slice(0, 1_000)}...` : message,
    ...(details.field !== undefined && { field: details.field }),
    ...(details.value !== undefined && { value: details.value.slice(0, MAX_VALUE) }),
  };
}

/** The error with its field moved to a place in the request: `signature` to `windows[3].signature`. */
export function atPlace(error: TonneError, where: string): TonneError {
  const { field } = error.details;
  if (where === '' || field === undefined) return error;
  return new TonneError(error.code, { ...error.details, field: `${where}${field}` });
}
