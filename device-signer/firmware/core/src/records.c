#include "records.h"

#include <string.h>

#include "bytes.h"
#include "store.h"

#define CLAIMED 1u
#define ROTATED 2u
#define REPLACED 4u
#define LOG_DOUBTED 8u

uint32_t tt_payload_size(tt_record_type type) {
  switch (type) {
    case TT_RECORD_SNAPSHOT: return TT_SNAPSHOT_PAYLOAD;
    case TT_RECORD_READING: return TT_READING_PAYLOAD;
    case TT_RECORD_REGISTERS: return TT_REGISTERS_PAYLOAD;
    case TT_RECORD_PROMISE: return TT_HEADER_SIZE;
    case TT_RECORD_SEALED: return TT_SEALED_PAYLOAD;
    case TT_RECORD_ACKNOWLEDGED: return TT_ACKNOWLEDGED_PAYLOAD;
    case TT_RECORD_FLAGS: return TT_FLAGS_PAYLOAD;
    default: return 0;
  }
}

uint32_t tt_record_size(tt_record_type type) {
  return tt_round_up(TT_RECORD_HEADER + tt_payload_size(type), TT_STORE_UNIT);
}

/* A snapshot: hashes, owner and statement, then numbers from this offset on. */
#define NUMBERS (4u * TT_HASH_SIZE + TT_ADDRESS_SIZE + TT_METER_REPLACEMENT_SIZE)

void tt_put_snapshot(tt_device *device) {
  const tt_state *state = &device->state;
  uint8_t *bytes = tt_payload(device);
  uint8_t *numbers = bytes + NUMBERS;
  memcpy(bytes, state->domain, TT_HASH_SIZE);
  memcpy(bytes + 32, state->device_id, TT_HASH_SIZE);
  memcpy(bytes + 64, state->successor, TT_HASH_SIZE);
  memcpy(bytes + 96, state->head.hash, TT_HASH_SIZE);
  memcpy(bytes + 128, state->owner, TT_ADDRESS_SIZE);
  memcpy(bytes + 148, state->replacement, TT_METER_REPLACEMENT_SIZE);
  tt_put64(numbers, state->claimed_at);
  tt_put64(numbers + 8, state->claim_export_wh);
  tt_put64(numbers + 16, state->claim_import_wh);
  tt_put64(numbers + 24, state->head.sequence);
  tt_put64(numbers + 32, state->head.closed_at);
  tt_put64(numbers + 40, state->head.export_wh);
  tt_put64(numbers + 48, state->head.import_wh);
  tt_put64(numbers + 56, state->export_wh);
  tt_put64(numbers + 64, state->import_wh);
  tt_put64(numbers + 72, state->last_at);
  tt_put64(numbers + 80, state->rotated_at);
  tt_put64(numbers + 88, state->log_tail);
  tt_put64(numbers + 96, state->log_head);
  tt_put32(numbers + 104, state->export_uwh);
  tt_put32(numbers + 108, state->import_uwh);
  tt_put32(numbers + 112, state->sealed_serial);
  tt_put32(numbers + 116, state->acknowledged_serial);
  tt_put16(numbers + 120, state->flags);
  numbers[122] = (uint8_t)((state->claimed ? CLAIMED : 0u) | (state->rotated ? ROTATED : 0u) |
                           (state->replaced ? REPLACED : 0u) |
                           (state->log_doubted ? LOG_DOUBTED : 0u));
}

