#include "journal.h"

#include <string.h>

#include "slot.h"
#include "store.h"

tt_error tt_journal_fail(tt_device *device) {
  device->failed = true;
  return TT_DEVICE_STORE_FAILED;
}

tt_error tt_journal_format(tt_device *device) {
  device->journal = (tt_place){0, 1, TT_SLOT_HEADER, 1};
  /* The other slot first: at no moment may one of an older life be the only whole one. */
  if (!tt_slot_erase(device, 1) || !tt_slot_erase(device, 0)) return tt_journal_fail(device);
  tt_put_snapshot(device);
  if (!tt_slot_write(device, &device->journal, TT_RECORD_SNAPSHOT)) return tt_journal_fail(device);
  return tt_slot_write_mark(device, &device->journal, TT_SLOT_MAGIC) ? TT_OK : tt_journal_fail(device);
}

static bool has_room(const tt_device *device, uint32_t size) {
  return device->journal.used + size <= tt_slot_size(&device->config);
}

tt_error tt_journal_settle(tt_device *device) {
  if (device->failed) return TT_DEVICE_STORE_FAILED;
  return device->renew ? tt_journal_move(device, 0) : TT_OK;
}

tt_error tt_journal_reserve(tt_device *device, tt_record_type type) {
  tt_error error = tt_journal_settle(device);
  if (error != TT_OK || has_room(device, tt_record_size(type))) return error;
  error = tt_journal_move(device, 0);
  if (error != TT_OK) return error;
  return has_room(device, tt_record_size(type)) ? TT_OK : tt_journal_fail(device);
}

tt_error tt_journal_append(tt_device *device, tt_record_type type) {
  uint32_t offset = device->journal.used;
  if (device->failed || device->renew) return tt_journal_fail(device);
  if (!tt_slot_write(device, &device->journal, type)) return tt_journal_fail(device);
  return tt_apply(device, type, offset) ? TT_OK : tt_journal_fail(device);
}

/* Applies the record at `*offset`, if there is one, and steps over it. */
static tt_error replay_at(tt_device *device, uint32_t *offset) {
  tt_record_head head;
  bool valid;
  tt_place *place = &device->journal;
  if (!tt_slot_read_head(device, place, *offset, &head, &valid)) return TT_DEVICE_STORE_FAILED;
  if (!valid || !tt_slot_load(device, place, *offset, head.type)) {
    *offset += TT_STORE_UNIT;
    return TT_OK;
  }
  bool first = place->index == 1u;
  if (head.index != place->index) return TT_DEVICE_STORE_CORRUPT;
  if (first && head.type != TT_RECORD_SNAPSHOT) return TT_DEVICE_STORE_CORRUPT;
  if (!tt_apply(device, head.type, *offset)) return TT_DEVICE_STORE_CORRUPT;
  place->index++;
  *offset += tt_record_size(head.type);
  return TT_OK;
}

static tt_error replay(tt_device *device, uint32_t slot, uint32_t generation) {
  uint32_t offset = TT_SLOT_HEADER;
  uint32_t end = TT_SLOT_HEADER;
  uint32_t start = tt_slot_address(device, slot, 0);
  tt_place *place = &device->journal;
  *place = (tt_place){slot, generation, 0, 1};
  if (!tt_store_used(device, start, start + tt_slot_size(&device->config), &place->used)) {
    return TT_DEVICE_STORE_FAILED;
  }
  while (offset < place->used) {
    uint32_t index = place->index;
    tt_error error = replay_at(device, &offset);
    if (error != TT_OK) return error;
    if (place->index != index) end = offset;
  }
  if (place->index == 1u) return TT_DEVICE_STORE_CORRUPT;
  bool torn = end < place->used;
  /* A write that was cut may show nothing of itself, or be readable today and not tomorrow. */
  device->renew = torn || !device->config.planned_wake;
  if (torn) device->platform->log(device->platform->context, TT_EVENT_TORN_RECORD, end);
  return TT_OK;
}

