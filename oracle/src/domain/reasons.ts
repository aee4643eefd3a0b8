import type { ErrorCode } from '@truetonne/protocol';

/** A reason that no methodology changes: it follows from SPEC. */
export interface FixedReason {
  readonly code: ErrorCode;
  /** `refuse`: never stored. `wait`: judged later. `deduct`: stored, and counts for nothing. */
  readonly severity: 'refuse' | 'wait' | 'deduct';
  readonly source: string;
}

const refuse = (code: ErrorCode, source: string): FixedReason => ({
  ...{ code, severity: 'refuse', source },
});
const deduct = (code: ErrorCode, source: string): FixedReason => ({
  ...{ code, severity: 'deduct', source },
});
const wait = (code: ErrorCode, source: string): FixedReason => ({
  ...{ code, severity: 'wait', source },
});

/** What the oracle says of a window or reading besides what a methodology's version names. */
export const FIXED_REASONS: readonly FixedReason[] = [
  refuse('SIGNATURE_INVALID', 'SPEC section 4, 6'),
  refuse('SIGNATURE_HIGH_S', 'SPEC section 4, 6'),
  refuse('DEVICE_UNKNOWN', 'SPEC section 4, 6: registration on the chain'),
  refuse('DOMAIN_MISMATCH', 'SPEC section 4, 3: replay on another chain or registry'),
  refuse('EQUIVOCATION', 'SPEC section 9: the key was copied'),
  refuse('TIME_FUTURE', 'Meetcode elektriciteit 5.3.9 e: the clock is in sync'),
  refuse('TIME_TOO_OLD', 'SPEC section 2: crediting starts with the claim'),
  refuse('DEVICE_REVOKED', 'SPEC section 8'),
  wait('DEVICE_UNBOUND', 'SPEC section 8'),
  wait('PREDECESSOR_MISSING', 'SPEC section 4: windows succeed each other'),
  wait('METER_REPLACEMENT_PENDING', 'SPEC section 9'),
  deduct('SEQUENCE_GAP', 'SPEC section 6'),
  deduct('TIME_GAP', 'SPEC section 6'),
  deduct('CHAIN_BROKEN', 'SPEC section 6'),
  deduct('REGISTER_ROLLBACK', 'SPEC section 6; Meetcode elektriciteit 5.3.9 b: not below zero'),
  deduct('CAPACITY_EXCEEDED', 'SPEC section 7'),
  deduct('TIME_OVERLAP', 'SPEC section 6'),
  deduct('VINTAGE_SPAN', 'SPEC section 6'),
  deduct('OUTSIDE_CREDITING_PERIOD', 'SPEC section 6'),
  deduct('PERIOD_CLOSED', 'its place was judged as a gap before it came'),
  deduct('DEVICE_FROZEN', 'SPEC section 9'),
  deduct('CHECK_METER_NOT_CREDITED', 'SPEC section 6: energy of one wire is credited once'),
  deduct('CALIBRATION_OVERDUE', 'VVS-PA 03.0, paragraphs 366-368: delayed calibration'),
  deduct('INVOICE_DIFFERS', 'GCCM001 v4, monitoring: the most conservative of meter and invoice'),
];
