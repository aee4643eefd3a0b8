#include "log.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"
#include "journal.h"
#include "slot.h"
#include "store.h"

/* "TTE", version 1. */
#define ENTRY_MAGIC 0x54544501u
#define ENTRY_HEADER 32u

/* Bytes written in one go: a page of common flash. */
#define PAGE 256u

static uint32_t sector_size(const tt_device *device) { return device->config.sector_size; }

static uint32_t address_of(const tt_device *device, uint64_t position) {
  const tt_config *config = &device->config;
  uint64_t size = (uint64_t)config->log_sectors * config->sector_size;
  return 2u * tt_slot_size(config) + (uint32_t)(position % size);
}

static uint64_t next_sector(const tt_device *device, uint64_t position) {
  return (position / sector_size(device) + 1u) * sector_size(device);
}

static uint32_t entry_size(uint32_t window_size) {
  return ENTRY_HEADER + tt_round_up(window_size, TT_STORE_UNIT);
}

bool tt_log_has_room(const tt_device *device, uint32_t size, uint64_t *position) {
  uint32_t sector = sector_size(device);
  uint64_t start = device->log_next;
  /* An entry header lies in one sector. */
  bool fits = device->log_ready && sector - start % sector >= ENTRY_HEADER;
  if (start % sector != 0u && !fits) start = next_sector(device, start);
  uint64_t last = start + entry_size(size) - 1u;
  *position = start;
  if (device->state.sealed_serial == device->state.acknowledged_serial) return true;
  return last / sector - device->state.log_tail / sector < device->config.log_sectors;
}

tt_error tt_log_prepare(tt_device *device) {
  uint32_t used = 1;
  if (device->log_ready || device->log_next % sector_size(device) == 0u) return TT_OK;
  uint32_t start = address_of(device, device->log_next);
  uint32_t rest = sector_size(device) - (uint32_t)(device->log_next % sector_size(device));
  /* What follows may only seem erased when the last life ended in a write. */
  bool planned = device->config.planned_wake && !device->state.log_doubted;
  if (planned && !tt_store_used(device, start, start + rest, &used)) return TT_DEVICE_STORE_FAILED;
  device->log_ready = used == 0u;
  if (used > 0u) device->log_next = next_sector(device, device->log_next);
  return TT_OK;
}

/* A window on its way into the log, gathered in device->record. */
typedef struct stream {
  uint64_t position;
  uint32_t fill;
  uint32_t crc;
} stream;

static bool enter(const tt_device *device, uint64_t position) {
  if (position % sector_size(device) != 0u) return true;
  return tt_store_erase(device, address_of(device, position));
}

static bool flush(tt_device *device, stream *out) {
  uint32_t size = tt_round_up(out->fill, TT_STORE_UNIT);
  if (out->fill == 0u) return true;
  memset(device->record + out->fill, 0, size - out->fill);
  if (!enter(device, out->position)) return false;
  if (!tt_store_write(device, address_of(device, out->position), device->record, size)) return false;
  out->position += size;
  out->fill = 0;
  return true;
}

static bool put(tt_device *device, stream *out, const uint8_t *bytes, uint32_t size) {
  out->crc = tt_crc32(out->crc, bytes, size);
  while (size > 0u) {
    uint32_t room = PAGE - (uint32_t)(out->position % PAGE) - out->fill;
    uint32_t part = size < room ? size : room;
    memcpy(device->record + out->fill, bytes, part);
    out->fill += part;
    bytes += part;
    size -= part;
    if (part == room && !flush(device, out)) return false;
  }
  return true;
}

static tt_error put_readings(tt_device *device, stream *out, uint16_t count) {
  uint8_t payload[TT_READING_PAYLOAD];
  uint8_t digest[TT_HASH_SIZE];
  tt_sha256 hash;
  tt_walk walk = tt_walk_open(device);
  tt_sha256_init(&hash);
  for (uint16_t index = 0; index < count; index++) {
    tt_error error = tt_walk_next(device, &walk, payload);
    if (error != TT_OK) return error;
    tt_sha256_update(&hash, payload, TT_READING_SIZE);
    if (!put(device, out, payload, TT_READING_SIZE)) return TT_DEVICE_STORE_FAILED;
  }
  tt_sha256_final(&hash, digest);
  bool kept = memcmp(digest, device->promise + 112, TT_HASH_SIZE) == 0;
  return kept ? TT_OK : TT_DEVICE_STORE_CORRUPT;
}

/* Covers the position too: an entry of an earlier lap does not fit. */
static uint32_t header_crc(const uint8_t bytes[ENTRY_HEADER], uint64_t position) {
  uint8_t place[8];
  tt_put64(place, position);
  return tt_crc32(tt_crc32(0, place, sizeof place), bytes, ENTRY_HEADER - 4u);
}

