#include <string.h>

#include "bytes.h"
#include "tt_codec.h"

/* SPEC section 3: two optional fields of 8 bytes, then ten of 4, from this offset on. */
#define OPTIONAL_OFFSET 32u
#define WIDE_FIELDS 2u
#define NARROW_FIELDS 10u
#define FIELDS (WIDE_FIELDS + NARROW_FIELDS)

static size_t field_offset(unsigned bit) {
  return bit < WIDE_FIELDS ? OPTIONAL_OFFSET + 8u * bit
                           : OPTIONAL_OFFSET + 8u * WIDE_FIELDS + 4u * (bit - WIDE_FIELDS);
}

/* The ten narrow fields in the order of their bits. */
static void narrow_fields(const tt_reading *reading, int32_t values[NARROW_FIELDS]) {
  const int32_t ordered[NARROW_FIELDS] = {
      reading->voltage_mv,       reading->current_ma,    reading->frequency_mhz,
      reading->power_factor_e4,  reading->ambient_mc,    reading->irradiance_mw_m2,
      reading->efficiency_e4,    reading->battery_mv,    reading->signal_dbm,
      reading->firmware};
  memcpy(values, ordered, sizeof ordered);
}

static bool is_in_range(uint64_t at, uint64_t export_wh, uint64_t import_wh) {
  return at < TT_TIME_LIMIT && export_wh < TT_REGISTER_LIMIT && import_wh < TT_REGISTER_LIMIT;
}

tt_error tt_reading_encode(const tt_reading *reading, uint8_t bytes[TT_READING_SIZE]) {
  int32_t narrow[NARROW_FIELDS];
  if (reading->present >> FIELDS != 0u) return TT_READING_NOT_CANONICAL;
  if (!is_in_range(reading->at, reading->export_wh, reading->import_wh)) {
    return TT_VALUE_OUT_OF_RANGE;
  }
  memset(bytes, 0, TT_READING_SIZE);
  tt_put64(bytes, reading->at);
  tt_put64(bytes + 8, reading->export_wh);
  tt_put64(bytes + 16, reading->import_wh);
  tt_put32(bytes + 24, reading->present);
  tt_put32(bytes + 28, reading->status);
  if ((reading->present & TT_HAS_ACTIVE_POWER) != 0u) {
    tt_put64(bytes + field_offset(0), (uint64_t)reading->active_power_mw);
  }
  if ((reading->present & TT_HAS_APPARENT_POWER) != 0u) {
    tt_put64(bytes + field_offset(1), (uint64_t)reading->apparent_power_mva);
  }
  narrow_fields(reading, narrow);
  for (unsigned bit = WIDE_FIELDS; bit < FIELDS; bit++) {
    if ((reading->present >> bit & 1u) == 0u) continue;
    tt_put32(bytes + field_offset(bit), (uint32_t)narrow[bit - WIDE_FIELDS]);
  }
  return TT_OK;
}

static bool is_canonical(const uint8_t bytes[TT_READING_SIZE], uint32_t present) {
  if (present >> FIELDS != 0u) return false;
  for (unsigned bit = 0; bit < FIELDS; bit++) {
    const uint8_t *field = bytes + field_offset(bit);
    uint64_t value = bit < WIDE_FIELDS ? tt_get64(field) : tt_get32(field);
    if ((present >> bit & 1u) == 0u && value != 0u) return false;
  }
  return true;
}

/* Two's complement without a conversion that the language leaves to the compiler. */
static int32_t signed32(const uint8_t *bytes) {
  uint32_t value = tt_get32(bytes);
  int32_t result;
  memcpy(&result, &value, sizeof result);
  return result;
}

static int64_t signed64(const uint8_t *bytes) {
  uint64_t value = tt_get64(bytes);
  int64_t result;
  memcpy(&result, &value, sizeof result);
  return result;
}

tt_error tt_reading_decode(const uint8_t bytes[TT_READING_SIZE], tt_reading *reading) {
  reading->at = tt_get64(bytes);
  reading->export_wh = tt_get64(bytes + 8);
  reading->import_wh = tt_get64(bytes + 16);
  reading->present = tt_get32(bytes + 24);
  reading->status = tt_get32(bytes + 28);
  if (!is_canonical(bytes, reading->present)) return TT_READING_NOT_CANONICAL;
  if (!is_in_range(reading->at, reading->export_wh, reading->import_wh)) {
    return TT_VALUE_OUT_OF_RANGE;
  }
  reading->active_power_mw = signed64(bytes + field_offset(0));
  reading->apparent_power_mva = signed64(bytes + field_offset(1));
  reading->voltage_mv = signed32(bytes + field_offset(2));
  reading->current_ma = signed32(bytes + field_offset(3));
  reading->frequency_mhz = signed32(bytes + field_offset(4));
  reading->power_factor_e4 = signed32(bytes + field_offset(5));
  reading->ambient_mc = signed32(bytes + field_offset(6));
  reading->irradiance_mw_m2 = signed32(bytes + field_offset(7));
  reading->efficiency_e4 = signed32(bytes + field_offset(8));
  reading->battery_mv = signed32(bytes + field_offset(9));
  reading->signal_dbm = signed32(bytes + field_offset(10));
  reading->firmware = signed32(bytes + field_offset(11));
  return TT_OK;
}
