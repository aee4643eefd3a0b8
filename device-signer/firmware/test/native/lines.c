/*
 * Answers questions about bytes, one a line, so that tests in other languages can hold this codec against
 * theirs. Words are parted by one space; bytes are hex without 0x, `-` for none. The answer is one line: a
 * code of the catalogue, or `valid` and what was read.
 *
 *     domain <chain id> <registry>
 *     id <public key>
 *     reading <bytes>
 *     window <domain> <public key or -> <bytes>
 *     claim <domain> <sender> <public key> <signature> <bytes>
 *     rotation <domain> <public key> <signature> <bytes>
 *     replacement <domain> <public key> <signature> <bytes>
 *     succession <previous window> <next window>
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../port/host/p256.h"
#include "tt_codec.h"
#include "tt_sha256.h"

#define MOST_WORDS 8
#define MOST_LINE (1u << 21)

typedef struct bytes {
  uint8_t *at;
  size_t size;
} bytes;

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/* A block of exactly its size, so that a sanitizer sees any step beyond. */
static bytes from_hex(const char *text) {
  bytes found = {NULL, strcmp(text, "-") == 0 ? 0u : strlen(text) / 2u};
  found.at = malloc(found.size + (found.size == 0u ? 1u : 0u));
  if (found.at == NULL) abort();
  for (size_t index = 0; index < found.size; index++) {
    int high = digit(text[2u * index]);
    int low = digit(text[2u * index + 1u]);
    if (high < 0 || low < 0) abort();
    found.at[index] = (uint8_t)(16 * high + low);
  }
  return found;
}

static void print_hex(const uint8_t *at, size_t size) {
  for (size_t index = 0; index < size; index++) printf("%02x", at[index]);
}

static void print_code(tt_error error) { printf("%s", tt_error_code(error)); }

static void print_reading(const tt_reading *reading) {
  printf(" %" PRIu64 " %" PRIu64 " %" PRIu64 " %u %u", reading->at, reading->export_wh,
         reading->import_wh, (unsigned)reading->present, (unsigned)reading->status);
  printf(" %" PRId64 " %" PRId64, reading->active_power_mw, reading->apparent_power_mva);
  printf(" %d %d %d %d %d", (int)reading->voltage_mv, (int)reading->current_ma,
         (int)reading->frequency_mhz, (int)reading->power_factor_e4, (int)reading->ambient_mc);
  printf(" %d %d %d %d %d", (int)reading->irradiance_mw_m2, (int)reading->efficiency_e4,
         (int)reading->battery_mv, (int)reading->signal_dbm, (int)reading->firmware);
}

static void answer_domain(bytes registry, const char *chain_id) {
  uint8_t domain[TT_HASH_SIZE];
  if (registry.size != TT_ADDRESS_SIZE) abort();
  tt_domain_of(strtoull(chain_id, NULL, 10), registry.at, domain);
  print_hex(domain, sizeof domain);
}

static void answer_id(bytes public_key) {
  uint8_t device_id[TT_HASH_SIZE];
  if (public_key.size != TT_PUBLIC_KEY_SIZE) abort();
  tt_device_id_of(public_key.at, device_id);
  print_hex(device_id, sizeof device_id);
}

static void answer_reading(bytes given) {
  tt_reading reading;
  uint8_t again[TT_READING_SIZE];
  if (given.size != TT_READING_SIZE) abort();
  tt_error error = tt_reading_decode(given.at, &reading);
  if (error == TT_OK) error = tt_reading_encode(&reading, again);
  if (error != TT_OK) {
    print_code(error);
    return;
  }
  printf("valid");
  print_reading(&reading);
  printf(" ");
  print_hex(again, sizeof again);
}

/* Sizes of key and signature come first, then key, low s and the signature itself. */
static tt_error check_signed(const uint8_t *device_id, bytes public_key, bytes signature,
                             const uint8_t *signed_bytes, size_t size) {
  uint8_t own[TT_HASH_SIZE];
  uint8_t digest[TT_HASH_SIZE];
  tt_device_id_of(public_key.at, own);
  if (memcmp(own, device_id, TT_HASH_SIZE) != 0) return TT_PUBLIC_KEY_MISMATCH;
  if (!tt_signature_is_low(signature.at)) return TT_SIGNATURE_HIGH_S;
  tt_sha256_of(signed_bytes, size, digest);
  return host_verify(public_key.at, digest, signature.at) ? TT_OK : TT_SIGNATURE_INVALID;
}

static bool sizes_fit(bytes public_key, bytes signature) {
  return public_key.size == TT_PUBLIC_KEY_SIZE && signature.size == TT_SIGNATURE_SIZE;
}

static void print_window(const tt_header *header, const uint8_t *window) {
  tt_reading reading;
  printf("valid %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %u %u ",
         header->sequence, header->opened_at, header->closed_at, header->export_wh,
         header->import_wh, (unsigned)header->count, (unsigned)header->flags);
  print_hex(header->device_id, TT_HASH_SIZE);
  printf(" ");
  print_hex(header->previous_hash, TT_HASH_SIZE);
  for (unsigned index = 0; index < header->count; index++) {
    (void)tt_reading_decode(window + TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * index, &reading);
    print_reading(&reading);
  }
}

