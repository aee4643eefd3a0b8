/*
 * A day in the life of a device on RV32IMC: measures a recorded day minute by minute, is without a
 * network until noon, and loses power twice in the middle of a write. Prints a line each:
 *   boot NUMBER | public-key HEX | claim HEX | claim-signature HEX | event NUMBER VALUE
 *   window HEX                      as it goes to an oracle
 *   figure NAME NUMBER              what was measured
 *   error CODE | trap CAUSE PC VALUE | done
 */
#include <string.h>

#include "board.h"
#include "day.h"
#include "flash.h"
#include "signer.h"
#include "tt_device.h"

#define SECONDS_PER_MINUTE 60u
#define OFFLINE_UNTIL_MINUTE (12u * 60u)
#define WINDOW_READINGS 15u
#define OPEN_LIMIT 60u

/* Whole writes after each start before power is cut; the start after these goes through. */
static const uint32_t cuts[] = {402, 505};

static tt_device device;
static uint64_t now_s;
static uint64_t uptime_ms;
static bool is_online;

/* Highest and sum of what was measured, in instructions. */
struct figure {
  uint32_t highest;
  uint64_t sum;
  uint32_t count;
};
static struct figure seal_figure;
static struct figure sign_figure;
static struct figure sample_figure;

static void add_figure(struct figure *figure, uint64_t instructions) {
  figure->sum += instructions;
  figure->count++;
  if (instructions > figure->highest) {
    figure->highest = (uint32_t)instructions;
  }
}

static void print_hex_line(const char *name, const uint8_t *bytes, size_t size) {
  board_print(name);
  board_print(" ");
  board_print_hex(bytes, size);
  board_print("\n");
}

static void must(tt_error error) {
  if (error != TT_OK) {
    board_print("error ");
    board_print(tt_error_code(error));
    board_print("\n");
    board_exit(1);
  }
}

static bool read_clock(void *context, uint64_t *unix_seconds) {
  (void)context;
  *unix_seconds = now_s;
  return now_s > 0;
}

static uint64_t read_uptime(void *context) {
  (void)context;
  return uptime_ms;
}

static void print_event(void *context, tt_event event, uint64_t value) {
  (void)context;
  board_print("event ");
  board_print_number(event);
  board_print(" ");
  board_print_number(value);
  board_print("\n");
}

static tt_verdict print_window(void *context, struct tt_device *sender,
                               const struct tt_outgoing *window) {
  (void)context;
  if (!is_online) {
    return TT_SEND_LATER;
  }
  board_print("window ");
  uint8_t part[64];
  for (uint32_t offset = 0; offset < window->size; offset += sizeof part) {
    const uint32_t left = window->size - offset;
    const size_t size = left < sizeof part ? left : sizeof part;
    must(tt_outgoing_read(sender, window, offset, part, size));
    board_print_hex(part, size);
  }
  board_print("\n");
  return TT_SEND_ACCEPTED;
}

static const tt_platform platform = {
    .now = read_clock,
    .uptime_ms = read_uptime,
    .store_read = flash_read,
    .store_write = flash_write,
    .store_erase = flash_erase,
    .random = signer_random,
    .public_key = signer_public_key,
    .sign = signer_sign,
    .send = print_window,
    .log = print_event,
};

static tt_config make_config(void) {
  tt_config config = {
      .sector_size = FLASH_SECTOR_SIZE,
      .window_readings = WINDOW_READINGS,
      .open_limit = OPEN_LIMIT,
      .firmware = TT_FIRMWARE(0, 1, 0),
      .utc_offset_s = -7 * 3600,
      .clock_floor = 1700000000,
      .max_power_w = 4000,
  };
  memcpy(config.domain, board_settings.domain, sizeof config.domain);
  config.journal_sectors = tt_journal_sectors(FLASH_SECTOR_SIZE, OPEN_LIMIT);
  config.log_sectors = (uint16_t)(flash_sectors() - 2u * config.journal_sectors);
  return config;
}

static uint64_t started_at(void) {
  uint64_t seconds = 0;
  for (size_t i = 0; i < sizeof board_settings.started_at; i++) {
    seconds = seconds << 8 | board_settings.started_at[i];
  }
  return seconds;
}

