#include "signer.h"

#include <string.h>

#include "board.h"
#include "tt_sha256.h"
#include "uECC.h"

#define KEY_SIZE 32

static uint8_t private_key[KEY_SIZE];
static uint8_t public_point[TT_PUBLIC_KEY_SIZE];
static uint32_t last_instructions;
static uint32_t random_blocks;

/* SHA-256 of the seed, a letter for the purpose, and a number. */
static void derive(uint8_t purpose, uint32_t number, uint8_t digest[TT_HASH_SIZE]) {
  const uint8_t tail[] = {purpose, (uint8_t)(number >> 24), (uint8_t)(number >> 16),
                          (uint8_t)(number >> 8), (uint8_t)number};
  tt_sha256 hash;
  tt_sha256_init(&hash);
  tt_sha256_update(&hash, board_settings.seed, sizeof board_settings.seed);
  tt_sha256_update(&hash, tail, sizeof tail);
  tt_sha256_final(&hash, digest);
}

bool signer_start(void) {
  derive('k', 0, private_key);
  return uECC_compute_public_key(private_key, public_point, uECC_secp256r1()) == 1;
}

bool signer_public_key(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  (void)context;
  memcpy(public_key, public_point, TT_PUBLIC_KEY_SIZE);
  return true;
}

/* What micro-ecc hashes with while it derives the nonce. */
struct hashing {
  uECC_HashContext base;
  tt_sha256 hash;
  uint8_t room[2 * TT_HASH_SIZE + 64];
};

static void start_hash(const uECC_HashContext *base) {
  tt_sha256_init(&((struct hashing *)(uintptr_t)base)->hash);
}

static void update_hash(const uECC_HashContext *base, const uint8_t *bytes, unsigned size) {
  tt_sha256_update(&((struct hashing *)(uintptr_t)base)->hash, bytes, size);
}

static void finish_hash(const uECC_HashContext *base, uint8_t *digest) {
  tt_sha256_final(&((struct hashing *)(uintptr_t)base)->hash, digest);
}

bool signer_sign(void *context, const uint8_t digest[TT_HASH_SIZE],
                 uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)context;
  struct hashing hashing = {.base = {.init_hash = start_hash,
                                     .update_hash = update_hash,
                                     .finish_hash = finish_hash,
                                     .block_size = 64,
                                     .result_size = TT_HASH_SIZE}};
  hashing.base.tmp = hashing.room;
  const uint64_t before = board_instructions();
  const int signed_well = uECC_sign_deterministic(private_key, digest, TT_HASH_SIZE, &hashing.base,
                                                  signature, uECC_secp256r1());
  last_instructions = (uint32_t)(board_instructions() - before);
  return signed_well == 1;
}

bool signer_random(void *context, uint8_t *bytes, size_t size) {
  (void)context;
  uint8_t block[TT_HASH_SIZE];
  for (size_t done = 0; done < size; done += sizeof block) {
    const size_t part = size - done < sizeof block ? size - done : sizeof block;
    derive('r', random_blocks++, block);
    memcpy(bytes + done, block, part);
  }
  return true;
}

uint32_t signer_last_instructions(void) {
  return last_instructions;
}
