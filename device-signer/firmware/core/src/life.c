#include <string.h>

#include "clock.h"
#include "journal.h"
#include "seal.h"

/* State changes at once where nothing is open: the record says it whole. */
static tt_error write_snapshot(tt_device *device) {
  tt_put_snapshot(device);
  return tt_journal_append(device, TT_RECORD_SNAPSHOT);
}

static tt_error encode_claim(const tt_device *device, uint8_t bytes[TT_CLAIM_SIZE]) {
  const tt_state *state = &device->state;
  tt_claim claim;
  memcpy(claim.domain, state->domain, TT_HASH_SIZE);
  memcpy(claim.device_id, state->device_id, TT_HASH_SIZE);
  memcpy(claim.owner, state->owner, TT_ADDRESS_SIZE);
  claim.claimed_at = state->claimed_at;
  claim.export_wh = state->claim_export_wh;
  claim.import_wh = state->claim_import_wh;
  return tt_claim_encode(&claim, bytes);
}

/* Fixes time and registers of the claim, before it is signed. */
static tt_error decide_claim(tt_device *device, const uint8_t owner[TT_ADDRESS_SIZE],
                             uint8_t claim[TT_CLAIM_SIZE]) {
  tt_state *state = &device->state;
  uint64_t now;
  tt_error error = tt_journal_reserve(device, TT_RECORD_SNAPSHOT);
  if (error != TT_OK) return error;
  if (!tt_clock_read(device, &now)) return TT_DEVICE_CLOCK_NOT_SET;
  if (now < state->last_at) return TT_TIME_OVERLAP;
  memcpy(state->owner, owner, TT_ADDRESS_SIZE);
  state->claimed_at = now;
  state->claim_export_wh = state->export_wh;
  state->claim_import_wh = state->import_wh;
  error = encode_claim(device, claim);
  if (error != TT_OK) return error;
  state->claimed = true;
  state->flags = 0;
  state->last_at = now;
  state->head = (tt_head){0, now, state->export_wh, state->import_wh, {0}};
  tt_sha256_of(claim, TT_CLAIM_SIZE, state->head.hash);
  return write_snapshot(device);
}

tt_error tt_claim_for(tt_device *device, const uint8_t owner[TT_ADDRESS_SIZE],
                      uint8_t claim[TT_CLAIM_SIZE], uint8_t signature[TT_SIGNATURE_SIZE]) {
  if (device->failed) return TT_DEVICE_STORE_FAILED;
  bool other = memcmp(device->state.owner, owner, TT_ADDRESS_SIZE) != 0;
  if (device->state.claimed && other) return TT_DEVICE_ALREADY_CLAIMED;
  tt_error error = device->state.claimed ? encode_claim(device, claim)
                                         : decide_claim(device, owner, claim);
  return error != TT_OK ? error : tt_sign(device, claim, TT_CLAIM_SIZE, signature);
}

/* Nothing open, a claim, and a time after all that was sealed: what statements need. */
static tt_error prepare_statement(tt_device *device, uint64_t *now) {
  if (device->failed) return TT_DEVICE_STORE_FAILED;
  if (!device->state.claimed) return TT_DEVICE_NOT_CLAIMED;
  if (!tt_clock_read(device, now)) return TT_DEVICE_CLOCK_NOT_SET;
  if (*now <= device->state.last_at) return TT_TIME_OVERLAP;
  bool empty = !device->promised && device->open_count == 0u;
  tt_error error = empty ? TT_OK : tt_seal(device);
  return error != TT_OK ? error : tt_journal_reserve(device, TT_RECORD_SNAPSHOT);
}

static tt_error sign_rotation(tt_device *device, uint8_t rotation[TT_ROTATION_SIZE],
                              uint8_t signature[TT_SIGNATURE_SIZE]) {
  const tt_state *state = &device->state;
  tt_rotation stated;
  memcpy(stated.domain, state->domain, TT_HASH_SIZE);
  memcpy(stated.device_id, state->device_id, TT_HASH_SIZE);
  memcpy(stated.successor, state->successor, TT_HASH_SIZE);
  stated.rotated_at = state->rotated_at;
  tt_error error = tt_rotation_encode(&stated, rotation);
  return error != TT_OK ? error : tt_sign(device, rotation, TT_ROTATION_SIZE, signature);
}

tt_error tt_rotate(tt_device *device, const uint8_t successor[TT_HASH_SIZE],
                   uint8_t rotation[TT_ROTATION_SIZE], uint8_t signature[TT_SIGNATURE_SIZE]) {
  tt_state *state = &device->state;
  uint64_t now;
  if (state->rotated) {
    bool same = memcmp(state->successor, successor, TT_HASH_SIZE) == 0;
    return same ? sign_rotation(device, rotation, signature) : TT_DEVICE_ALREADY_CLAIMED;
  }
  tt_error error = prepare_statement(device, &now);
  if (error != TT_OK) return error;
  memcpy(state->successor, successor, TT_HASH_SIZE);
  state->rotated = true;
  state->rotated_at = now;
  state->last_at = now;
  error = write_snapshot(device);
  return error != TT_OK ? error : sign_rotation(device, rotation, signature);
}

/* The chain of headers goes on from the statement. */
static tt_error decide_replacement(tt_device *device, uint64_t now, uint64_t export_wh,
                                   uint64_t import_wh,
                                   uint8_t replacement[TT_METER_REPLACEMENT_SIZE]) {
  tt_state *state = &device->state;
  tt_meter_replacement stated;
  memcpy(stated.domain, state->domain, TT_HASH_SIZE);
  memcpy(stated.device_id, state->device_id, TT_HASH_SIZE);
  memcpy(stated.previous_hash, state->head.hash, TT_HASH_SIZE);
  stated.sequence = state->head.sequence;
  stated.replaced_at = now;
  stated.export_wh = export_wh;
  stated.import_wh = import_wh;
  tt_error error = tt_meter_replacement_encode(&stated, replacement);
  if (error != TT_OK) return error;
  memcpy(state->replacement, replacement, TT_METER_REPLACEMENT_SIZE);
  state->replaced = true;
  state->head = (tt_head){stated.sequence, now, export_wh, import_wh, {0}};
  tt_sha256_of(state->replacement, TT_METER_REPLACEMENT_SIZE, state->head.hash);
  state->export_wh = export_wh;
  state->import_wh = import_wh;
  state->export_uwh = 0;
  state->import_uwh = 0;
  state->last_at = now;
  return write_snapshot(device);
}

tt_error tt_meter_replacement_again(tt_device *device,
                                    uint8_t replacement[TT_METER_REPLACEMENT_SIZE],
                                    uint8_t signature[TT_SIGNATURE_SIZE]) {
  if (!device->state.replaced) return TT_WINDOW_UNKNOWN;
  memcpy(replacement, device->state.replacement, TT_METER_REPLACEMENT_SIZE);
  return tt_sign(device, replacement, TT_METER_REPLACEMENT_SIZE, signature);
}

tt_error tt_replace_meter(tt_device *device, uint64_t export_wh, uint64_t import_wh,
                          uint8_t replacement[TT_METER_REPLACEMENT_SIZE],
                          uint8_t signature[TT_SIGNATURE_SIZE]) {
  uint64_t now;
  if (device->state.rotated) return TT_DEVICE_REVOKED;
  tt_error error = prepare_statement(device, &now);
  if (error == TT_OK) {
    error = decide_replacement(device, now, export_wh, import_wh, replacement);
  }
  if (error != TT_OK) return error;
  device->counted_export_uwh = 0;
  device->counted_import_uwh = 0;
  return tt_meter_replacement_again(device, replacement, signature);
}