static void claim_device(void) {
  uint8_t claim[TT_CLAIM_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  must(tt_claim_for(&device, board_settings.owner, claim, signature));
  print_hex_line("public-key", device.public_key, TT_PUBLIC_KEY_SIZE);
  print_hex_line("claim", claim, sizeof claim);
  print_hex_line("claim-signature", signature, sizeof signature);
}

static void seal_window(void) {
  const uint64_t before = board_instructions();
  must(tt_seal(&device));
  add_figure(&seal_figure, board_instructions() - before);
  add_figure(&sign_figure, signer_last_instructions());
}

/* The core wants micro-Wh: a minute of one mW is 16 2/3 of them. The third is carried on. */
static void count_energy(int32_t power_mw) {
  static uint32_t export_rest;
  static uint32_t import_rest;
  const bool is_export = power_mw > 0;
  uint32_t *rest = is_export ? &export_rest : &import_rest;
  const uint64_t size = (uint64_t)(is_export ? power_mw : -power_mw) * 1000u + *rest;
  *rest = (uint32_t)(size % SECONDS_PER_MINUTE);
  const uint64_t uwh = size / SECONDS_PER_MINUTE;
  tt_add_energy(&device, is_export ? uwh : 0, is_export ? 0 : uwh);
}

static void measure(const struct day_minute *row) {
  const int32_t *values = row->fields;
  const tt_measurement measurement = {
      .fields = {.present = TT_HAS_ACTIVE_POWER | TT_HAS_APPARENT_POWER | TT_HAS_VOLTAGE |
                            TT_HAS_CURRENT | TT_HAS_FREQUENCY | TT_HAS_POWER_FACTOR |
                            TT_HAS_AMBIENT | TT_HAS_IRRADIANCE,
                 .status = values[0] > 0 ? TT_STATUS_OPERATIONAL : TT_STATUS_STANDBY,
                 .active_power_mw = values[0],
                 .apparent_power_mva = values[1],
                 .voltage_mv = values[2],
                 .current_ma = values[3],
                 .frequency_mhz = values[4],
                 .power_factor_e4 = values[5],
                 .ambient_mc = values[6],
                 .irradiance_mw_m2 = values[7]}};
  count_energy(values[0]);
  const uint64_t before = board_instructions();
  must(tt_sample(&device, &measurement));
  add_figure(&sample_figure, board_instructions() - before);
}

static void deliver(void) {
  const tt_error error = tt_deliver(&device, 4);
  if (error != TT_ORACLE_UNREACHABLE) {
    must(error);
  }
}

static void live_day(void) {
  const uint64_t began = started_at();
  for (size_t i = 0; i < day_size; i++) {
    const struct day_minute *row = &day_minutes[i];
    const uint64_t at = began + row->minute * SECONDS_PER_MINUTE;
    if (at <= device.state.last_at) {
      continue; /* this minute was measured before power was cut */
    }
    uptime_ms += (at - now_s) * 1000u;
    now_s = at;
    is_online = row->minute >= OFFLINE_UNTIL_MINUTE;
    measure(row);
    if (tt_seal_due(&device)) {
      seal_window();
    }
    deliver();
  }
  if (device.open_count > 0) {
    seal_window();
  }
  while (tt_waiting(&device) > 0) {
    uptime_ms += tt_retry_in_ms(&device);
    deliver();
  }
}

static void print_figures(void) {
  board_print_figure("seal.highest", seal_figure.highest);
  board_print_figure("seal.mean", seal_figure.sum / seal_figure.count);
  board_print_figure("sign.mean", sign_figure.sum / sign_figure.count);
  board_print_figure("sample.highest", sample_figure.highest);
  board_print_figure("sample.mean", sample_figure.sum / sample_figure.count);
  board_print_figure("stack", board_stack_used());
  board_print_figure("device", sizeof device);
}

int main(void) {
  const uint32_t starts = flash_count_start();
  board_print("boot ");
  board_print_number(starts);
  board_print("\n");
  const tt_config config = make_config();
  if (!signer_start()) {
    must(TT_DEVICE_SIGNER_FAILED);
  }
  if (starts == 0) {
    must(tt_format(&device, &platform, &config));
  } else if (starts <= sizeof cuts / sizeof cuts[0]) {
    flash_cut_after(cuts[starts - 1]);
  }
  must(tt_open(&device, &platform, &config));
  now_s = device.state.claimed ? device.state.last_at : started_at();
  claim_device();
  if (starts == 0) {
    board_print("cut\n"); /* between two writes, right after the claim */
    board_reset();
  }
  live_day();
  print_figures();
  board_print("done\n");
  return 0;
}
