#include "journal.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"
#include "store.h"

/* "TTJ", version 1. */
#define SLOT_MAGIC 0x54544a01u
#define SLOT_HEADER 16u

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

static bool erase_slot(const tt_device *device, uint32_t slot) {
  for (uint32_t sector = 0; sector < device->config.journal_sectors; sector++) {
    if (!tt_store_erase(device, address_of(device, slot, sector * device->config.sector_size))) {
      return false;
    }
  }
  return true;
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

static bool write_slot_header(tt_device *device, const tt_place *place) {
  uint8_t bytes[SLOT_HEADER];
  tt_put32(bytes, SLOT_MAGIC);
  tt_put32(bytes + 4, place->generation);
  tt_put32(bytes + 8, geometry_of(&device->config));
  tt_put32(bytes + 12, tt_crc32(0, bytes, 12));
  return tt_store_write(device, address_of(device, place->slot, 0), bytes, sizeof bytes);
}

/* Generation of a slot; 0 when it has no whole header. TT_CONFIGURATION_INVALID: other sectors. */
static tt_error read_slot_header(const tt_device *device, uint32_t slot, uint32_t *generation) {
  uint8_t bytes[SLOT_HEADER];
  *generation = 0;
  if (!tt_store_read(device, address_of(device, slot, 0), bytes, sizeof bytes)) {
    return TT_DEVICE_STORE_FAILED;
  }
  bool whole = tt_get32(bytes) == SLOT_MAGIC && tt_get32(bytes + 12) == tt_crc32(0, bytes, 12);
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
  return write_slot_header(device, &device->journal) ? TT_OK : fail(device);
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
    tt_error error = tt_walk_next(device, &walk, next);
    if (error != TT_OK) return error;
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
  if (!copy_rest(device, &place) || !write_slot_header(device, &place)) return fail(device);
  device->journal = place;
  device->open_from = open_from;
  device->open_count = count;
  device->stale_record = 0;
  device->torn = false;
  /* A slot that can still be read could be taken for the one in use if the new one were spoilt. */
  if (!erase_slot(device, old.slot)) return fail(device);
  device->slot_dirty = false;
  device->platform->log(device->platform->context, TT_EVENT_JOURNAL_MOVED, place.generation);
  return TT_OK;
}

static bool has_room(const tt_device *device, uint32_t size) {
  return device->journal.used + size <= tt_slot_size(&device->config);
}

/* Writes the last record of the life before once more, with its index. */
static tt_error renew_stale_record(tt_device *device) {
  record_head head;
  bool valid;
  tt_place place = device->journal;
  if (!read_head(device, &place, device->stale_record, &head, &valid)) return fail(device);
  if (!valid || !load_record(device, &place, device->stale_record, head.type)) return fail(device);
  if (!has_room(device, tt_record_size(head.type))) return tt_journal_move(device, 0);
  place.index--;
  if (!write_record(device, &place, head.type)) return fail(device);
  device->journal = place;
  device->stale_record = 0;
  return TT_OK;
}

tt_error tt_journal_reserve(tt_device *device, tt_record_type type) {
  if (device->failed) return TT_DEVICE_STORE_FAILED;
  tt_error error = TT_OK;
  if (device->torn) error = tt_journal_move(device, 0);
  else if (device->stale_record != 0u) error = renew_stale_record(device);
  if (error != TT_OK || has_room(device, tt_record_size(type))) return error;
  error = tt_journal_move(device, 0);
  if (error != TT_OK) return error;
  return has_room(device, tt_record_size(type)) ? TT_OK : fail(device);
}

tt_error tt_journal_append(tt_device *device, tt_record_type type) {
  uint32_t offset = device->journal.used;
  if (device->failed || device->stale_record != 0u) return fail(device);
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
  bool again = place->index > 1u && head.index + 1u == place->index;
  bool first = place->index == 1u;
  if (!again && head.index != place->index) return TT_DEVICE_STORE_CORRUPT;
  if (first && head.type != TT_RECORD_SNAPSHOT) return TT_DEVICE_STORE_CORRUPT;
  if (!again && !tt_apply(device, head.type, *offset)) return TT_DEVICE_STORE_CORRUPT;
  device->stale_record = *offset;
  place->index = head.index + 1u;
  *offset += tt_record_size(head.type);
  return TT_OK;
}

static tt_error replay(tt_device *device) {
  uint32_t offset = SLOT_HEADER;
  uint32_t end = SLOT_HEADER;
  device->journal.index = 1;
  while (offset < device->journal.used) {
    uint32_t index = device->journal.index;
    tt_error error = replay_at(device, &offset);
    if (error != TT_OK) return error;
    if (device->journal.index != index) end = offset;
  }
  if (device->journal.index == 1u) return TT_DEVICE_STORE_CORRUPT;
  device->torn = end < device->journal.used;
  if (device->torn) {
    device->platform->log(device->platform->context, TT_EVENT_TORN_RECORD, end);
  }
  return TT_OK;
}

/* Which slot is in use: the one with the higher generation. */
static tt_error find_slot(tt_device *device) {
  uint32_t generations[2];
  tt_error error = read_slot_header(device, 0, &generations[0]);
  if (error == TT_OK) error = read_slot_header(device, 1, &generations[1]);
  if (error != TT_OK) return error;
  uint32_t slot = generations[1] > generations[0] ? 1u : 0u;
  if (generations[slot] == 0u) return TT_DEVICE_STORE_CORRUPT;
  device->journal = (tt_place){slot, generations[slot], 0, 1};
  device->slot_dirty = true;
  uint32_t start = address_of(device, slot, 0);
  uint32_t end = start + tt_slot_size(&device->config);
  return tt_store_used(device, start, end, &device->journal.used) ? TT_OK : TT_DEVICE_STORE_FAILED;
}

tt_error tt_journal_open(tt_device *device) {
  uint32_t generation;
  tt_error error = find_slot(device);
  if (error == TT_OK) error = replay(device);
  if (error != TT_OK) return error;
  uint32_t other = 1u - device->journal.slot;
  error = read_slot_header(device, other, &generation);
  if (error != TT_OK || generation == 0u) return error;
  /* The cut came between the new slot's header and the old one's erasure. */
  return erase_slot(device, other) ? TT_OK : TT_DEVICE_STORE_FAILED;
}

bool tt_journal_owner(tt_device *device, uint8_t device_id[TT_HASH_SIZE]) {
  if (find_slot(device) != TT_OK) return false;
  if (!load_record(device, &device->journal, SLOT_HEADER, TT_RECORD_SNAPSHOT)) return false;
  memcpy(device_id, tt_payload(device) + TT_HASH_SIZE, TT_HASH_SIZE);
  return true;
}

tt_walk tt_walk_open(const tt_device *device) {
  return (tt_walk){device->open_from, 0, device->open_count};
}

tt_error tt_walk_next(const tt_device *device, tt_walk *walk, uint8_t payload[TT_READING_PAYLOAD]) {
  record_head head;
  bool valid;
  const tt_place *place = &device->journal;
  while (walk->offset < place->used) {
    uint32_t offset = walk->offset;
    if (!read_head(device, place, offset, &head, &valid)) return TT_DEVICE_STORE_FAILED;
    walk->offset += valid ? tt_record_size(head.type) : TT_STORE_UNIT;
    /* A record that was written again has the index of the first. */
    if (!valid || head.type != TT_RECORD_READING || head.index <= walk->index) continue;
    uint32_t address = address_of(device, place->slot, offset + TT_RECORD_HEADER);
    walk->index = head.index;
    walk->left--;
    return tt_store_read(device, address, payload, TT_READING_PAYLOAD) ? TT_OK
                                                                       : TT_DEVICE_STORE_FAILED;
  }
  return TT_DEVICE_STORE_CORRUPT;
}
