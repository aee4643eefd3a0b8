#include <string.h>

#include "checks.h"

static void assert_digest(const sim_world *world, const char *text, size_t times,
                          const char *expected) {
  uint8_t digest[TT_HASH_SIZE];
  char hex[2 * TT_HASH_SIZE + 1];
  static const char DIGITS[] = "0123456789abcdef";
  tt_sha256 hash;
  tt_sha256_init(&hash);
  for (size_t index = 0; index < times; index++) {
    tt_sha256_update(&hash, (const uint8_t *)text, strlen(text));
  }
  tt_sha256_final(&hash, digest);
  for (unsigned index = 0; index < TT_HASH_SIZE; index++) {
    hex[2u * index] = DIGITS[digest[index] >> 4];
    hex[2u * index + 1u] = DIGITS[digest[index] & 15];
  }
  hex[2u * TT_HASH_SIZE] = '\0';
  world_law(world, strcmp(hex, expected) == 0, expected);
}

/* FIPS 180-4 examples and NIST CAVP SHA256ShortMsg. */
static void sha256(sim_world *world) {
  assert_digest(world, "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert_digest(world, "abc", 1,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_digest(world, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  assert_digest(world, "a", 1000000,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  /* 55, 56 and 64 bytes: around the end of a block. */
  assert_digest(world, "a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  assert_digest(world, "a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
  assert_digest(world, "a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

static void set_s(uint8_t signature[TT_SIGNATURE_SIZE], int over_half) {
  static const uint8_t HALF[32] = {0x7f, 0xff, 0xff, 0xff, 0x80, 0,    0,    0,    0x7f, 0xff, 0xff,
                                   0xff, 0xff, 0xff, 0xff, 0xff, 0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b,
                                   0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8};
  memset(signature, 0x11, 32);
  memcpy(signature + 32, HALF, 32);
  signature[63] = (uint8_t)(signature[63] + over_half);
}

static void low_s(sim_world *world) {
  uint8_t signature[TT_SIGNATURE_SIZE];
  uint8_t before[TT_SIGNATURE_SIZE];
  set_s(signature, 0);
  memcpy(before, signature, sizeof before);
  HOLDS(world, tt_signature_is_low(signature));
  tt_signature_to_low(signature);
  HOLDS(world, memcmp(before, signature, sizeof before) == 0);
  set_s(signature, 1);
  HOLDS(world, !tt_signature_is_low(signature));
  /* n is odd, so n - (half + 1) is half. */
  tt_signature_to_low(signature);
  HOLDS(world, memcmp(before, signature, sizeof before) == 0);
  /* n - 1 becomes 1. */
  static const uint8_t LARGEST[32] = {0xff, 0xff, 0xff, 0xff, 0,    0,    0,    0,
                                      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                      0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84,
                                      0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x50};
  static const uint8_t ONE[32] = {[31] = 1};
  memcpy(signature + 32, LARGEST, 32);
  tt_signature_to_low(signature);
  HOLDS(world, memcmp(signature + 32, ONE, 32) == 0);
}

static tt_header sound_header(void) {
  tt_header header;
  memset(&header, 0, sizeof header);
  header.sequence = 1;
  header.opened_at = 1;
  header.closed_at = 2;
  header.count = 1;
  return header;
}

static void encoders(sim_world *world) {
  uint8_t bytes[TT_HEADER_SIZE];
  tt_header header = sound_header();
  tt_reading reading;
  tt_claim claim;
  tt_rotation rotation;
  tt_meter_replacement replacement;
  memset(&reading, 0, sizeof reading);
  memset(&claim, 0, sizeof claim);
  memset(&rotation, 0, sizeof rotation);
  memset(&replacement, 0, sizeof replacement);
  ANSWERS(world, TT_OK, tt_header_encode(&header, bytes));
  header.count = 257;
  ANSWERS(world, TT_COUNT_OUT_OF_RANGE, tt_header_encode(&header, bytes));
  header = sound_header();
  header.flags = 8;
  ANSWERS(world, TT_FLAGS_UNKNOWN, tt_header_encode(&header, bytes));
  header = sound_header();
  header.sequence = (uint64_t)1 << 32;
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE, tt_header_encode(&header, bytes));
  reading.present = 1u << 12;
  ANSWERS(world, TT_READING_NOT_CANONICAL, tt_reading_encode(&reading, bytes));
  reading.present = 0;
  reading.export_wh = (uint64_t)1 << 56;
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE, tt_reading_encode(&reading, bytes));
  claim.claimed_at = (uint64_t)1 << 40;
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE, tt_claim_encode(&claim, bytes));
  rotation.rotated_at = (uint64_t)1 << 40;
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE, tt_rotation_encode(&rotation, bytes));
  replacement.sequence = (uint64_t)1 << 32;
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE, tt_meter_replacement_encode(&replacement, bytes));
}

static void absent_fields(sim_world *world) {
  uint8_t bytes[TT_READING_SIZE];
  tt_reading reading;
  memset(&reading, 0xff, sizeof reading);
  reading.at = 1;
  reading.export_wh = 2;
  reading.import_wh = 3;
  reading.present = TT_HAS_CURRENT;
  ANSWERS(world, TT_OK, tt_reading_encode(&reading, bytes));
  ANSWERS(world, TT_OK, tt_reading_decode(bytes, &reading));
  HOLDS(world, reading.current_ma == -1 && reading.voltage_mv == 0 && reading.firmware == 0);
  HOLDS(world, reading.active_power_mw == 0 && reading.apparent_power_mva == 0);
}

static void codes(sim_world *world) {
  HOLDS(world, strcmp(tt_error_code(TT_TIME_OVERLAP), "TIME_OVERLAP") == 0);
  HOLDS(world, strcmp(tt_error_code((tt_error)31), "INTERNAL") == 0);
}

static const check CHECKS[] = {
    {"SHA-256 gives the digests of NIST's examples", sha256},
    {"a high s becomes n - s and a low one stays", low_s},
    {"an encoder refuses numbers above their limits", encoders},
    {"what was not measured is encoded as zero whatever its variable holds", absent_fields},
    {"an error without a number of its own is INTERNAL", codes}};
const check_list CODEC_CHECKS = {CHECKS, sizeof CHECKS / sizeof *CHECKS};
