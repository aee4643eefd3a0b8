#include "store.h"

#include <string.h>

/* Bytes looked at in one go. */
#define CHUNK 64u

bool tt_store_read(const tt_device *device, uint32_t address, uint8_t *bytes, size_t size) {
  return device->platform->store_read(device->platform->context, address, bytes, size);
}

bool tt_store_erase(const tt_device *device, uint32_t address) {
  return device->platform->store_erase(device->platform->context, address);
}

bool tt_store_write(const tt_device *device, uint32_t address, const uint8_t *bytes, size_t size) {
  uint8_t back[CHUNK];
  if (!device->platform->store_write(device->platform->context, address, bytes, size)) return false;
  for (size_t done = 0; done < size; done += CHUNK) {
    size_t part = size - done < CHUNK ? size - done : CHUNK;
    if (!tt_store_read(device, address + (uint32_t)done, back, part)) return false;
    if (memcmp(back, bytes + done, part) != 0) return false;
  }
  return true;
}

static uint32_t last_used(const uint8_t *bytes, uint32_t size) {
  while (size > 0u && bytes[size - 1u] == 0xffu) size--;
  return tt_round_up(size, TT_STORE_UNIT);
}

bool tt_store_used(const tt_device *device, uint32_t from, uint32_t to, uint32_t *used) {
  uint8_t bytes[CHUNK];
  uint32_t end = to - from;
  while (end > 0u) {
    uint32_t part = end % CHUNK != 0u ? end % CHUNK : CHUNK;
    if (!tt_store_read(device, from + end - part, bytes, part)) return false;
    uint32_t found = last_used(bytes, part);
    if (found > 0u) {
      *used = end - part + found;
      return true;
    }
    end -= part;
  }
  *used = 0;
  return true;
}
