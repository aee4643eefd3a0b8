import { CATALOGUE, type ErrorCode } from './catalogue.ts';

/** What was wrong and where: the field, its value, and what would have been right. */
export interface ErrorDetails {
  readonly field?: string;
  readonly value?: string;
  readonly expected?: string;
}

/** A failure with a code of the catalogue; the message says what, with the value, and what to do. */
export class TonneError extends Error {
  override readonly name = 'TonneError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(messageOf(code, details));
    this.code = code;
    this.details = details;
  }
}

function messageOf(code: ErrorCode, { field, value, expected }: ErrorDetails): string {
  const { title, todo } = CATALOGUE[code];
  const where = field === undefined ? '' : ` (${field}${value === undefined ? '' : ` = ${value}`})`;
  const right = expected === undefined ? '' : `; expected ${expected}`;
  return `${title}${where}${right}. ${todo}`;
}