/*
 * Both slots have a header: power went in a move, and both say the same, for nothing was built on the new
 * one. Without its confirmation its header may have been cut, so the old slot stays and the new one is
 * written anew. With it the old one may be half erased, so the new one stays.
 */
static tt_error choose(tt_device *device, const uint32_t generations[2]) {
  uint32_t newer = generations[1] > generations[0] ? 1u : 0u;
  uint32_t confirmed;
  tt_error error = tt_slot_read_mark(device, newer, TT_CONFIRM_MAGIC, &confirmed);
  if (error != TT_OK) return error;
  bool whole = confirmed == generations[newer];
  uint32_t slot = whole ? newer : 1u - newer;
  error = replay(device, slot, generations[slot]);
  /* Before another record comes the other slot has to go. */
  device->renew = true;
  if (error != TT_OK || !whole) return error;
  return tt_slot_erase(device, 1u - newer) ? TT_OK : TT_DEVICE_STORE_FAILED;
}

tt_error tt_journal_open(tt_device *device) {
  uint32_t generations[2];
  tt_error error = tt_slot_read_mark(device, 0, TT_SLOT_MAGIC, &generations[0]);
  if (error == TT_OK) error = tt_slot_read_mark(device, 1, TT_SLOT_MAGIC, &generations[1]);
  if (error != TT_OK) return error;
  device->slot_dirty = true;
  if (generations[0] != 0u && generations[1] != 0u) return choose(device, generations);
  uint32_t slot = generations[1] != 0u ? 1u : 0u;
  if (generations[slot] == 0u) return TT_DEVICE_STORE_CORRUPT;
  return replay(device, slot, generations[slot]);
}

/* Whether a slot that begins at an address is of a key. */
static tt_error look_at(tt_device *device, uint32_t address, const uint8_t device_id[TT_HASH_SIZE],
                        bool *found) {
  uint32_t generation;
  if (!tt_slot_read_mark_at(device, address, &generation)) return TT_DEVICE_STORE_FAILED;
  if (generation == 0u) return TT_OK;
  /* Addresses of the first slot are those of the store. */
  tt_place place = {0, generation, 0, 1};
  if (!tt_slot_load(device, &place, address + TT_SLOT_HEADER, TT_RECORD_SNAPSHOT)) return TT_OK;
  *found = memcmp(tt_payload(device) + TT_HASH_SIZE, device_id, TT_HASH_SIZE) == 0;
  return TT_OK;
}

tt_error tt_journal_find(tt_device *device, const uint8_t device_id[TT_HASH_SIZE], bool *found) {
  uint32_t least = TT_SLOT_HEADER + tt_record_size(TT_RECORD_SNAPSHOT);
  uint32_t size = tt_store_size(&device->config);
  tt_error error = TT_OK;
  *found = false;
  for (uint32_t address = 0; address + least <= size && !*found; address += TT_SECTOR_STEP) {
    error = look_at(device, address, device_id, found);
    if (error != TT_OK) break;
  }
  return error;
}

tt_walk tt_walk_open(const tt_device *device) {
  return (tt_walk){device->open_from, device->open_count};
}

tt_error tt_walk_next(const tt_device *device, tt_walk *walk, uint8_t payload[TT_READING_PAYLOAD]) {
  tt_record_head head;
  bool valid;
  const tt_place *place = &device->journal;
  while (walk->offset < place->used) {
    uint32_t offset = walk->offset;
    if (!tt_slot_read_head(device, place, offset, &head, &valid)) return TT_DEVICE_STORE_FAILED;
    walk->offset += valid ? tt_record_size(head.type) : TT_STORE_UNIT;
    if (!valid || head.type != TT_RECORD_READING) continue;
    uint32_t address = tt_slot_address(device, place->slot, offset + TT_RECORD_HEADER);
    walk->left--;
    return tt_store_read(device, address, payload, TT_READING_PAYLOAD) ? TT_OK
                                                                       : TT_DEVICE_STORE_FAILED;
  }
  return TT_DEVICE_STORE_CORRUPT;
}
