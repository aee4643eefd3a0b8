#ifndef HOST_P256_H
#define HOST_P256_H

#include "tt_types.h"

/* P-256 by OpenSSL 3. */
typedef struct host_key host_key;

/* NULL when it failed. */
host_key *host_key_make(void);
host_key *host_key_load(const char *path);
void host_key_free(host_key *key);

/* Writes the private key as PEM into a new file that only its owner can read, durably. */
bool host_key_save(const host_key *key, const char *path);

bool host_key_public(const host_key *key, uint8_t public_key[TT_PUBLIC_KEY_SIZE]);
bool host_key_sign(const host_key *key, const uint8_t digest[TT_HASH_SIZE],
                   uint8_t signature[TT_SIGNATURE_SIZE]);

bool host_verify(const uint8_t public_key[TT_PUBLIC_KEY_SIZE], const uint8_t digest[TT_HASH_SIZE],
                 const uint8_t signature[TT_SIGNATURE_SIZE]);

#endif
