#ifndef TT_BYTES_H
#define TT_BYTES_H

#include <stdint.h>

/* Big-endian numbers, wherever they lie. */

static inline uint16_t tt_get16(const uint8_t *bytes) {
  return (uint16_t)((bytes[0] << 8) | bytes[1]);
}

static inline uint32_t tt_get32(const uint8_t *bytes) {
  return ((uint32_t)tt_get16(bytes) << 16) | tt_get16(bytes + 2);
}

static inline uint64_t tt_get64(const uint8_t *bytes) {
  return ((uint64_t)tt_get32(bytes) << 32) | tt_get32(bytes + 4);
}

static inline void tt_put16(uint8_t *bytes, uint16_t value) {
  bytes[0] = (uint8_t)(value >> 8);
  bytes[1] = (uint8_t)value;
}

static inline void tt_put32(uint8_t *bytes, uint32_t value) {
  tt_put16(bytes, (uint16_t)(value >> 16));
  tt_put16(bytes + 2, (uint16_t)value);
}

static inline void tt_put64(uint8_t *bytes, uint64_t value) {
  tt_put32(bytes, (uint32_t)(value >> 32));
  tt_put32(bytes + 4, (uint32_t)value);
}

/* Limits of SPEC section 4. */
#define TT_SEQUENCE_LIMIT ((uint64_t)1 << 32)
#define TT_TIME_LIMIT ((uint64_t)1 << 40)
#define TT_REGISTER_LIMIT ((uint64_t)1 << 56)

#endif
