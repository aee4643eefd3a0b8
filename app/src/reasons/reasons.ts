import { CATALOGUE, isErrorCode } from '@truetonne/protocol';

/** The words of the catalogue for a reason code; an unknown code stands for itself. */
export function titleOf(code: string): string {
  return isErrorCode(code) ? CATALOGUE[code].title : code;
}

/** What to do about a reason; nothing is known for an unknown code. */
export function todoOf(code: string): string | undefined {
  return isErrorCode(code) ? CATALOGUE[code].todo : undefined;
}
