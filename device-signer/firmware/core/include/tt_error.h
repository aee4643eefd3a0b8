#ifndef TT_ERROR_H
#define TT_ERROR_H

/**
 * What a function of the core answers. A name is TT_ and the code of the one error catalogue
 * (docs/errors.md), so a log line of a device can be looked up there. Numbers are never given another
 * meaning and never reordered: they stand in logs of devices in the field. New ones go to the end.
 */
typedef enum tt_error {
  TT_OK = 0,

  /* SPEC sections 2 to 4: a window, a reading or a claim alone. */
  TT_CLAIM_INVALID = 1,
  TT_WINDOW_TRUNCATED = 2,
  TT_COUNT_MISMATCH = 3,
  TT_COUNT_OUT_OF_RANGE = 4,
  TT_VERSION_UNKNOWN = 5,
  TT_FLAGS_UNKNOWN = 6,
  TT_VALUE_OUT_OF_RANGE = 7,
  TT_DOMAIN_MISMATCH = 8,
  TT_TIME_ORDER = 9,
  TT_READING_NOT_CANONICAL = 10,
  TT_READING_TIME_ORDER = 11,
  TT_READING_REGISTER_ORDER = 12,
  TT_READINGS_HASH_MISMATCH = 13,
  TT_SIGNATURE_HIGH_S = 14,
  TT_PUBLIC_KEY_MISMATCH = 15,
  TT_SIGNATURE_INVALID = 16,
  TT_NOT_DEVICE_OWNER = 17,

  /* SPEC section 4: a window after another. */
  TT_SEQUENCE_GAP = 18,
  TT_SEQUENCE_REPLAY = 19,
  TT_CHAIN_BROKEN = 20,
  TT_TIME_OVERLAP = 21,
  TT_REGISTER_ROLLBACK = 22,

  /* SPEC section 9. */
  TT_STATEMENT_INVALID = 23,

  /* The life of a device. */
  TT_CONFIGURATION_INVALID = 32,
  TT_DEVICE_ALREADY_CLAIMED = 33,
  TT_DEVICE_NOT_CLAIMED = 34,
  TT_DEVICE_REVOKED = 35,
  TT_DEVICE_CLOCK_NOT_SET = 36,
  TT_DEVICE_BUFFER_FULL = 37,
  TT_DEVICE_STORE_FAILED = 38,
  TT_DEVICE_STORE_CORRUPT = 39,
  TT_DEVICE_SIGNER_FAILED = 40,
  TT_CAPACITY_EXCEEDED = 41,
  TT_WINDOW_UNKNOWN = 42,
  TT_ORACLE_UNREACHABLE = 43
} tt_error;

/** The code in the catalogue, such as "TIME_OVERLAP"; "OK" for TT_OK, "INTERNAL" for no such number. */
const char *tt_error_code(tt_error error);

#endif
