#include "journal.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"
#include "store.h"

/* "TTJ", version 1, and what confirms it. */
#define SLOT_MAGIC 0x54544a01u
#define CONFIRM_MAGIC 0x54544b01u
#define MARK 16u
#define SLOT_HEADER (2u * MARK)

/* What the start of a record says. */
typedef struct record_head {
  tt_record_type type;
  uint32_t index;
} record_head;

uint32_t tt_slot_size(const tt_config *config) {
  return config->journal_sectors * config->sector_size;
}

static uint32_t address_of(const tt_device *device, uint32_t slot, uint32_t offset) {
  return slot * tt_slot_size(&device->config) + offset;
}

static tt_error fail(tt_device *device) {
  device->failed = true;
  return TT_DEVICE_STORE_FAILED;
}

/* Sectors of a slot from its beginning up to `end`. */
static bool erase_until(const tt_device *device, uint32_t slot, uint32_t end) {
  for (uint32_t offset = 0; offset < end; offset += device->config.sector_size) {
    if (!tt_store_erase(device, address_of(device, slot, offset))) return false;
  }
  return true;
}

static bool erase_slot(const tt_device *device, uint32_t slot) {
  return erase_until(device, slot, tt_slot_size(&device->config));
}

/* The same of a slot that was wholly erased before it was used; a write that was cut may not be seen. */
static bool erase_used(const tt_device *device, const tt_place *place) {
  uint32_t end = place->used + TT_RECORD_SIZE;
  uint32_t size = tt_slot_size(&device->config);
  return erase_until(device, place->slot, end < size ? end : size);
}

/* The checksum covers the generation, so nothing of an older life of the slot fits. */
static uint32_t crc_start(uint32_t generation) {
  uint8_t bytes[4];
  tt_put32(bytes, generation);
  return tt_crc32(0, bytes, sizeof bytes);
}

static bool write_record(tt_device *device, tt_place *place, tt_record_type type) {
  uint32_t size = tt_record_size(type);
  uint32_t stated = tt_payload_size(type);
  uint8_t *bytes = device->record;
  bytes[4] = (uint8_t)type;
  bytes[5] = 0;
  tt_put16(bytes + 6, (uint16_t)stated);
  tt_put32(bytes + 8, place->index);
  memset(bytes + TT_RECORD_HEADER + stated, 0, size - TT_RECORD_HEADER - stated);
  tt_put32(bytes, tt_crc32(crc_start(place->generation), bytes + 4, size - 4u));
  if (!tt_store_write(device, address_of(device, place->slot, place->used), bytes, size)) {
    return false;
  }
  place->used += size;
  place->index++;
  return true;
}

/* Reads and checks the record at an offset, in parts. `valid` says whether there is one. */
static bool read_head(const tt_device *device, const tt_place *place, uint32_t offset,
                      record_head *head, bool *valid) {
  uint8_t bytes[64];
  uint32_t address = address_of(device, place->slot, offset);
  *valid = false;
  if (!tt_store_read(device, address, bytes, TT_STORE_UNIT)) return false;
  uint32_t stated = tt_get32(bytes);
  head->type = (tt_record_type)bytes[4];
  head->index = tt_get32(bytes + 8);
  uint32_t size = tt_record_size(head->type);
  if (tt_payload_size(head->type) == 0u || bytes[5] != 0u) return true;
  if (tt_get16(bytes + 6) != tt_payload_size(head->type) || offset + size > place->used) return true;
  uint32_t crc = tt_crc32(crc_start(place->generation), bytes + 4, TT_STORE_UNIT - 4u);
  for (uint32_t done = TT_STORE_UNIT; done < size; done += (uint32_t)sizeof bytes) {
    uint32_t part = size - done < sizeof bytes ? size - done : (uint32_t)sizeof bytes;
    if (!tt_store_read(device, address + done, bytes, part)) return false;
    crc = tt_crc32(crc, bytes, part);
  }
  *valid = crc == stated;
  return true;
}

/* The record at an offset into device->record; checked there, because bytes may differ by the read. */
static bool load_record(tt_device *device, const tt_place *place, uint32_t offset,
                        tt_record_type type) {
  uint32_t size = tt_record_size(type);
  if (!tt_store_read(device, address_of(device, place->slot, offset), device->record, size)) {
    return false;
  }
  uint32_t crc = tt_crc32(crc_start(place->generation), device->record + 4, size - 4u);
  return crc == tt_get32(device->record);
}

