#include "gateway.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hex.h"

#define MOST_WINDOW (TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * TT_MAX_READINGS)
#define ANSWER 16384u

/* Refusals that pass by themselves (SPEC section 10). */
static const char *const PASSING[] = {"RATE_LIMITED",   "STORE_UNAVAILABLE",
                                      "TIME_FUTURE",    "DEVICE_UNKNOWN",
                                      "DEVICE_UNBOUND", "ENTITLEMENT_DEVICES",
                                      "INTERNAL"};

const char *gateway_path(const host_gateway *gateway, const char *name) {
  static char path[SETTINGS_PATH + 64u];
  snprintf(path, sizeof path, "%s/%s", gateway->folder, name);
  return path;
}

int gateway_fail(const char *code, const char *detail) {
  fprintf(stderr, "{\"code\":\"%s\",\"detail\":\"%s\"}\n", code, detail);
  return 1;
}

static bool get_now(void *context, uint64_t *seconds) {
  const host_gateway *gateway = context;
  *seconds = gateway->has_time ? gateway->time : (uint64_t)time(NULL);
  return true;
}

static uint64_t real_uptime_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

static uint64_t get_uptime(void *context) {
  return real_uptime_ms() + ((const host_gateway *)context)->passed_ms;
}

void gateway_set_time(host_gateway *gateway, uint64_t unix_seconds) {
  bool ahead = gateway->has_time && unix_seconds > gateway->time;
  if (ahead) gateway->passed_ms += (unix_seconds - gateway->time) * 1000u;
  gateway->has_time = true;
  gateway->time = unix_seconds;
}

static bool read_store(void *context, uint32_t address, uint8_t *bytes, size_t size) {
  return flashfile_read(&((const host_gateway *)context)->flash, address, bytes, size);
}

static bool write_store(void *context, uint32_t address, const uint8_t *bytes, size_t size) {
  return flashfile_write(&((const host_gateway *)context)->flash, address, bytes, size);
}

static bool erase_store(void *context, uint32_t address) {
  return flashfile_erase(&((const host_gateway *)context)->flash, address);
}

static bool get_random(void *context, uint8_t *bytes, size_t size) {
  (void)context;
  return RAND_bytes(bytes, (int)size) == 1;
}

static bool get_public_key(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  return host_key_public(((const host_gateway *)context)->key, public_key);
}

static bool sign(void *context, const uint8_t digest[TT_HASH_SIZE],
                 uint8_t signature[TT_SIGNATURE_SIZE]) {
  return host_key_sign(((const host_gateway *)context)->key, digest, signature);
}

static bool verify(void *context, const uint8_t public_key[TT_PUBLIC_KEY_SIZE],
                   const uint8_t digest[TT_HASH_SIZE], const uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)context;
  return host_verify(public_key, digest, signature);
}

/* The word behind `"code":"` in an answer; empty when there is none. */
static void find_code(const char *answer, char code[64]) {
  const char *found = strstr(answer, "\"code\":\"");
  code[0] = '\0';
  if (found != NULL) (void)sscanf(found + 8, "%63[A-Z0-9_]", code);
}

/* A hotspot's page of sign-in is a 200, too: what the oracle has, it says in its own words. */
static bool is_stored(int status, const char *answer) {
  return status == 200 && (strstr(answer, "\"status\":\"accepted\"") != NULL ||
                           strstr(answer, "\"status\":\"duplicate\"") != NULL);
}

static tt_verdict judge(int status, const char *answer, uint64_t sequence) {
  char code[64];
  if (is_stored(status, answer)) return TT_SEND_ACCEPTED;
  find_code(answer, code);
  if (status == 0) snprintf(code, sizeof code, "%s", tt_error_code(TT_ORACLE_UNREACHABLE));
  fprintf(stderr, "{\"event\":\"not accepted\",\"sequence\":%llu,\"status\":%d,\"code\":\"%s\"}\n",
          (unsigned long long)sequence, status, code);
  for (size_t index = 0; index < sizeof PASSING / sizeof *PASSING; index++) {
    if (strcmp(code, PASSING[index]) == 0) return TT_SEND_LATER;
  }
  /* Only a receiver that knows the window can refuse it for good: it names its reason. */
  bool final = status >= 400 && status < 500 && status != 408 && status != 429 && code[0] != '\0';
  return final ? TT_SEND_REFUSED : TT_SEND_LATER;
}