static void answer_window(bytes domain, bytes public_key, bytes window) {
  tt_header header;
  tt_error error = tt_window_parse(window.at, window.size, domain.at, &header);
  if (error == TT_OK && public_key.size > 0u) {
    bytes signature = {window.at + TT_HEADER_SIZE, TT_SIGNATURE_SIZE};
    error = check_signed(header.device_id, public_key, signature, window.at, TT_HEADER_SIZE);
  }
  if (error != TT_OK) print_code(error);
  else print_window(&header, window.at);
}

static tt_error check_claim(bytes *word, tt_claim *claim) {
  bytes given = word[4];
  if (!sizes_fit(word[2], word[3])) return TT_CLAIM_INVALID;
  tt_error error = tt_claim_decode(given.at, given.size, claim);
  if (error != TT_OK) return error;
  if (memcmp(claim->domain, word[0].at, TT_HASH_SIZE) != 0) return TT_DOMAIN_MISMATCH;
  if (memcmp(claim->owner, word[1].at, TT_ADDRESS_SIZE) != 0) return TT_NOT_DEVICE_OWNER;
  return check_signed(claim->device_id, word[2], word[3], given.at, given.size);
}

static void answer_claim(bytes *word) {
  tt_claim claim;
  uint8_t again[TT_CLAIM_SIZE];
  tt_error error = check_claim(word, &claim);
  if (error == TT_OK) error = tt_claim_encode(&claim, again);
  if (error != TT_OK) {
    print_code(error);
    return;
  }
  printf("valid ");
  print_hex(again, sizeof again);
}

static void answer_rotation(bytes *word) {
  tt_rotation stated;
  uint8_t again[TT_ROTATION_SIZE];
  bytes given = word[3];
  tt_error error = sizes_fit(word[1], word[2]) ? TT_OK : TT_STATEMENT_INVALID;
  if (error == TT_OK) error = tt_rotation_decode(given.at, given.size, &stated);
  if (error == TT_OK && memcmp(stated.domain, word[0].at, TT_HASH_SIZE) != 0) {
    error = TT_DOMAIN_MISMATCH;
  }
  if (error == TT_OK) {
    error = check_signed(stated.device_id, word[1], word[2], given.at, given.size);
  }
  if (error == TT_OK) error = tt_rotation_encode(&stated, again);
  if (error != TT_OK) {
    print_code(error);
    return;
  }
  printf("valid %" PRIu64 " ", stated.rotated_at);
  print_hex(stated.successor, TT_HASH_SIZE);
  printf(" ");
  print_hex(again, sizeof again);
}

static void answer_replacement(bytes *word) {
  tt_meter_replacement stated;
  uint8_t again[TT_METER_REPLACEMENT_SIZE];
  bytes given = word[3];
  tt_error error = sizes_fit(word[1], word[2]) ? TT_OK : TT_STATEMENT_INVALID;
  if (error == TT_OK) error = tt_meter_replacement_decode(given.at, given.size, &stated);
  if (error == TT_OK && memcmp(stated.domain, word[0].at, TT_HASH_SIZE) != 0) {
    error = TT_DOMAIN_MISMATCH;
  }
  if (error == TT_OK) {
    error = check_signed(stated.device_id, word[1], word[2], given.at, given.size);
  }
  if (error == TT_OK) error = tt_meter_replacement_encode(&stated, again);
  if (error != TT_OK) {
    print_code(error);
    return;
  }
  printf("valid %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " ", stated.sequence,
         stated.replaced_at, stated.export_wh, stated.import_wh);
  print_hex(again, sizeof again);
}

static void answer_succession(bytes before, bytes after) {
  tt_header previous;
  tt_header next;
  uint8_t hash[TT_HASH_SIZE];
  if (tt_header_decode(before.at, &previous) != TT_OK) abort();
  if (tt_header_decode(after.at, &next) != TT_OK) abort();
  tt_sha256_of(before.at, TT_HEADER_SIZE, hash);
  tt_error error = tt_window_succeeds(&previous, hash, &next);
  printf("%s", error == TT_OK ? "valid" : tt_error_code(error));
}

static void answer(char *line) {
  bytes word[MOST_WORDS];
  size_t count = 0;
  const char *what = strtok(line, " \n");
  const char *chain_id = what != NULL && strcmp(what, "domain") == 0 ? strtok(NULL, " \n") : NULL;
  for (char *text = strtok(NULL, " \n"); text != NULL; text = strtok(NULL, " \n")) {
    if (count == MOST_WORDS) abort();
    word[count++] = from_hex(text);
  }
  if (what == NULL) abort();
  if (strcmp(what, "domain") == 0 && count == 1u) answer_domain(word[0], chain_id);
  else if (strcmp(what, "id") == 0 && count == 1u) answer_id(word[0]);
  else if (strcmp(what, "reading") == 0 && count == 1u) answer_reading(word[0]);
  else if (strcmp(what, "window") == 0 && count == 3u) answer_window(word[0], word[1], word[2]);
  else if (strcmp(what, "claim") == 0 && count == 5u) answer_claim(word);
  else if (strcmp(what, "rotation") == 0 && count == 4u) answer_rotation(word);
  else if (strcmp(what, "replacement") == 0 && count == 4u) answer_replacement(word);
  else if (strcmp(what, "succession") == 0 && count == 2u) answer_succession(word[0], word[1]);
  else abort();
  for (size_t index = 0; index < count; index++) free(word[index].at);
}

int main(void) {
  static char line[MOST_LINE];
  while (fgets(line, sizeof line, stdin) != NULL) {
    answer(line);
    printf("\n");
    fflush(stdout);
  }
  return 0;
}