static void apply_snapshot(tt_device *device, uint32_t offset) {
  tt_state *state = &device->state;
  const uint8_t *bytes = tt_payload(device);
  const uint8_t *numbers = bytes + NUMBERS;
  memcpy(state->domain, bytes, TT_HASH_SIZE);
  memcpy(state->device_id, bytes + 32, TT_HASH_SIZE);
  memcpy(state->successor, bytes + 64, TT_HASH_SIZE);
  memcpy(state->head.hash, bytes + 96, TT_HASH_SIZE);
  memcpy(state->owner, bytes + 128, TT_ADDRESS_SIZE);
  memcpy(state->replacement, bytes + 148, TT_METER_REPLACEMENT_SIZE);
  state->claimed_at = tt_get64(numbers);
  state->claim_export_wh = tt_get64(numbers + 8);
  state->claim_import_wh = tt_get64(numbers + 16);
  state->head.sequence = tt_get64(numbers + 24);
  state->head.closed_at = tt_get64(numbers + 32);
  state->head.export_wh = tt_get64(numbers + 40);
  state->head.import_wh = tt_get64(numbers + 48);
  state->export_wh = tt_get64(numbers + 56);
  state->import_wh = tt_get64(numbers + 64);
  state->last_at = tt_get64(numbers + 72);
  state->rotated_at = tt_get64(numbers + 80);
  state->log_tail = tt_get64(numbers + 88);
  state->log_head = tt_get64(numbers + 96);
  state->export_uwh = tt_get32(numbers + 104);
  state->import_uwh = tt_get32(numbers + 108);
  state->sealed_serial = tt_get32(numbers + 112);
  state->acknowledged_serial = tt_get32(numbers + 116);
  state->flags = tt_get16(numbers + 120);
  state->claimed = (numbers[122] & CLAIMED) != 0u;
  state->rotated = (numbers[122] & ROTATED) != 0u;
  state->replaced = (numbers[122] & REPLACED) != 0u;
  state->log_doubted = (numbers[122] & LOG_DOUBTED) != 0u;
  device->open_from = offset;
  device->open_count = 0;
  device->promised = false;
}

void tt_put_registers(tt_device *device, uint64_t export_wh, uint64_t import_wh,
                      uint32_t export_uwh, uint32_t import_uwh) {
  uint8_t *bytes = tt_payload(device);
  tt_put64(bytes, export_wh);
  tt_put64(bytes + 8, import_wh);
  tt_put32(bytes + 16, export_uwh);
  tt_put32(bytes + 20, import_uwh);
}

void tt_put_flags(tt_device *device) {
  tt_put16(tt_payload(device) + TT_READING_SIZE + 8u, device->state.flags);
}

static void apply_reading(tt_device *device, uint32_t offset) {
  const uint8_t *bytes = tt_payload(device);
  tt_state *state = &device->state;
  state->last_at = tt_get64(bytes);
  state->export_wh = tt_get64(bytes + 8);
  state->import_wh = tt_get64(bytes + 16);
  state->export_uwh = tt_get32(bytes + TT_READING_SIZE);
  state->import_uwh = tt_get32(bytes + TT_READING_SIZE + 4u);
  state->flags = tt_get16(bytes + TT_READING_SIZE + 8u);
  if (device->open_count == 0u) device->open_from = offset;
  device->open_count++;
}

static void apply_registers(tt_device *device) {
  const uint8_t *bytes = tt_payload(device);
  device->state.export_wh = tt_get64(bytes);
  device->state.import_wh = tt_get64(bytes + 8);
  device->state.export_uwh = tt_get32(bytes + 16);
  device->state.import_uwh = tt_get32(bytes + 20);
}

static void apply_promise(tt_device *device) {
  memcpy(device->promise, tt_payload(device), TT_HEADER_SIZE);
  device->promised = true;
  /* What happens from here on is said of the window after this one. */
  device->state.flags = 0;
}

static bool apply_sealed(tt_device *device) {
  tt_state *state = &device->state;
  tt_header header;
  if (!device->promised || tt_header_decode(device->promise, &header) != TT_OK) return false;
  state->head.sequence = header.sequence;
  state->head.closed_at = header.closed_at;
  state->head.export_wh = header.export_wh;
  state->head.import_wh = header.import_wh;
  tt_sha256_of(device->promise, TT_HEADER_SIZE, state->head.hash);
  state->log_head = tt_get64(tt_payload(device));
  state->sealed_serial++;
  state->log_doubted = false;
  device->promised = false;
  device->open_count = 0;
  return true;
}

static void apply_acknowledged(tt_device *device) {
  device->state.acknowledged_serial = tt_get32(tt_payload(device));
  device->state.log_tail = tt_get64(tt_payload(device) + 4);
}

bool tt_apply(tt_device *device, tt_record_type type, uint32_t offset) {
  switch (type) {
    case TT_RECORD_SNAPSHOT: apply_snapshot(device, offset); return true;
    case TT_RECORD_READING: apply_reading(device, offset); return true;
    case TT_RECORD_REGISTERS: apply_registers(device); return true;
    case TT_RECORD_PROMISE: apply_promise(device); return true;
    case TT_RECORD_SEALED: return apply_sealed(device);
    case TT_RECORD_ACKNOWLEDGED: apply_acknowledged(device); return true;
    case TT_RECORD_FLAGS: device->state.flags = tt_get16(tt_payload(device)); return true;
    default: return false;
  }
}
