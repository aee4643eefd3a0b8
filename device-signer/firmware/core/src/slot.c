#include "slot.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"
#include "store.h"

/* Bytes of a mark. */
#define MARK (TT_SLOT_HEADER / 2u)

uint32_t tt_slot_size(const tt_config *config) {
  return config->journal_sectors * config->sector_size;
}

uint32_t tt_slot_address(const tt_device *device, uint32_t slot, uint32_t offset) {
  return slot * tt_slot_size(&device->config) + offset;
}

/* Sectors of a slot from its beginning up to `end`. */
static bool erase_until(const tt_device *device, uint32_t slot, uint32_t end) {
  for (uint32_t offset = 0; offset < end; offset += device->config.sector_size) {
    if (!tt_store_erase(device, tt_slot_address(device, slot, offset))) return false;
  }
  return true;
}

bool tt_slot_erase(const tt_device *device, uint32_t slot) {
  return erase_until(device, slot, tt_slot_size(&device->config));
}

bool tt_slot_erase_used(const tt_device *device, const tt_place *place) {
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

bool tt_slot_write(tt_device *device, tt_place *place, tt_record_type type) {
  uint32_t size = tt_record_size(type);
  uint32_t stated = tt_payload_size(type);
  uint8_t *bytes = device->record;
  bytes[4] = (uint8_t)type;
  bytes[5] = 0;
  tt_put16(bytes + 6, (uint16_t)stated);
  tt_put32(bytes + 8, place->index);
  memset(bytes + TT_RECORD_HEADER + stated, 0, size - TT_RECORD_HEADER - stated);
  tt_put32(bytes, tt_crc32(crc_start(place->generation), bytes + 4, size - 4u));
  if (!tt_store_write(device, tt_slot_address(device, place->slot, place->used), bytes, size)) {
    return false;
  }
  place->used += size;
  place->index++;
  return true;
}

bool tt_slot_read_head(const tt_device *device, const tt_place *place, uint32_t offset,
                       tt_record_head *head, bool *valid) {
  uint8_t bytes[64];
  uint32_t address = tt_slot_address(device, place->slot, offset);
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

bool tt_slot_load(tt_device *device, const tt_place *place, uint32_t offset, tt_record_type type) {
  uint32_t size = tt_record_size(type);
  if (!tt_store_read(device, tt_slot_address(device, place->slot, offset), device->record, size)) {
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

bool tt_slot_write_mark(tt_device *device, const tt_place *place, uint32_t magic) {
  uint8_t bytes[MARK];
  tt_put32(bytes, magic);
  tt_put32(bytes + 4, place->generation);
  tt_put32(bytes + 8, geometry_of(&device->config));
  tt_put32(bytes + 12, tt_crc32(0, bytes, 12));
  uint32_t offset = magic == TT_SLOT_MAGIC ? 0u : MARK;
  return tt_store_write(device, tt_slot_address(device, place->slot, offset), bytes, sizeof bytes);
}

/* What a mark says; `generation` 0: there is none. Answers false when the store failed. */
static bool read_mark(const tt_device *device, uint32_t address, uint32_t magic,
                      uint32_t *generation, uint32_t *geometry) {
  uint8_t bytes[MARK];
  *generation = 0;
  if (!tt_store_read(device, address, bytes, sizeof bytes)) return false;
  bool whole = tt_get32(bytes) == magic && tt_get32(bytes + 12) == tt_crc32(0, bytes, 12);
  if (whole) *generation = tt_get32(bytes + 4);
  *geometry = tt_get32(bytes + 8);
  return true;
}

tt_error tt_slot_read_mark(const tt_device *device, uint32_t slot, uint32_t magic,
                           uint32_t *generation) {
  uint32_t geometry;
  uint32_t offset = magic == TT_SLOT_MAGIC ? 0u : MARK;
  uint32_t address = tt_slot_address(device, slot, offset);
  if (!read_mark(device, address, magic, generation, &geometry)) return TT_DEVICE_STORE_FAILED;
  bool same = *generation == 0u || geometry == geometry_of(&device->config);
  return same ? TT_OK : TT_CONFIGURATION_INVALID;
}

bool tt_slot_read_mark_at(const tt_device *device, uint32_t address, uint32_t *generation) {
  uint32_t geometry;
  return read_mark(device, address, TT_SLOT_MAGIC, generation, &geometry);
}
