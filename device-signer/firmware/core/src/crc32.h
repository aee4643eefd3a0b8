#ifndef TT_CRC32_H
#define TT_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32 of IEEE 802.3, in parts: start with 0, pass the last result on. */
uint32_t tt_crc32(uint32_t crc, const uint8_t *bytes, size_t size);

#endif
