#include <string.h>

#include "bytes.h"
#include "tt_codec.h"

/* "TTC", "TTR", "TTM", each version 1 (SPEC sections 2 and 9). */
#define CLAIM_MAGIC 0x54544301u
#define ROTATION_MAGIC 0x54545201u
#define REPLACEMENT_MAGIC 0x54544d01u

static bool is_in_range(uint64_t at, uint64_t export_wh, uint64_t import_wh) {
  return at < TT_TIME_LIMIT && export_wh < TT_REGISTER_LIMIT && import_wh < TT_REGISTER_LIMIT;
}

tt_error tt_claim_encode(const tt_claim *claim, uint8_t bytes[TT_CLAIM_SIZE]) {
  tt_put32(bytes, CLAIM_MAGIC);
  memcpy(bytes + 4, claim->domain, TT_HASH_SIZE);
  memcpy(bytes + 36, claim->device_id, TT_HASH_SIZE);
  memcpy(bytes + 68, claim->owner, TT_ADDRESS_SIZE);
  tt_put64(bytes + 88, claim->claimed_at);
  tt_put64(bytes + 96, claim->export_wh);
  tt_put64(bytes + 104, claim->import_wh);
  return is_in_range(claim->claimed_at, claim->export_wh, claim->import_wh) ? TT_OK
                                                                            : TT_VALUE_OUT_OF_RANGE;
}

tt_error tt_claim_decode(const uint8_t *bytes, size_t size, tt_claim *claim) {
  if (size != TT_CLAIM_SIZE) return TT_CLAIM_INVALID;
  if (tt_get32(bytes) != CLAIM_MAGIC) return TT_VERSION_UNKNOWN;
  memcpy(claim->domain, bytes + 4, TT_HASH_SIZE);
  memcpy(claim->device_id, bytes + 36, TT_HASH_SIZE);
  memcpy(claim->owner, bytes + 68, TT_ADDRESS_SIZE);
  claim->claimed_at = tt_get64(bytes + 88);
  claim->export_wh = tt_get64(bytes + 96);
  claim->import_wh = tt_get64(bytes + 104);
  return is_in_range(claim->claimed_at, claim->export_wh, claim->import_wh) ? TT_OK
                                                                            : TT_VALUE_OUT_OF_RANGE;
}

tt_error tt_rotation_encode(const tt_rotation *rotation, uint8_t bytes[TT_ROTATION_SIZE]) {
  tt_put32(bytes, ROTATION_MAGIC);
  memcpy(bytes + 4, rotation->domain, TT_HASH_SIZE);
  memcpy(bytes + 36, rotation->device_id, TT_HASH_SIZE);
  memcpy(bytes + 68, rotation->successor, TT_HASH_SIZE);
  tt_put64(bytes + 100, rotation->rotated_at);
  return rotation->rotated_at < TT_TIME_LIMIT ? TT_OK : TT_VALUE_OUT_OF_RANGE;
}

tt_error tt_rotation_decode(const uint8_t *bytes, size_t size, tt_rotation *rotation) {
  if (size != TT_ROTATION_SIZE) return TT_STATEMENT_INVALID;
  if (tt_get32(bytes) != ROTATION_MAGIC) return TT_VERSION_UNKNOWN;
  memcpy(rotation->domain, bytes + 4, TT_HASH_SIZE);
  memcpy(rotation->device_id, bytes + 36, TT_HASH_SIZE);
  memcpy(rotation->successor, bytes + 68, TT_HASH_SIZE);
  rotation->rotated_at = tt_get64(bytes + 100);
  return rotation->rotated_at < TT_TIME_LIMIT ? TT_OK : TT_VALUE_OUT_OF_RANGE;
}

static bool replacement_in_range(const tt_meter_replacement *replacement) {
  return replacement->sequence < TT_SEQUENCE_LIMIT &&
         is_in_range(replacement->replaced_at, replacement->export_wh, replacement->import_wh);
}

tt_error tt_meter_replacement_encode(const tt_meter_replacement *replacement,
                                     uint8_t bytes[TT_METER_REPLACEMENT_SIZE]) {
  tt_put32(bytes, REPLACEMENT_MAGIC);
  memcpy(bytes + 4, replacement->domain, TT_HASH_SIZE);
  memcpy(bytes + 36, replacement->device_id, TT_HASH_SIZE);
  tt_put64(bytes + 68, replacement->sequence);
  tt_put64(bytes + 76, replacement->replaced_at);
  tt_put64(bytes + 84, replacement->export_wh);
  tt_put64(bytes + 92, replacement->import_wh);
  memcpy(bytes + 100, replacement->previous_hash, TT_HASH_SIZE);
  return replacement_in_range(replacement) ? TT_OK : TT_VALUE_OUT_OF_RANGE;
}

tt_error tt_meter_replacement_decode(const uint8_t *bytes, size_t size,
                                     tt_meter_replacement *replacement) {
  if (size != TT_METER_REPLACEMENT_SIZE) return TT_STATEMENT_INVALID;
  if (tt_get32(bytes) != REPLACEMENT_MAGIC) return TT_VERSION_UNKNOWN;
  memcpy(replacement->domain, bytes + 4, TT_HASH_SIZE);
  memcpy(replacement->device_id, bytes + 36, TT_HASH_SIZE);
  replacement->sequence = tt_get64(bytes + 68);
  replacement->replaced_at = tt_get64(bytes + 76);
  replacement->export_wh = tt_get64(bytes + 84);
  replacement->import_wh = tt_get64(bytes + 92);
  memcpy(replacement->previous_hash, bytes + 100, TT_HASH_SIZE);
  return replacement_in_range(replacement) ? TT_OK : TT_VALUE_OUT_OF_RANGE;
}