/* Sectors and their size in one number: a journal is not read with those of another. */
static uint32_t geometry_of(const tt_config *config) {
  uint8_t bytes[8];
  tt_put32(bytes, config->sector_size);
  tt_put16(bytes + 4, config->journal_sectors);
  tt_put16(bytes + 6, config->log_sectors);
  return tt_crc32(0, bytes, sizeof bytes);
}

/* The header (first mark) makes a slot count; the second says that the first was whole for good. */
static bool write_mark(tt_device *device, const tt_place *place, uint32_t magic) {
  uint8_t bytes[MARK];
  tt_put32(bytes, magic);
  tt_put32(bytes + 4, place->generation);
  tt_put32(bytes + 8, geometry_of(&device->config));
  tt_put32(bytes + 12, tt_crc32(0, bytes, 12));
  uint32_t offset = magic == SLOT_MAGIC ? 0u : MARK;
  return tt_store_write(device, address_of(device, place->slot, offset), bytes, sizeof bytes);
}

/* The generation that a mark of a slot says, 0: it has no such mark. TT_CONFIGURATION_INVALID: it was
 * written with other sectors. */
static tt_error read_mark(const tt_device *device, uint32_t slot, uint32_t magic,
                          uint32_t *generation) {
  uint8_t bytes[MARK];
  uint32_t offset = magic == SLOT_MAGIC ? 0u : MARK;
  *generation = 0;
  if (!tt_store_read(device, address_of(device, slot, offset), bytes, sizeof bytes)) {
    return TT_DEVICE_STORE_FAILED;
  }
  bool whole = tt_get32(bytes) == magic && tt_get32(bytes + 12) == tt_crc32(0, bytes, 12);
  if (!whole) return TT_OK;
  *generation = tt_get32(bytes + 4);
  return tt_get32(bytes + 8) == geometry_of(&device->config) ? TT_OK : TT_CONFIGURATION_INVALID;
}

tt_error tt_journal_format(tt_device *device) {
  device->journal = (tt_place){0, 1, SLOT_HEADER, 1};
  /* The other slot first: at no moment may one of an older life be the only whole one. */
  if (!erase_slot(device, 1) || !erase_slot(device, 0)) return fail(device);
  tt_put_snapshot(device);
  if (!write_record(device, &device->journal, TT_RECORD_SNAPSHOT)) return fail(device);
  return write_mark(device, &device->journal, SLOT_MAGIC) ? TT_OK : fail(device);
}

static bool write_copied(tt_device *device, tt_place *place, const uint8_t *payload) {
  memcpy(tt_payload(device), payload, TT_READING_PAYLOAD);
  tt_put_flags(device);
  return write_record(device, place, TT_RECORD_READING);
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
    if (tt_walk_next(device, &walk, next) != TT_OK) return fail(device);
    uint64_t own = width == 0u ? 0u : (tt_get64(next) - device->state.head.closed_at - 1u) / width;
    bool joins = !first && width > 0u && own == stretch;
    if (!first && !joins) {
      if (merged) forget_moments(kept);
      if (!write_copied(device, place, kept)) return fail(device);
      ++*count;
    }
    merged = joins;
    stretch = own;
    memcpy(kept, next, sizeof kept);
  }
  if (device->open_count == 0u) return TT_OK;
  if (merged) forget_moments(kept);
  ++*count;
  return write_copied(device, place, kept) ? TT_OK : fail(device);
}

/* What follows the readings: registers that grew after the last of them, a header that was promised. */
static bool copy_rest(tt_device *device, tt_place *place) {
  const tt_state *state = &device->state;
  tt_put_registers(device, state->export_wh, state->import_wh, state->export_uwh,
                   state->import_uwh);
  if (!write_record(device, place, TT_RECORD_REGISTERS)) return false;
  if (!device->promised) return true;
  memcpy(tt_payload(device), device->promise, TT_HEADER_SIZE);
  return write_record(device, place, TT_RECORD_PROMISE);
}

