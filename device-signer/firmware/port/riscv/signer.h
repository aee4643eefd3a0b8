/* P-256 by micro-ecc, with a key from the board's settings as another board has it in its fuses. */
#ifndef TT_RISCV_SIGNER_H
#define TT_RISCV_SIGNER_H

#include <stdbool.h>
#include <stddef.h>

#include "tt_types.h"

/* Derives the key. False when the seed makes none (one in 2^32). */
bool signer_start(void);

bool signer_public_key(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]);

/* Deterministic (RFC 6979): a board without a good source of random numbers gives no key away. */
bool signer_sign(void *context, const uint8_t digest[TT_HASH_SIZE],
                 uint8_t signature[TT_SIGNATURE_SIZE]);

/* A stream of bytes from the seed: enough to spread attempts in time, not for keys. */
bool signer_random(void *context, uint8_t *bytes, size_t size);

/* Instructions that the last signature took. */
uint32_t signer_last_instructions(void);

#endif
