import type { CatalogueEntry } from './entry.ts';

/** Failures of bytes: claims, headers, readings, signatures. */
export const bytes = {
  CLAIM_INVALID: {
    status: 400,
    title: 'The claim is not 112 bytes of version 1 for this registry',
    todo: 'Make the claim anew with the domain of this registry and the owner that sends it.',
  },
  COUNT_MISMATCH: {
    status: 400,
    title: 'The number of readings is not the count in the header',
    todo: 'Send exactly `count` readings of 88 bytes after the signature.',
  },
  COUNT_OUT_OF_RANGE: {
    status: 400,
    title: 'A window holds 1 to 256 readings',
    todo: 'Seal at most 256 readings into one window.',
  },
  DOMAIN_MISMATCH: {
    status: 400,
    title: 'The window was signed for another registry or chain',
    todo: 'Set the device to the domain of this registry and seal again.',
  },
  FLAGS_UNKNOWN: {
    status: 400,
    title: 'The header carries flags that this version does not know',
    todo: 'Clear the unknown flag bits or upgrade the receiver.',
  },
  PUBLIC_KEY_MISMATCH: {
    status: 400,
    title: 'The public key is not the one that the device id was made from',
    todo: 'Send the public key whose SHA-256 is the device id.',
  },
  READING_NOT_CANONICAL: {
    status: 400,
    title: 'A field that was not measured is not zero, or an unknown field is marked as present',
    todo: 'Zero the bytes of absent fields and clear unknown bits of `present`.',
  },
  READING_REGISTER_ORDER: {
    status: 400,
    title: 'Registers fall within the window or do not end at those of the header',
    todo: 'Copy the registers of the last reading into the header.',
  },
  READING_TIME_ORDER: {
    status: 400,
    title: 'Times of the readings do not ascend from openedAt to closedAt',
    todo: 'Order the readings by time; the last one closes the window.',
  },
  READINGS_HASH_MISMATCH: {
    status: 400,
    title: 'The readings are not those that the header commits to',
    todo: 'Send the very bytes that were hashed into the header.',
  },
  REGISTRATION_INVALID: {
    status: 400,
    title: 'A registration is not made of whole records of 244 bytes',
    todo: 'Join one record per device: claim 112, public key 64, signature 64, capacityW 4.',
  },
  SIGNATURE_HIGH_S: {
    status: 400,
    title: 'The signature has a high s',
    todo: 'Replace s by n - s.',
  },
  SIGNATURE_INVALID: {
    status: 400,
    title: "The signature is not the device's over this header",
    todo: 'Sign the 176 header bytes with the key that the device id was made from.',
  },
  STATEMENT_INVALID: {
    status: 400,
    title: 'A statement, its public key or its signature has the wrong length',
    todo: 'A rotation has 108 bytes, a meter replacement 132, a header 176, key and signature 64 each.',
  },
  TIME_ORDER: {
    status: 400,
    title: 'The window closes before it opens',
    todo: 'Set openedAt to the start of the first interval and closedAt to the last reading.',
  },
  VALUE_NOT_EXACT: {
    status: 400,
    title: 'A JSON value can not be packed exactly',
    todo: 'Send no more decimals than the table in SPEC.md gives the field.',
  },
  VALUE_OUT_OF_RANGE: {
    status: 400,
    title: 'A number is outside the limits of its field',
    todo: 'See the limits in SPEC.md.',
  },
  VERSION_UNKNOWN: {
    status: 400,
    title: 'The bytes do not begin with a version that is known here',
    todo: 'Use version 1 of SPEC.md.',
  },
  WINDOW_TRUNCATED: {
    status: 400,
    title: 'The window is shorter than its header and signature',
    todo: 'Send header (176), signature (64) and readings (88 each).',
  },
} as const satisfies Record<string, CatalogueEntry>;