tt_error tt_journal_move(tt_device *device, uint64_t width) {
  tt_place old = device->journal;
  tt_place place = {1u - old.slot, old.generation + 1u, SLOT_HEADER, 1};
  uint16_t count;
  if (device->failed) return TT_DEVICE_STORE_FAILED;
  if (device->slot_dirty && !erase_slot(device, place.slot)) return fail(device);
  device->slot_dirty = true;
  if (width > 0u) device->state.flags |= TT_FLAG_READINGS_MERGED;
  tt_put_snapshot(device);
  if (!write_record(device, &place, TT_RECORD_SNAPSHOT)) return fail(device);
  uint32_t open_from = place.used;
  tt_error error = copy_readings(device, &place, width, &count);
  if (error != TT_OK) return error;
  if (!copy_rest(device, &place)) return fail(device);
  if (!write_mark(device, &place, SLOT_MAGIC)) return fail(device);
  if (!write_mark(device, &place, CONFIRM_MAGIC)) return fail(device);
  device->journal = place;
  device->open_from = open_from;
  device->open_count = count;
  device->renew = false;
  /* Nothing is built on the new slot before the old one is gone: see choose(). */
  if (!erase_used(device, &old)) return fail(device);
  device->slot_dirty = false;
  device->platform->log(device->platform->context, TT_EVENT_JOURNAL_MOVED, place.generation);
  return TT_OK;
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
  return has_room(device, tt_record_size(type)) ? TT_OK : fail(device);
}

tt_error tt_journal_append(tt_device *device, tt_record_type type) {
  uint32_t offset = device->journal.used;
  if (device->failed || device->renew) return fail(device);
  if (!write_record(device, &device->journal, type)) return fail(device);
  return tt_apply(device, type, offset) ? TT_OK : fail(device);
}

/* Applies the record at `*offset`, if there is one, and steps over it. */
static tt_error replay_at(tt_device *device, uint32_t *offset) {
  record_head head;
  bool valid;
  tt_place *place = &device->journal;
  if (!read_head(device, place, *offset, &head, &valid)) return TT_DEVICE_STORE_FAILED;
  if (!valid || !load_record(device, place, *offset, head.type)) {
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
  uint32_t offset = SLOT_HEADER;
  uint32_t end = SLOT_HEADER;
  uint32_t start = address_of(device, slot, 0);
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
  tt_error error = read_mark(device, newer, CONFIRM_MAGIC, &confirmed);
  if (error != TT_OK) return error;
  bool whole = confirmed == generations[newer];
  uint32_t slot = whole ? newer : 1u - newer;
  error = replay(device, slot, generations[slot]);
  /* Before another record comes the other slot has to go. */
  device->renew = true;
  if (error != TT_OK || !whole) return error;
  return erase_slot(device, 1u - newer) ? TT_OK : TT_DEVICE_STORE_FAILED;
}

tt_error tt_journal_open(tt_device *device) {
  uint32_t generations[2];
  tt_error error = read_mark(device, 0, SLOT_MAGIC, &generations[0]);
  if (error == TT_OK) error = read_mark(device, 1, SLOT_MAGIC, &generations[1]);
  if (error != TT_OK) return error;
  device->slot_dirty = true;
  if (generations[0] != 0u && generations[1] != 0u) return choose(device, generations);
  uint32_t slot = generations[1] != 0u ? 1u : 0u;
  if (generations[slot] == 0u) return TT_DEVICE_STORE_CORRUPT;
  return replay(device, slot, generations[slot]);
}

bool tt_journal_owner(tt_device *device, uint8_t device_id[TT_HASH_SIZE]) {
  for (uint32_t slot = 0; slot < 2u; slot++) {
    uint32_t generation;
    tt_error error = read_mark(device, slot, SLOT_MAGIC, &generation);
    if (error != TT_OK || generation == 0u) continue;
    device->journal = (tt_place){slot, generation, 0, 1};
    if (!load_record(device, &device->journal, SLOT_HEADER, TT_RECORD_SNAPSHOT)) continue;
    memcpy(device_id, tt_payload(device) + TT_HASH_SIZE, TT_HASH_SIZE);
    return true;
  }
  return false;
}

tt_walk tt_walk_open(const tt_device *device) {
  return (tt_walk){device->open_from, device->open_count};
}

tt_error tt_walk_next(const tt_device *device, tt_walk *walk, uint8_t payload[TT_READING_PAYLOAD]) {
  record_head head;
  bool valid;
  const tt_place *place = &device->journal;
  while (walk->offset < place->used) {
    uint32_t offset = walk->offset;
    if (!read_head(device, place, offset, &head, &valid)) return TT_DEVICE_STORE_FAILED;
    walk->offset += valid ? tt_record_size(head.type) : TT_STORE_UNIT;
    if (!valid || head.type != TT_RECORD_READING) continue;
    uint32_t address = address_of(device, place->slot, offset + TT_RECORD_HEADER);
    walk->left--;
    return tt_store_read(device, address, payload, TT_READING_PAYLOAD) ? TT_OK
                                                                       : TT_DEVICE_STORE_FAILED;
  }
  return TT_DEVICE_STORE_CORRUPT;
}
