#ifndef TT_SHA256_H
#define TT_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "tt_types.h"

/** SHA-256 (FIPS 180-4) in parts: init, any number of updates, final. */
typedef struct tt_sha256 {
  uint32_t state[8];
  uint64_t length;
  uint8_t block[64];
} tt_sha256;

void tt_sha256_init(tt_sha256 *hash);
void tt_sha256_update(tt_sha256 *hash, const uint8_t *bytes, size_t size);
void tt_sha256_final(tt_sha256 *hash, uint8_t digest[TT_HASH_SIZE]);

/** The same of bytes in one piece. */
void tt_sha256_of(const uint8_t *bytes, size_t size, uint8_t digest[TT_HASH_SIZE]);

#endif
