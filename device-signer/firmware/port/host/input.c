#include "input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUE 64u

/* Where a value goes: the bit of `present`, its offset in tt_reading, its width and decimals. */
typedef struct field {
  const char *name;
  uint32_t bit;
  size_t offset;
  bool wide;
  unsigned decimals;
} field;

static const field FIELDS[] = {
    {"ac_power_kw", TT_HAS_ACTIVE_POWER, offsetof(tt_reading, active_power_mw), true, 6},
    {"power", TT_HAS_APPARENT_POWER, offsetof(tt_reading, apparent_power_mva), true, 3},
    {"voltage", TT_HAS_VOLTAGE, offsetof(tt_reading, voltage_mv), false, 3},
    {"current", TT_HAS_CURRENT, offsetof(tt_reading, current_ma), false, 3},
    {"grid_frequency_hz", TT_HAS_FREQUENCY, offsetof(tt_reading, frequency_mhz), false, 3},
    {"power_factor", TT_HAS_POWER_FACTOR, offsetof(tt_reading, power_factor_e4), false, 4},
    {"ambient_temp_c", TT_HAS_AMBIENT, offsetof(tt_reading, ambient_mc), false, 3},
    {"irradiance_w_m2", TT_HAS_IRRADIANCE, offsetof(tt_reading, irradiance_mw_m2), false, 3},
    {"efficiency", TT_HAS_EFFICIENCY, offsetof(tt_reading, efficiency_e4), false, 2},
    {"battery_v", TT_HAS_BATTERY, offsetof(tt_reading, battery_mv), false, 3},
    {"signal_dbm", TT_HAS_SIGNAL, offsetof(tt_reading, signal_dbm), false, 0}};

static const char *const STATUS[] = {"",        "operational", "standby", "warning",
                                     "fault",   "maintenance", "offline"};

/* A plain decimal times 10^decimals, exactly: one with more decimals is refused, not rounded. */
static bool parse_decimal(const char *text, unsigned decimals, int64_t *value) {
  bool negative = *text == '-';
  int64_t sum = 0;
  unsigned digits = 0;
  unsigned after = 0;
  bool point = false;
  for (text += negative ? 1 : 0; *text != '\0'; text++) {
    if (*text == '.' && !point && digits > 0u) {
      point = true;
      continue;
    }
    if (*text < '0' || *text > '9') return false;
    if (point && after == decimals) {
      if (*text != '0') return false;
      continue;
    }
    if (sum > (INT64_MAX - 9) / 10) return false;
    sum = sum * 10 + (*text - '0');
    digits++;
    after += point ? 1u : 0u;
  }
  for (; after < decimals; after++) {
    if (sum > INT64_MAX / 10) return false;
    sum *= 10;
  }
  *value = negative ? -sum : sum;
  return digits > 0u;
}

static bool parse_unsigned(const char *text, unsigned decimals, uint64_t *value) {
  int64_t signed_value;
  if (!parse_decimal(text, decimals, &signed_value) || signed_value < 0) return false;
  *value = (uint64_t)signed_value;
  return true;
}

/* Days since 1970 of a day of the Gregorian calendar. */
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2 ? 1 : 0;
  int64_t era = year / 400;
  int64_t of_era = year - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Unix seconds, or RFC 3339 with whole seconds and a zone. */
