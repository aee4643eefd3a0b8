#include <string.h>

#include "bytes.h"
#include "journal.h"
#include "slot.h"

static bool write_copied(tt_device *device, tt_place *place, const uint8_t *payload) {
  memcpy(tt_payload(device), payload, TT_READING_PAYLOAD);
  tt_put_flags(device);
  return tt_slot_write(device, place, TT_RECORD_READING);
}

/* A merged reading keeps its registers, status and what lasts longer than an interval. */
static void forget_moments(uint8_t *reading) {
  uint32_t lasting = TT_HAS_BATTERY | TT_HAS_SIGNAL | TT_HAS_FIRMWARE;
  tt_put32(reading + 24, tt_get32(reading + 24) & lasting);
  memset(reading + 32, 0, 44);
}

/* Copies the readings of the open window; `width` as in tt_journal_move. */
static tt_error copy_readings(tt_device *device, tt_place *place, uint64_t width, uint16_t *count) {
  uint8_t kept[TT_READING_PAYLOAD];
  uint8_t next[TT_READING_PAYLOAD];
  uint64_t stretch = 0;
  bool merged = false;
  tt_walk walk = tt_walk_open(device);
  *count = 0;
  for (bool first = true; walk.left > 0u; first = false) {
    if (tt_walk_next(device, &walk, next) != TT_OK) return tt_journal_fail(device);
    uint64_t own = width == 0u ? 0u : (tt_get64(next) - device->state.head.closed_at - 1u) / width;
    bool joins = !first && width > 0u && own == stretch;
    if (!first && !joins) {
      if (merged) forget_moments(kept);
      if (!write_copied(device, place, kept)) return tt_journal_fail(device);
      ++*count;
    }
    merged = joins;
    stretch = own;
    memcpy(kept, next, sizeof kept);
  }
  if (device->open_count == 0u) return TT_OK;
  if (merged) forget_moments(kept);
  ++*count;
  return write_copied(device, place, kept) ? TT_OK : tt_journal_fail(device);
}

/* What follows the readings: registers that grew after the last of them, a header that was promised, and
 * what is to be said of the window after that one. */
static bool copy_rest(tt_device *device, tt_place *place) {
  const tt_state *state = &device->state;
  tt_put_registers(device, state->export_wh, state->import_wh, state->export_uwh,
                   state->import_uwh);
  if (!tt_slot_write(device, place, TT_RECORD_REGISTERS)) return false;
  if (!device->promised) return true;
  memcpy(tt_payload(device), device->promise, TT_HEADER_SIZE);
  if (!tt_slot_write(device, place, TT_RECORD_PROMISE)) return false;
  if (state->flags == 0u) return true;
  tt_put16(tt_payload(device), state->flags);
  return tt_slot_write(device, place, TT_RECORD_FLAGS);
}

tt_error tt_journal_move(tt_device *device, uint64_t width) {
  tt_place old = device->journal;
  tt_place place = {1u - old.slot, old.generation + 1u, TT_SLOT_HEADER, 1};
  uint16_t count;
  if (device->failed) return TT_DEVICE_STORE_FAILED;
  if (device->slot_dirty && !tt_slot_erase(device, place.slot)) return tt_journal_fail(device);
  device->slot_dirty = true;
  if (width > 0u) device->state.flags |= TT_FLAG_READINGS_MERGED;
  tt_put_snapshot(device);
  if (!tt_slot_write(device, &place, TT_RECORD_SNAPSHOT)) return tt_journal_fail(device);
  uint32_t open_from = place.used;
  tt_error error = copy_readings(device, &place, width, &count);
  if (error != TT_OK) return error;
  if (!copy_rest(device, &place)) return tt_journal_fail(device);
  if (!tt_slot_write_mark(device, &place, TT_SLOT_MAGIC)) return tt_journal_fail(device);
  if (!tt_slot_write_mark(device, &place, TT_CONFIRM_MAGIC)) return tt_journal_fail(device);
  device->journal = place;
  device->open_from = open_from;
  device->open_count = count;
  device->renew = false;
  /* Nothing is built on the new slot before the old one is gone: see choose(). */
  if (!tt_slot_erase_used(device, &old)) return tt_journal_fail(device);
  device->slot_dirty = false;
  device->platform->log(device->platform->context, TT_EVENT_JOURNAL_MOVED, place.generation);
  return TT_OK;
}
