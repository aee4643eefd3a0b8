import type { Hex } from '../bytes.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { TonneError, type ErrorDetails } from '../errors/tonneError.ts';

/** The laws of docs/invariants.md that a verifier can see broken. */
export const LAWS = {
  noEnergyFromNowhere: '1 No energy from nowhere',
  once: '2 Once',
  onlyDown: '3 Only down',
  sameBytes: '6 Same bytes',
  sameNumber: '7 Same number',
} as const;

export type Law = keyof typeof LAWS;

/** Where in the batch it is: a window by device and sequence, and a reading in it. */
export interface Place {
  readonly windowIndex?: number;
  readonly deviceId?: Hex;
  readonly sequence?: number;
  readonly readingIndex?: number;
}

/** The first thing that is wrong with a batch: which law, which reading, why. */
export interface VerificationFailure {
  readonly law: Law;
  readonly code: ErrorCode;
  readonly place: Place;
  readonly message: string;
}

export class VerificationError extends TonneError {
  readonly law: Law;
  readonly place: Place;

  constructor(law: Law, code: ErrorCode, details: ErrorDetails, place: Place = {}) {
    super(code, details);
    this.law = law;
    this.place = place;
  }
}

export function toFailure(error: unknown): VerificationFailure {
  if (error instanceof VerificationError) {
    return { law: error.law, code: error.code, place: error.place, message: error.message };
  }
  if (error instanceof TonneError) {
    return { law: 'sameBytes', code: error.code, place: {}, message: error.message };
  }
  throw error;
}

/** Runs a check and names law and place of what it throws. */
export function at<T>(law: Law, place: Place, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof TonneError)) throw error;
    throw new VerificationError(law, error.code, error.details, place);
  }
}
