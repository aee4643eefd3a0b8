#include <string.h>

#include "bytes.h"
#include "tt_codec.h"
#include "tt_sha256.h"

/* "TTW", version 1. */
#define WINDOW_MAGIC 0x54545701u
#define KNOWN_FLAGS \
  (TT_FLAG_READINGS_MERGED | TT_FLAG_CLOCK_ADJUSTED | TT_FLAG_DEVICE_RESTARTED)

static tt_error check_header(const tt_header *header) {
  bool in_range = header->sequence >= 1u && header->sequence < TT_SEQUENCE_LIMIT &&
                  header->opened_at < TT_TIME_LIMIT && header->closed_at < TT_TIME_LIMIT &&
                  header->export_wh < TT_REGISTER_LIMIT && header->import_wh < TT_REGISTER_LIMIT;
  if ((header->flags & ~KNOWN_FLAGS) != 0u) return TT_FLAGS_UNKNOWN;
  return in_range ? TT_OK : TT_VALUE_OUT_OF_RANGE;
}

tt_error tt_header_encode(const tt_header *header, uint8_t bytes[TT_HEADER_SIZE]) {
  tt_put32(bytes, WINDOW_MAGIC);
  memcpy(bytes + 4, header->domain, TT_HASH_SIZE);
  memcpy(bytes + 36, header->device_id, TT_HASH_SIZE);
  tt_put64(bytes + 68, header->sequence);
  tt_put64(bytes + 76, header->opened_at);
  tt_put64(bytes + 84, header->closed_at);
  tt_put64(bytes + 92, header->export_wh);
  tt_put64(bytes + 100, header->import_wh);
  tt_put16(bytes + 108, header->count);
  tt_put16(bytes + 110, header->flags);
  memcpy(bytes + 112, header->readings_hash, TT_HASH_SIZE);
  memcpy(bytes + 144, header->previous_hash, TT_HASH_SIZE);
  if (header->count < 1u || header->count > TT_MAX_READINGS) return TT_COUNT_OUT_OF_RANGE;
  return check_header(header);
}

tt_error tt_header_decode(const uint8_t bytes[TT_HEADER_SIZE], tt_header *header) {
  header->count = tt_get16(bytes + 108);
  if (header->count < 1u || header->count > TT_MAX_READINGS) return TT_COUNT_OUT_OF_RANGE;
  if (tt_get32(bytes) != WINDOW_MAGIC) return TT_VERSION_UNKNOWN;
  memcpy(header->domain, bytes + 4, TT_HASH_SIZE);
  memcpy(header->device_id, bytes + 36, TT_HASH_SIZE);
  header->sequence = tt_get64(bytes + 68);
  header->opened_at = tt_get64(bytes + 76);
  header->closed_at = tt_get64(bytes + 84);
  header->export_wh = tt_get64(bytes + 92);
  header->import_wh = tt_get64(bytes + 100);
  header->flags = tt_get16(bytes + 110);
  memcpy(header->readings_hash, bytes + 112, TT_HASH_SIZE);
  memcpy(header->previous_hash, bytes + 144, TT_HASH_SIZE);
  return check_header(header);
}

static tt_error check_readings_alone(const tt_header *header, const uint8_t *bytes) {
  tt_reading reading;
  for (unsigned index = 0; index < header->count; index++) {
    tt_error error = tt_reading_decode(bytes + TT_READING_SIZE * index, &reading);
    if (error != TT_OK) return error;
  }
  return TT_OK;
}

static tt_error check_readings_fit(const tt_header *header, const uint8_t *bytes) {
  uint64_t at = header->opened_at;
  uint64_t export_wh = 0;
  uint64_t import_wh = 0;
  for (unsigned index = 0; index < header->count; index++) {
    const uint8_t *reading = bytes + TT_READING_SIZE * index;
    if (tt_get64(reading) <= at) return TT_READING_TIME_ORDER;
    if (tt_get64(reading + 8) < export_wh || tt_get64(reading + 16) < import_wh) {
      return TT_READING_REGISTER_ORDER;
    }
    at = tt_get64(reading);
    export_wh = tt_get64(reading + 8);
    import_wh = tt_get64(reading + 16);
  }
  if (at != header->closed_at) return TT_READING_TIME_ORDER;
  bool fits = export_wh == header->export_wh && import_wh == header->import_wh;
  return fits ? TT_OK : TT_READING_REGISTER_ORDER;
}

static tt_error check_readings(const tt_header *header, const uint8_t *bytes) {
  uint8_t digest[TT_HASH_SIZE];
  if (header->opened_at >= header->closed_at) return TT_TIME_ORDER;
  tt_error error = check_readings_alone(header, bytes);
  if (error == TT_OK) error = check_readings_fit(header, bytes);
  if (error != TT_OK) return error;
  tt_sha256_of(bytes, (size_t)TT_READING_SIZE * header->count, digest);
  bool fits = memcmp(digest, header->readings_hash, TT_HASH_SIZE) == 0;
  return fits ? TT_OK : TT_READINGS_HASH_MISMATCH;
}

tt_error tt_window_parse(const uint8_t *bytes, size_t size, const uint8_t domain[TT_HASH_SIZE],
                         tt_header *header) {
  if (size < TT_WINDOW_PREFIX_SIZE) return TT_WINDOW_TRUNCATED;
  /* The length comes before all else: bytes that are missing make any other answer a guess. */
  size_t stated = (size_t)TT_READING_SIZE * tt_get16(bytes + 108);
  if (size != TT_WINDOW_PREFIX_SIZE + stated) return TT_COUNT_MISMATCH;
  tt_error error = tt_header_decode(bytes, header);
  if (error != TT_OK) return error;
  if (memcmp(header->domain, domain, TT_HASH_SIZE) != 0) return TT_DOMAIN_MISMATCH;
  error = check_readings(header, bytes + TT_WINDOW_PREFIX_SIZE);
  if (error != TT_OK) return error;
  return tt_signature_is_low(bytes + TT_HEADER_SIZE) ? TT_OK : TT_SIGNATURE_HIGH_S;
}

tt_error tt_window_succeeds(const tt_header *previous, const uint8_t previous_hash[TT_HASH_SIZE],
                            const tt_header *next) {
  if (next->sequence > previous->sequence + 1u) return TT_SEQUENCE_GAP;
  if (next->sequence <= previous->sequence) return TT_SEQUENCE_REPLAY;
  if (memcmp(next->previous_hash, previous_hash, TT_HASH_SIZE) != 0) return TT_CHAIN_BROKEN;
  if (next->opened_at < previous->closed_at) return TT_TIME_OVERLAP;
  bool fell = next->export_wh < previous->export_wh || next->import_wh < previous->import_wh;
  return fell ? TT_REGISTER_ROLLBACK : TT_OK;
}
