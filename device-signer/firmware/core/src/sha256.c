#include "tt_sha256.h"

#include <string.h>

#include "bytes.h"

/* FIPS 180-4, section 4.2.2. */
static const uint32_t K[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u,
    0xab1c5ed5u, 0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu,
    0x9bdc06a7u, 0xc19bf174u, 0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu,
    0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau, 0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u,
    0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u, 0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu,
    0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u, 0xa2bfe8a1u, 0xa81a664bu,
    0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u, 0x19a4c116u,
    0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u,
    0xc67178f2u};

static uint32_t rotate(uint32_t value, unsigned bits) {
  return (value >> bits) | (value << (32u - bits));
}

/* The message schedule in 16 words that are overwritten as they go: 64 bytes of stack, not 256. */
static uint32_t schedule(uint32_t words[16], unsigned round) {
  if (round < 16u) return words[round];
  uint32_t w15 = words[(round + 1u) & 15u];
  uint32_t w2 = words[(round + 14u) & 15u];
  uint32_t s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >> 3);
  uint32_t s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >> 10);
  words[round & 15u] += s0 + words[(round + 9u) & 15u] + s1;
  return words[round & 15u];
}

static void compress(uint32_t state[8], const uint8_t block[64]) {
  uint32_t words[16];
  uint32_t v[8];
  for (unsigned index = 0; index < 16u; index++) words[index] = tt_get32(block + 4u * index);
  memcpy(v, state, sizeof v);
  for (unsigned round = 0; round < 64u; round++) {
    uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
    uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
    uint32_t t1 = v[7] + s1 + choice + K[round] + schedule(words, round);
    uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
    uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
    memmove(v + 1, v, 7u * sizeof v[0]);
    v[4] += t1;
    v[0] = t1 + s0 + majority;
  }
  for (unsigned index = 0; index < 8u; index++) state[index] += v[index];
}

void tt_sha256_init(tt_sha256 *hash) {
  static const uint32_t START[8] = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
                                    0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};
  memcpy(hash->state, START, sizeof START);
  hash->length = 0;
}

void tt_sha256_update(tt_sha256 *hash, const uint8_t *bytes, size_t size) {
  while (size > 0u) {
    size_t used = (size_t)(hash->length & 63u);
    size_t part = 64u - used < size ? 64u - used : size;
    memcpy(hash->block + used, bytes, part);
    hash->length += part;
    bytes += part;
    size -= part;
    if (used + part == 64u) compress(hash->state, hash->block);
  }
}

void tt_sha256_final(tt_sha256 *hash, uint8_t digest[TT_HASH_SIZE]) {
  static const uint8_t PADDING[64] = {0x80u};
  uint8_t length[8];
  tt_put64(length, hash->length * 8u);
  /* Up to 8 bytes before the end of a block. */
  size_t used = (size_t)(hash->length & 63u);
  tt_sha256_update(hash, PADDING, used < 56u ? 56u - used : 120u - used);
  tt_sha256_update(hash, length, sizeof length);
  for (unsigned index = 0; index < 8u; index++) tt_put32(digest + 4u * index, hash->state[index]);
}

void tt_sha256_of(const uint8_t *bytes, size_t size, uint8_t digest[TT_HASH_SIZE]) {
  tt_sha256 hash;
  tt_sha256_init(&hash);
  tt_sha256_update(&hash, bytes, size);
  tt_sha256_final(&hash, digest);
}
