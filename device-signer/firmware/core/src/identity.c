#include <string.h>

#include "bytes.h"
#include "tt_codec.h"
#include "tt_sha256.h"

/* Order of P-256, n, and its half rounded down (FIPS 186-4, D.1.2.3). */
static const uint8_t ORDER[32] = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
                                  0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                                  0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
static const uint8_t HALF_ORDER[32] = {
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8};

void tt_domain_of(uint64_t chain_id, const uint8_t registry[TT_ADDRESS_SIZE],
                  uint8_t domain[TT_HASH_SIZE]) {
  static const char TAG[] = "TrueTonne/v1/domain";
  uint8_t bytes[sizeof TAG - 1u + 8u + TT_ADDRESS_SIZE];
  memcpy(bytes, TAG, sizeof TAG - 1u);
  tt_put64(bytes + sizeof TAG - 1u, chain_id);
  memcpy(bytes + sizeof TAG - 1u + 8u, registry, TT_ADDRESS_SIZE);
  tt_sha256_of(bytes, sizeof bytes, domain);
}

void tt_device_id_of(const uint8_t public_key[TT_PUBLIC_KEY_SIZE],
                     uint8_t device_id[TT_HASH_SIZE]) {
  tt_sha256_of(public_key, TT_PUBLIC_KEY_SIZE, device_id);
}

/* Both are public: comparing them takes no care of time. */
bool tt_signature_is_low(const uint8_t signature[TT_SIGNATURE_SIZE]) {
  return memcmp(signature + 32, HALF_ORDER, sizeof HALF_ORDER) <= 0;
}

void tt_signature_to_low(uint8_t signature[TT_SIGNATURE_SIZE]) {
  if (tt_signature_is_low(signature)) return;
  unsigned borrow = 0;
  for (unsigned index = 32; index-- > 0u;) {
    unsigned taken = (unsigned)signature[32u + index] + borrow;
    borrow = taken > ORDER[index] ? 1u : 0u;
    signature[32u + index] = (uint8_t)(256u * borrow + ORDER[index] - taken);
  }
}
