#include <string.h>

#include "tt_esp_port.h"

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

const tt_esp_settings *tt_esp_settings_in_use;

bool tt_esp_make_config(tt_config *config) {
  const tt_esp_settings *settings = tt_esp_settings_in_use;
  uint8_t registry[TT_ADDRESS_SIZE];
  if (!tt_esp_parse_hex(settings->registry, registry, sizeof registry)) {
    return false;
  }
  memset(config, 0, sizeof *config);
  tt_domain_of(settings->chain_id, registry, config->domain);
  config->window_readings = settings->window_readings;
  config->open_limit = settings->open_limit;
  config->firmware = settings->firmware;
  config->utc_offset_s = settings->utc_offset_s;
  config->clock_floor = TT_BUILT_AT;
  config->max_power_w = settings->max_power_w;
  return true;
}