static bool parse_time(const char *text, uint64_t *at) {
  int year, month, day, hour, minute, second, zone_hour = 0, zone_minute = 0, used = 0;
  char sign = 'Z';
  if (parse_unsigned(text, 0, at)) return true;
  int found = sscanf(text, "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute,
                     &second, &used);
  if (found != 6 || year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  const char *zone = text + used;
  if (*zone == '.') {
    for (zone++; *zone == '0';) zone++;
  }
  if (strcmp(zone, "Z") != 0) {
    int end = 0;
    if (sscanf(zone, "%c%2d:%2d%n", &sign, &zone_hour, &zone_minute, &end) != 3) return false;
    if ((sign != '+' && sign != '-') || zone[end] != '\0') return false;
  }
  int64_t offset = (zone_hour * 60 + zone_minute) * 60;
  int64_t seconds = days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
  seconds -= sign == '-' ? -offset : offset;
  if (seconds < 0) return false;
  *at = (uint64_t)seconds;
  return true;
}

static bool parse_status(const char *text, uint32_t *status) {
  uint64_t number;
  for (uint32_t index = 1; index < sizeof STATUS / sizeof *STATUS; index++) {
    if (strcmp(text, STATUS[index]) == 0) {
      *status = index;
      return true;
    }
  }
  if (!parse_unsigned(text, 0, &number) || number > UINT32_MAX) return false;
  *status = (uint32_t)number;
  return true;
}

static bool is_own_id(const char *text, const uint8_t *device_id) {
  char own[3 + 2 * TT_HASH_SIZE] = "0x";
  for (unsigned index = 0; index < TT_HASH_SIZE; index++) {
    snprintf(own + 2u + 2u * index, 3, "%02x", device_id[index]);
  }
  return strcmp(text, own) == 0;
}

static bool store_field(const field *to, const char *text, tt_reading *reading) {
  int64_t value;
  if (!parse_decimal(text, to->decimals, &value)) return false;
  if (!to->wide && (value < INT32_MIN || value > INT32_MAX)) return false;
  int32_t narrow = (int32_t)(to->wide ? 0 : value);
  unsigned char *place = (unsigned char *)reading + to->offset;
  memcpy(place, to->wide ? (const void *)&value : (const void *)&narrow,
         to->wide ? sizeof value : sizeof narrow);
  reading->present |= to->bit;
  return true;
}

/* Registers seen so far in a line: both or neither. */
#define SAW_EXPORT 1u
#define SAW_IMPORT 2u

static bool store(const char *name, const char *text, const uint8_t *device_id, input_line *line,
                  unsigned *saw) {
  tt_measurement *measured = &line->measured;
  for (unsigned index = 0; index < sizeof FIELDS / sizeof *FIELDS; index++) {
    if (strcmp(name, FIELDS[index].name) == 0) {
      return store_field(&FIELDS[index], text, &measured->fields);
    }
  }
  if (strcmp(name, "total_energy_kwh") == 0) {
    *saw |= SAW_EXPORT;
    return parse_unsigned(text, 3, &measured->export_wh);
  }
  if (strcmp(name, "imported_energy_kwh") == 0) {
    *saw |= SAW_IMPORT;
    return parse_unsigned(text, 3, &measured->import_wh);
  }
  if (strcmp(name, "timestamp") == 0) return line->has_time = parse_time(text, &line->at);
  if (strcmp(name, "system_status") == 0) return parse_status(text, &measured->fields.status);
  if (strcmp(name, "device_id") == 0) return is_own_id(text, device_id);
  if (strcmp(name, "exported_wh") == 0) return parse_unsigned(text, 6, &line->export_uwh);
  if (strcmp(name, "imported_wh") == 0) return parse_unsigned(text, 6, &line->import_uwh);
  return false;
}

/* Steps over one JSON token, a text or a number, into `value`. */
static const char *take(const char *at, char *value, size_t room) {
  bool quoted = *at == '"';
  size_t size = 0;
  at += quoted ? 1 : 0;
  while (*at != '\0' && (quoted ? *at != '"' : strchr(",:} \t\r\n", *at) == NULL)) {
    /* No value of SPEC has an escape in it. */
    if (*at == '\\' || size + 1u == room) return NULL;
    value[size++] = *at++;
  }
  value[size] = '\0';
  if (quoted && *at != '"') return NULL;
  return at + (quoted ? 1 : 0);
}

static const char *skip_space(const char *at) { return at + strspn(at, " \t\r\n"); }

static bool parse_json(const char *text, const uint8_t *device_id, input_line *line, unsigned *saw,
                       char name[INPUT_NAME]) {
  char value[3u * VALUE];
  const char *at = skip_space(text + 1);
  while (*at == '"') {
    at = take(at, name, INPUT_NAME);
    at = at == NULL ? NULL : skip_space(at);
    if (at == NULL || *at != ':') return false;
    at = take(skip_space(at + 1), value, sizeof value);
    if (at == NULL || !store(name, value, device_id, line, saw)) return false;
    at = skip_space(at);
    if (*at == ',') at = skip_space(at + 1);
  }
  return *at == '}' && *skip_space(at + 1) == '\0';
}

static unsigned split(const char *text, char values[INPUT_COLUMNS][3u * VALUE]) {
  unsigned count = 0;
  while (count < INPUT_COLUMNS) {
    size_t size = strcspn(text, ",\r\n");
    if (size >= 3u * VALUE) return 0;
    memcpy(values[count], text, size);
    values[count++][size] = '\0';
    text += size;
    if (*text != ',') return count;
    text++;
  }
  return 0;
}

static bool parse_row(input_format *format, const char *text, const uint8_t *device_id,
                      input_line *line, unsigned *saw, char name[INPUT_NAME]) {
  char values[INPUT_COLUMNS][3u * VALUE];
  unsigned count = split(text, values);
  if (count != format->count) return false;
  for (unsigned index = 0; index < count; index++) {
    memcpy(name, format->columns[index], INPUT_NAME);
    /* An empty cell was not measured. */
    if (*values[index] != '\0' && !store(name, values[index], device_id, line, saw)) return false;
  }
  return true;
}

static bool parse_columns(input_format *format, const char *text) {
  char names[INPUT_COLUMNS][3u * VALUE];
  format->count = split(text, names);
  for (unsigned index = 0; index < format->count; index++) {
    if (strlen(names[index]) >= INPUT_NAME) return false;
    strcpy(format->columns[index], names[index]);
  }
  return format->count > 0u;
}

input_result input_parse(input_format *format, const char *text, const uint8_t *device_id,
                         input_line *line, char why[128]) {
  char name[INPUT_NAME] = "line";
  unsigned saw = 0;
  memset(line, 0, sizeof *line);
  text = skip_space(text);
  if (*text == '\0') return INPUT_NOTHING;
  bool json = *text == '{';
  if (!json && format->count == 0u) {
    return parse_columns(format, text) ? INPUT_NOTHING : INPUT_WRONG;
  }
  bool good = json ? parse_json(text, device_id, line, &saw, name)
                   : parse_row(format, text, device_id, line, &saw, name);
  snprintf(why, 128, "%s is unknown, not exact or not of its form", name);
  if (!good) return INPUT_WRONG;
  line->measured.has_registers = saw != 0u;
  snprintf(why, 128, "total_energy_kwh and imported_energy_kwh come together");
  return saw == 0u || saw == (SAW_EXPORT | SAW_IMPORT) ? INPUT_READING : INPUT_WRONG;
}
