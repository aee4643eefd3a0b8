/*
 * libFuzzer target of the core's parsers. The bytes are a window, but for the first: it says which parser
 * gets the rest and, for windows, whether count and hash are made right so that mutations reach what lies
 * behind those checks.
 */
#include <stdlib.h>
#include <string.h>

#include "tt_codec.h"
#include "tt_sha256.h"

static const uint8_t DOMAIN[TT_HASH_SIZE] = {0};

static void demand(bool holds) {
  if (!holds) abort();
}

static void mend(uint8_t *bytes, size_t size) {
  if (size < TT_WINDOW_PREFIX_SIZE) return;
  size_t count = (size - TT_WINDOW_PREFIX_SIZE) / TT_READING_SIZE;
  const uint8_t magic[4] = {0x54, 0x54, 0x57, 0x01};
  memcpy(bytes, magic, sizeof magic);
  memset(bytes + 4, 0, TT_HASH_SIZE);
  bytes[108] = (uint8_t)(count >> 8);
  bytes[109] = (uint8_t)count;
  tt_sha256_of(bytes + TT_WINDOW_PREFIX_SIZE, count * TT_READING_SIZE, bytes + 112);
}

static void parse_window(const uint8_t *bytes, size_t size) {
  tt_header header;
  uint8_t again[TT_HEADER_SIZE];
  if (tt_window_parse(bytes, size, DOMAIN, &header) != TT_OK) return;
  demand(size == TT_WINDOW_PREFIX_SIZE + (size_t)TT_READING_SIZE * header.count);
  demand(header.opened_at < header.closed_at && header.sequence > 0u);
  demand(tt_header_encode(&header, again) == TT_OK);
  demand(memcmp(again, bytes, TT_HEADER_SIZE) == 0);
  for (unsigned index = 0; index < header.count; index++) {
    const uint8_t *at = bytes + TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * index;
    tt_reading reading;
    demand(tt_reading_decode(at, &reading) == TT_OK);
    demand(tt_reading_encode(&reading, again) == TT_OK);
    demand(memcmp(again, at, TT_READING_SIZE) == 0);
  }
}

static void parse_statements(const uint8_t *bytes, size_t size) {
  uint8_t again[TT_METER_REPLACEMENT_SIZE];
  tt_claim claim;
  tt_rotation rotation;
  tt_meter_replacement replacement;
  if (tt_claim_decode(bytes, size, &claim) == TT_OK) {
    demand(tt_claim_encode(&claim, again) == TT_OK && memcmp(again, bytes, size) == 0);
  }
  if (tt_rotation_decode(bytes, size, &rotation) == TT_OK) {
    demand(tt_rotation_encode(&rotation, again) == TT_OK && memcmp(again, bytes, size) == 0);
  }
  if (tt_meter_replacement_decode(bytes, size, &replacement) == TT_OK) {
    demand(tt_meter_replacement_encode(&replacement, again) == TT_OK);
    demand(memcmp(again, bytes, size) == 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0u) return 0;
  uint8_t choice = data[0];
  size--;
  /* A block of its own, so that a step beyond its end is seen. */
  uint8_t *bytes = malloc(size == 0u ? 1u : size);
  if (bytes == NULL) return 0;
  memcpy(bytes, data + 1, size);
  if (choice % 4u == 0u) {
    parse_statements(bytes, size);
  } else {
    if (choice % 4u == 1u) mend(bytes, size);
    parse_window(bytes, size);
  }
  free(bytes);
  return 0;
}
