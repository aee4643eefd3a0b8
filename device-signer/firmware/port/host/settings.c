#include "settings.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hex.h"

#define SECTOR 4096u
#define FLASH_SECTORS 64u
#define FIRST_OF_2024 1704067200u

void settings_default(settings *chosen) {
  memset(chosen, 0, sizeof *chosen);
  tt_config *config = &chosen->config;
  config->sector_size = SECTOR;
  config->window_readings = 15;
  config->open_limit = TT_MAX_READINGS;
  config->journal_sectors = tt_journal_sectors(SECTOR, TT_MAX_READINGS);
  config->log_sectors = (uint16_t)(FLASH_SECTORS - 2u * config->journal_sectors);
  config->firmware = TT_FIRMWARE(1, 0, 0);
  config->clock_floor = FIRST_OF_2024;
}

static bool parse_number(const char *text, int64_t least, int64_t most, int64_t *number) {
  char *end;
  long long value = strtoll(text, &end, 10);
  *number = (int64_t)value;
  return end != text && *end == '\0' && value >= least && value <= most;
}

static bool set_version(tt_config *config, const char *text) {
  unsigned major, minor, patch;
  char rest;
  if (sscanf(text, "%5u.%3u.%3u%c", &major, &minor, &patch, &rest) != 3) return false;
  if (major >= 32768u || minor >= 256u || patch >= 256u) return false;
  config->firmware = (int32_t)(major * 65536u + minor * 256u + patch);
  return true;
}

bool settings_set(settings *chosen, const char *name, const char *value) {
  tt_config *config = &chosen->config;
  int64_t number;
  if (strcmp(name, "domain") == 0) return hex_parse(value, config->domain, TT_HASH_SIZE);
  if (strcmp(name, "firmware") == 0) return set_version(config, value);
  if (strcmp(name, "oracle") == 0) {
    return snprintf(chosen->oracle, sizeof chosen->oracle, "%s", value) <
           (int)sizeof chosen->oracle;
  }
  if (strcmp(name, "readings") == 0) {
    bool fits = parse_number(value, 1, TT_MAX_READINGS, &number);
    if (fits) config->window_readings = (uint16_t)number;
    return fits;
  }
  if (strcmp(name, "log-sectors") == 0) {
    bool fits = parse_number(value, 3, UINT16_MAX, &number);
    if (fits) config->log_sectors = (uint16_t)number;
    return fits;
  }
  if (strcmp(name, "utc-offset") == 0) {
    bool fits = parse_number(value, -86399, 86399, &number);
    if (fits) config->utc_offset_s = (int32_t)number;
    return fits;
  }
  if (strcmp(name, "clock-floor") == 0) {
    bool fits = parse_number(value, 0, (int64_t)1 << 39, &number);
    if (fits) config->clock_floor = (uint64_t)number;
    return fits;
  }
  if (strcmp(name, "max-power") == 0) {
    bool fits = parse_number(value, 0, (int64_t)1 << 34, &number);
    if (fits) config->max_power_w = (uint64_t)number;
    return fits;
  }
  return false;
}

bool settings_load(settings *chosen, const char *path) {
  char line[512];
  FILE *file = fopen(path, "r");
  settings_default(chosen);
  if (file == NULL) return false;
  bool good = true;
  while (good && fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\r\n")] = '\0';
    char *value = strchr(line, '=');
    if (value == NULL) continue;
    *value = '\0';
    good = settings_set(chosen, line, value + 1);
  }
  fclose(file);
  return good;
}

bool settings_save(const settings *chosen, const char *path) {
  const tt_config *config = &chosen->config;
  int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
  if (file == NULL) return false;
  fputs("domain=", file);
  hex_print(file, config->domain, TT_HASH_SIZE);
  unsigned version = (unsigned)config->firmware;
  fprintf(file, "\nfirmware=%u.%u.%u\noracle=%s\nreadings=%u\nlog-sectors=%u\n", version >> 16,
          version >> 8 & 255u, version & 255u, chosen->oracle, (unsigned)config->window_readings,
          (unsigned)config->log_sectors);
  fprintf(file, "utc-offset=%ld\nclock-floor=%llu\nmax-power=%llu\n", (long)config->utc_offset_s,
          (unsigned long long)config->clock_floor, (unsigned long long)config->max_power_w);
  bool written = fflush(file) == 0 && fsync(descriptor) == 0;
  return fclose(file) == 0 && written;
}
