#include <string.h>

#include "tt_esp_port.h"
#include "sdkconfig.h"

#ifndef TT_BUILT_AT
/* Where no build system says it (Arduino): 1 January 2026. */
#define TT_BUILT_AT 1767225600
#endif

static int digit_of(char character) {
  if (character >= '0' && character <= '9') {
    return character - '0';
  }
  if (character >= 'a' && character <= 'f') {
    return character - 'a' + 10;
  }
  if (character >= 'A' && character <= 'F') {
    return character - 'A' + 10;
  }
  return -1;
}

bool tt_esp_parse_hex(const char *text, uint8_t *bytes, size_t size) {
  if (strlen(text) != 2 + 2 * size || text[0] != '0' || text[1] != 'x') {
    return false;
  }
  for (size_t i = 0; i < size; i++) {
    const int high = digit_of(text[2 + 2 * i]);
    const int low = digit_of(text[3 + 2 * i]);
    if (high < 0 || low < 0) {
      return false;
    }
    bytes[i] = (uint8_t)(high * 16 + low);
  }
  return true;
}

void tt_esp_write_hex(const uint8_t *bytes, size_t size, char *text) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; i++) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  text[2 * size] = '\0';
}

bool tt_esp_make_config(tt_config *config) {
  uint8_t registry[TT_ADDRESS_SIZE];
  if (!tt_esp_parse_hex(CONFIG_TT_REGISTRY, registry, sizeof registry)) {
    return false;
  }
  memset(config, 0, sizeof *config);
  tt_domain_of(CONFIG_TT_CHAIN_ID, registry, config->domain);
  config->window_readings = CONFIG_TT_WINDOW_READINGS;
  config->open_limit = CONFIG_TT_OPEN_LIMIT;
  config->firmware = TT_FIRMWARE(0, 1, 0);
  config->utc_offset_s = CONFIG_TT_UTC_OFFSET_MINUTES * 60;
  config->clock_floor = TT_BUILT_AT;
  config->max_power_w = CONFIG_TT_MAX_POWER_W;
  return true;
}