static tt_verdict send(void *context, tt_device *device, const tt_outgoing *window) {
  static uint8_t bytes[MOST_WINDOW];
  static char answer[ANSWER];
  host_gateway *gateway = context;
  if (window->size > sizeof bytes) return TT_SEND_LATER;
  if (tt_outgoing_read(device, window, 0, bytes, window->size) != TT_OK) return TT_SEND_LATER;
  if (gateway->print) {
    hex_print(stdout, bytes, window->size);
    putchar('\n');
    return fflush(stdout) == 0 ? TT_SEND_ACCEPTED : TT_SEND_LATER;
  }
  if (gateway->server == NULL) return TT_SEND_LATER;
  int status = http_post(gateway->server, "/v1/windows", "application/octet-stream", bytes,
                         window->size, answer, sizeof answer);
  return judge(status, answer, window->sequence);
}

static void note(void *context, tt_event event, uint64_t value) {
  static const char *const NAMES[] = {
      "",        "opened",  "torn record", "journal moved", "sealed",        "buffer full",
      "merged",  "clock stepped", "clock doubted", "acknowledged", "refused", "window lost",
      "meter ran back", "adopted key"};
  if (((const host_gateway *)context)->quiet) return;
  fprintf(stderr, "{\"event\":\"%s\",\"value\":%llu}\n", NAMES[event], (unsigned long long)value);
}

static int take_flash(host_gateway *gateway) {
  const tt_config *config = &gateway->settings.config;
  switch (flashfile_open(&gateway->flash, gateway_path(gateway, "flash.img"),
                         tt_store_size(config), config->sector_size)) {
    case FLASHFILE_OPEN: return 0;
    case FLASHFILE_IN_USE: return gateway_fail("DATA_IN_USE", "another process runs this device");
    default: return gateway_fail("DEVICE_STORE_FAILED", "flash.img can not be opened");
  }
}

int gateway_attach(host_gateway *gateway, const char *folder) {
  snprintf(gateway->folder, sizeof gateway->folder, "%s", folder);
  if (!settings_load(&gateway->settings, gateway_path(gateway, "device.conf"))) {
    return gateway_fail("CONFIGURATION_INVALID", "no device.conf: run `ttdevice init` first");
  }
  gateway->key = host_key_load(gateway_path(gateway, "key.pem"));
  if (gateway->key == NULL) return gateway_fail("DEVICE_SIGNER_FAILED", "no P-256 key in key.pem");
  gateway->platform = (tt_platform){
      gateway,     get_now,    get_uptime,     read_store, write_store, erase_store,
      get_random,  get_public_key, sign,       verify,     send,        note};
  int failed = take_flash(gateway);
  if (failed != 0) {
    host_key_free(gateway->key);
    gateway->key = NULL;
  }
  return failed;
}

int gateway_open(host_gateway *gateway, const char *folder) {
  int failed = gateway_attach(gateway, folder);
  if (failed != 0) return failed;
  tt_error error = tt_open(&gateway->device, &gateway->platform, &gateway->settings.config);
  if (error == TT_OK) return 0;
  gateway_close(gateway);
  return gateway_fail(tt_error_code(error), "the device can not go on");
}

void gateway_close(host_gateway *gateway) {
  if (gateway->key == NULL) return;
  flashfile_close(&gateway->flash);
  host_key_free(gateway->key);
  http_server_free(gateway->server);
  gateway->key = NULL;
  gateway->server = NULL;
}
