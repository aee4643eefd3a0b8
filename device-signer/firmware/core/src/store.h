#ifndef TT_STORE_H
#define TT_STORE_H

#include "tt_device.h"

/* Bytes that are written together, and what their addresses and sizes are multiples of. */
#define TT_STORE_UNIT 16u

static inline uint32_t tt_round_up(uint32_t size, uint32_t unit) {
  return (size + unit - 1u) / unit * unit;
}

bool tt_store_read(const tt_device *device, uint32_t address, uint8_t *bytes, size_t size);

/* Writes and reads back: what did not arrive must not be built on. */
bool tt_store_write(const tt_device *device, uint32_t address, const uint8_t *bytes, size_t size);

bool tt_store_erase(const tt_device *device, uint32_t address);

/* Bytes from `from` to `to` that end with the last one that is not 0xff, counted in whole units. */
bool tt_store_used(const tt_device *device, uint32_t from, uint32_t to, uint32_t *used);

#endif
