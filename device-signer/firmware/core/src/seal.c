#include "seal.h"

#include <string.h>

#include "bytes.h"
#include "journal.h"
#include "log.h"

tt_error tt_sign(tt_device *device, const uint8_t *bytes, size_t size,
                 uint8_t signature[TT_SIGNATURE_SIZE]) {
  const tt_platform *platform = device->platform;
  uint8_t digest[TT_HASH_SIZE];
  tt_error error = tt_journal_settle(device);
  if (error != TT_OK) return error;
  tt_sha256_of(bytes, size, digest);
  if (!platform->sign(platform->context, digest, signature)) return TT_DEVICE_SIGNER_FAILED;
  tt_signature_to_low(signature);
  if (platform->verify == NULL) return TT_OK;
  bool fits = platform->verify(platform->context, device->public_key, digest, signature);
  return fits ? TT_OK : TT_DEVICE_SIGNER_FAILED;
}

static uint32_t window_size(const tt_device *device) {
  uint16_t count = device->promised ? tt_get16(device->promise + 108) : device->open_count;
  return TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * count;
}

bool tt_can_seal(const tt_device *device) {
  uint64_t position;
  if (device->failed || (!device->promised && device->open_count == 0u)) return false;
  return tt_log_has_room(device, window_size(device), &position);
}

bool tt_seal_due(const tt_device *device) {
  bool full = device->promised || device->open_count >= device->config.window_readings;
  return full && tt_can_seal(device);
}

/* The header of the open window; its readings' hash and last registers come from the journal. */
static tt_error draft(tt_device *device, tt_header *header) {
  uint8_t payload[TT_READING_PAYLOAD];
  const tt_head *head = &device->state.head;
  tt_sha256 hash;
  tt_walk walk = tt_walk_open(device);
  tt_sha256_init(&hash);
  /* A window that is sealed has a reading. */
  do {
    tt_error error = tt_walk_next(device, &walk, payload);
    if (error != TT_OK) return error;
    tt_sha256_update(&hash, payload, TT_READING_SIZE);
  } while (walk.left > 0u);
  tt_sha256_final(&hash, header->readings_hash);
  memcpy(header->domain, device->state.domain, TT_HASH_SIZE);
  memcpy(header->device_id, device->state.device_id, TT_HASH_SIZE);
  memcpy(header->previous_hash, head->hash, TT_HASH_SIZE);
  header->sequence = head->sequence + 1u;
  header->opened_at = head->closed_at;
  header->closed_at = tt_get64(payload);
  header->export_wh = tt_get64(payload + 8);
  header->import_wh = tt_get64(payload + 16);
  header->count = device->open_count;
  header->flags = device->state.flags;
  return TT_OK;
}

/*
 * Writes down which header gets the next number. Only then may it be signed: whatever happens after this,
 * no other header can have that number.
 */
static tt_error promise(tt_device *device) {
  tt_header header;
  tt_error error = tt_journal_reserve(device, TT_RECORD_PROMISE);
  if (error == TT_OK) error = draft(device, &header);
  if (error == TT_OK) error = tt_header_encode(&header, tt_payload(device));
  return error != TT_OK ? error : tt_journal_append(device, TT_RECORD_PROMISE);
}

static tt_error keep_promise(tt_device *device, uint64_t position) {
  uint8_t signature[TT_SIGNATURE_SIZE];
  uint64_t next;
  tt_error error = tt_journal_reserve(device, TT_RECORD_SEALED);
  if (error == TT_OK) error = tt_sign(device, device->promise, TT_HEADER_SIZE, signature);
  if (error == TT_OK) error = tt_log_write(device, position, signature, &next);
  if (error != TT_OK) return error;
  tt_put64(tt_payload(device), next);
  error = tt_journal_append(device, TT_RECORD_SEALED);
  if (error != TT_OK) return error;
  device->log_next = next;
  device->log_ready = true;
  device->platform->log(device->platform->context, TT_EVENT_SEALED, device->state.head.sequence);
  return TT_OK;
}

tt_error tt_seal(tt_device *device) {
  uint64_t position;
  if (device->failed) return TT_DEVICE_STORE_FAILED;
  if (!device->promised && device->open_count == 0u) return TT_COUNT_OUT_OF_RANGE;
  tt_error error = tt_log_prepare(device);
  if (error != TT_OK) return error;
  if (!tt_log_has_room(device, window_size(device), &position)) {
    const tt_platform *platform = device->platform;
    platform->log(platform->context, TT_EVENT_BUFFER_FULL, tt_waiting(device));
    return TT_DEVICE_BUFFER_FULL;
  }
  if (!device->promised) error = promise(device);
  return error != TT_OK ? error : keep_promise(device, position);
}
