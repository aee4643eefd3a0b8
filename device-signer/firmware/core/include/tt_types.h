#ifndef TT_TYPES_H
#define TT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Sizes in bytes (device-signer/SPEC.md). */
#define TT_HASH_SIZE 32u
#define TT_PUBLIC_KEY_SIZE 64u
#define TT_SIGNATURE_SIZE 64u
#define TT_ADDRESS_SIZE 20u
#define TT_CLAIM_SIZE 112u
#define TT_READING_SIZE 88u
#define TT_HEADER_SIZE 176u
#define TT_ROTATION_SIZE 108u
#define TT_METER_REPLACEMENT_SIZE 132u

/** Bytes of a window before its readings: header and signature. */
#define TT_WINDOW_PREFIX_SIZE (TT_HEADER_SIZE + TT_SIGNATURE_SIZE)

#define TT_MAX_READINGS 256u

/** Bits of a header's `flags`. */
#define TT_FLAG_READINGS_MERGED 1u
#define TT_FLAG_CLOCK_ADJUSTED 2u
#define TT_FLAG_DEVICE_RESTARTED 4u

/** Device status (SPEC section 3); from 256 on the maker's own. */
#define TT_STATUS_NOT_STATED 0u
#define TT_STATUS_OPERATIONAL 1u
#define TT_STATUS_STANDBY 2u
#define TT_STATUS_WARNING 3u
#define TT_STATUS_FAULT 4u
#define TT_STATUS_MAINTENANCE 5u
#define TT_STATUS_OFFLINE 6u

/** Bits of a reading's `present`: a field whose bit is 0 was not measured and is 0. */
#define TT_HAS_ACTIVE_POWER (1u << 0)
#define TT_HAS_APPARENT_POWER (1u << 1)
#define TT_HAS_VOLTAGE (1u << 2)
#define TT_HAS_CURRENT (1u << 3)
#define TT_HAS_FREQUENCY (1u << 4)
#define TT_HAS_POWER_FACTOR (1u << 5)
#define TT_HAS_AMBIENT (1u << 6)
#define TT_HAS_IRRADIANCE (1u << 7)
#define TT_HAS_EFFICIENCY (1u << 8)
#define TT_HAS_BATTERY (1u << 9)
#define TT_HAS_SIGNAL (1u << 10)
#define TT_HAS_FIRMWARE (1u << 11)

/** Firmware version as a reading carries it; each part below 256, major below 32,768. */
#define TT_FIRMWARE(major, minor, patch) ((int32_t)((major)*65536 + (minor)*256 + (patch)))

/** A reading (SPEC section 3): registers in Wh at a time in Unix seconds, units in the names. */
typedef struct tt_reading {
  uint64_t at;
  uint64_t export_wh;
  uint64_t import_wh;
  uint32_t present;
  uint32_t status;
  int64_t active_power_mw;
  int64_t apparent_power_mva;
  int32_t voltage_mv;
  int32_t current_ma;
  int32_t frequency_mhz;
  int32_t power_factor_e4;
  int32_t ambient_mc;
  int32_t irradiance_mw_m2;
  int32_t efficiency_e4;
  int32_t battery_mv;
  int32_t signal_dbm;
  int32_t firmware;
} tt_reading;

/** The header of a window (SPEC section 4). */
typedef struct tt_header {
  uint8_t domain[TT_HASH_SIZE];
  uint8_t device_id[TT_HASH_SIZE];
  uint64_t sequence;
  uint64_t opened_at;
  uint64_t closed_at;
  uint64_t export_wh;
  uint64_t import_wh;
  uint16_t count;
  uint16_t flags;
  uint8_t readings_hash[TT_HASH_SIZE];
  uint8_t previous_hash[TT_HASH_SIZE];
} tt_header;

/** A claim (SPEC section 2). */
typedef struct tt_claim {
  uint8_t domain[TT_HASH_SIZE];
  uint8_t device_id[TT_HASH_SIZE];
  uint8_t owner[TT_ADDRESS_SIZE];
  uint64_t claimed_at;
  uint64_t export_wh;
  uint64_t import_wh;
} tt_claim;

/** The old key names the key after it (SPEC section 9). */
typedef struct tt_rotation {
  uint8_t domain[TT_HASH_SIZE];
  uint8_t device_id[TT_HASH_SIZE];
  uint8_t successor[TT_HASH_SIZE];
  uint64_t rotated_at;
} tt_rotation;

/** The meter behind a device was replaced (SPEC section 9). */
typedef struct tt_meter_replacement {
  uint8_t domain[TT_HASH_SIZE];
  uint8_t device_id[TT_HASH_SIZE];
  uint64_t sequence;
  uint64_t replaced_at;
  uint64_t export_wh;
  uint64_t import_wh;
  uint8_t previous_hash[TT_HASH_SIZE];
} tt_meter_replacement;

#endif