static bool write_entry_header(tt_device *device, uint64_t position, uint32_t size, uint32_t crc) {
  uint8_t bytes[ENTRY_HEADER] = {0};
  tt_put32(bytes, ENTRY_MAGIC);
  tt_put32(bytes + 4, device->state.sealed_serial + 1u);
  tt_put32(bytes + 8, size);
  tt_put32(bytes + 12, crc);
  memcpy(bytes + 16, device->promise + 68, 8);
  tt_put32(bytes + 28, header_crc(bytes, position));
  return tt_store_write(device, address_of(device, position), bytes, sizeof bytes);
}

static tt_error write_window(tt_device *device, uint64_t position,
                             const uint8_t signature[TT_SIGNATURE_SIZE], stream *out) {
  uint16_t count = tt_get16(device->promise + 108);
  uint32_t size = TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * count;
  if (!enter(device, position)) return TT_DEVICE_STORE_FAILED;
  if (!put(device, out, device->promise, TT_HEADER_SIZE)) return TT_DEVICE_STORE_FAILED;
  if (!put(device, out, signature, TT_SIGNATURE_SIZE)) return TT_DEVICE_STORE_FAILED;
  tt_error error = put_readings(device, out, count);
  if (error != TT_OK) return error;
  if (!flush(device, out)) return TT_DEVICE_STORE_FAILED;
  bool written = write_entry_header(device, position, size, out->crc);
  return written ? TT_OK : TT_DEVICE_STORE_FAILED;
}

tt_error tt_log_write(tt_device *device, uint64_t position,
                      const uint8_t signature[TT_SIGNATURE_SIZE], uint64_t *next) {
  stream out = {position + ENTRY_HEADER, 0, 0};
  tt_error error = write_window(device, position, signature, &out);
  *next = out.position;
  if (error == TT_OK) return TT_OK;
  /* A sector that takes no bytes is left out. */
  device->log_next = next_sector(device, position);
  device->log_ready = false;
  return error;
}

bool tt_log_read(const tt_device *device, uint64_t position, uint8_t *bytes, size_t size) {
  const tt_config *config = &device->config;
  uint32_t end = 2u * tt_slot_size(config) + config->log_sectors * config->sector_size;
  uint32_t start = address_of(device, position);
  size_t part = size < end - start ? size : end - start;
  if (!tt_store_read(device, start, bytes, part)) return false;
  return part == size || tt_store_read(device, address_of(device, position + part), bytes + part,
                                       size - part);
}

static bool is_intact(const tt_device *device, const tt_outgoing *window, uint32_t stated) {
  uint8_t bytes[64];
  uint32_t crc = 0;
  for (uint32_t done = 0; done < window->size; done += (uint32_t)sizeof bytes) {
    uint32_t rest = window->size - done;
    uint32_t part = rest < sizeof bytes ? rest : (uint32_t)sizeof bytes;
    if (!tt_log_read(device, window->position + done, bytes, part)) return false;
    crc = tt_crc32(crc, bytes, part);
  }
  return crc == stated;
}

/* The entry that begins at `position`, if one does. `next`: where to look on. */
static bool find_at(const tt_device *device, uint64_t position, tt_outgoing *window,
                    uint64_t *next) {
  uint8_t bytes[ENTRY_HEADER];
  *next = position + TT_STORE_UNIT;
  if (sector_size(device) - position % sector_size(device) < ENTRY_HEADER) return false;
  if (!tt_log_read(device, position, bytes, sizeof bytes)) return false;
  if (tt_get32(bytes) != ENTRY_MAGIC) return false;
  if (tt_get32(bytes + 28) != header_crc(bytes, position)) return false;
  window->serial = tt_get32(bytes + 4);
  window->size = tt_get32(bytes + 8);
  window->sequence = tt_get64(bytes + 16);
  window->position = position + ENTRY_HEADER;
  window->next = position + entry_size(window->size);
  /* One that is not whole may lie under the next: it was written once more after a cut. */
  if (!is_intact(device, window, tt_get32(bytes + 12))) return false;
  *next = window->next;
  return true;
}

tt_error tt_log_find(const tt_device *device, uint64_t position, uint32_t serial,
                     tt_outgoing *window) {
  tt_outgoing found;
  while (position < device->state.log_head) {
    /* An entry with a serial that was seen is one that a cut kept from being noted. */
    if (!find_at(device, position, &found, &position) || found.serial <= serial) continue;
    if (found.serial > serial + 1u) {
      device->platform->log(device->platform->context, TT_EVENT_WINDOW_LOST, serial + 1u);
    }
    *window = found;
    return TT_OK;
  }
  return TT_WINDOW_UNKNOWN;
}
