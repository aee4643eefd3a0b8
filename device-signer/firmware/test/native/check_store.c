#include <string.h>

#include "checks.h"

static void geometry(sim_world *world) {
  const tt_config good = checks_small();
  tt_config config = good;
  checks_start(world, &good, CLOCK_FLOOR + 5u);
#define REFUSED(field, value)                                                          \
  config = good;                                                                       \
  config.field = (value);                                                              \
  ANSWERS(world, TT_CONFIGURATION_INVALID, tt_open(&world->device, &world->platform, &config)); \
  ANSWERS(world, TT_CONFIGURATION_INVALID, tt_format(&world->device, &world->platform, &config))
  REFUSED(sector_size, 256);
  REFUSED(sector_size, 600);
  REFUSED(sector_size, 262144);
  REFUSED(journal_sectors, (uint16_t)(good.journal_sectors - 1));
  REFUSED(log_sectors, 2);
  REFUSED(window_readings, 0);
  REFUSED(window_readings, 11);
  REFUSED(open_limit, 1);
  REFUSED(open_limit, 257);
  REFUSED(utc_offset_s, 86400);
  REFUSED(utc_offset_s, -86400);
  REFUSED(max_power_w, UINT64_MAX);
  REFUSED(firmware, -1);
  /* Another layout of the same flash is no way to read this journal. */
  config = good;
  config.log_sectors++;
  ANSWERS(world, TT_CONFIGURATION_INVALID, tt_open(&world->device, &world->platform, &config));
}

static void format_once(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  checks_minute(world);
  ANSWERS(world, TT_DEVICE_ALREADY_CLAIMED,
          tt_format(&world->device, &world->platform, &world->config));
  checks_restart(world);
  HOLDS(world, world->device.open_count == 1u);
  world->key = 1;
  ANSWERS(world, TT_OK, tt_format(&world->device, &world->platform, &world->config));
  checks_restart(world);
  HOLDS(world, world->device.open_count == 0u && !world->device.state.claimed);
}

static void format_with_other_sectors(sim_world *world) {
  tt_config good = checks_small();
  tt_config fewer = good;
  tt_config longer = good;
  fewer.log_sectors--;
  longer.journal_sectors++;
  longer.log_sectors = (uint16_t)(longer.log_sectors - 2u);
  checks_claimed(world, &good, CLOCK_FLOOR + 5u);
  /* The journal goes from slot to slot, and the second one begins elsewhere where slots are longer. */
  for (unsigned minute = 0; minute < 100u; minute++) {
    checks_minute(world);
    ANSWERS(world, TT_DEVICE_ALREADY_CLAIMED, tt_format(&world->device, &world->platform, &fewer));
    ANSWERS(world, TT_DEVICE_ALREADY_CLAIMED, tt_format(&world->device, &world->platform, &longer));
    checks_restart(world);
  }
  HOLDS(world, world->device.state.claimed && world->events[TT_EVENT_JOURNAL_MOVED] > 2u);
  world->flash.fails = true;
  ANSWERS(world, TT_DEVICE_STORE_FAILED, tt_format(&world->device, &world->platform, &longer));
  world->flash.fails = false;
  world->key = 1;
  ANSWERS(world, TT_OK, tt_format(&world->device, &world->platform, &longer));
}

static void empty_store(sim_world *world) {
  tt_config config = checks_small();
  world_make(world, &config, 1);
  ANSWERS(world, TT_DEVICE_STORE_CORRUPT,
          tt_open(&world->device, &world->platform, &world->config));
  memset(world->flash.bytes, 0xff, world->flash.size);
  ANSWERS(world, TT_DEVICE_STORE_CORRUPT,
          tt_open(&world->device, &world->platform, &world->config));
}

/* Where the journal in use begins and the last byte that it wrote. */
static uint32_t journal_start(const sim_world *world) {
  return world->device.journal.slot * world->config.journal_sectors * world->config.sector_size;
}

static void spoilt_middle(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  for (unsigned minute = 0; minute < 3u; minute++) checks_minute(world);
  uint32_t start = journal_start(world);
  /* A byte of the second reading: going on without it would seal another window 1. */
  uint32_t place = start + world->device.journal.used - 112u - 50u;
  world->flash.bytes[place] ^= 1u;
  ANSWERS(world, TT_DEVICE_STORE_CORRUPT,
          tt_open(&world->device, &world->platform, &world->config));
  world->flash.bytes[place] ^= 1u;
  checks_restart(world);
  HOLDS(world, world->device.open_count == 3u);
}

static void spoilt_end(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  for (unsigned minute = 0; minute < 3u; minute++) checks_minute(world);
  /* The last record can't be told from one that a cut tore. */
  world->flash.bytes[journal_start(world) + world->device.journal.used - 50u] ^= 1u;
  world->queued--;
  checks_restart(world);
  HOLDS(world, world->device.open_count == 2u && world->events[TT_EVENT_TORN_RECORD] == 1u);
  world->registers_free = true;
  for (unsigned minute = 0; minute < 2u; minute++) checks_minute(world);
  HOLDS(world, world->received == 1u);
}

static void spoilt_header(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  for (unsigned minute = 0; minute < 200u; minute++) checks_minute(world);
  HOLDS(world, world->events[TT_EVENT_JOURNAL_MOVED] > 2u);
  /* The slot before must not be taken for the one in use: it knows less. */
  world->flash.bytes[journal_start(world)] ^= 1u;
  ANSWERS(world, TT_DEVICE_STORE_CORRUPT,
          tt_open(&world->device, &world->platform, &world->config));
}

static void spoilt_window(sim_world *world) {
  tt_outgoing window;
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  world->online = false;
  for (unsigned minute = 0; minute < 12u; minute++) checks_minute(world);
  ANSWERS(world, TT_OK, tt_first_window(&world->device, &window));
  ANSWERS(world, TT_OK, tt_next_window(&world->device, &window));
  uint32_t log = 2u * world->config.journal_sectors * world->config.sector_size;
  world->flash.bytes[log + (uint32_t)window.position + 300u] ^= 4u;
  ANSWERS(world, TT_OK, tt_first_window(&world->device, &window));
  HOLDS(world, window.sequence == 1u);
  ANSWERS(world, TT_OK, tt_next_window(&world->device, &window));
  HOLDS(world, window.sequence == 3u && world->events[TT_EVENT_WINDOW_LOST] == 1u);
  HOLDS(world, world->last_value[TT_EVENT_WINDOW_LOST] == 2u);
  /* When nothing that waits can be read any more it takes no room either. */
  world->flash.bytes[log + (uint32_t)window.position + 300u] ^= 4u;
  ANSWERS(world, TT_OK, tt_first_window(&world->device, &window));
  world->flash.bytes[log + (uint32_t)window.position + 1u] ^= 4u;
  ANSWERS(world, TT_WINDOW_UNKNOWN, tt_first_window(&world->device, &window));
  HOLDS(world, tt_waiting(&world->device) == 0u);
}

static void store_fails(sim_world *world) {
  uint8_t statement[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  uint8_t owner[TT_ADDRESS_SIZE] = {0};
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  for (unsigned minute = 0; minute < 3u; minute++) checks_minute(world);
  checks_pass(world, 60);
  world->flash.fails = true;
  ANSWERS(world, TT_DEVICE_STORE_FAILED, checks_sample(world, 1000000, 0));
  world->flash.fails = false;
  /* What memory says may differ from the flash now: only a start makes it sure again. */
  tt_device *device = &world->device;
  ANSWERS(world, TT_DEVICE_STORE_FAILED, checks_sample(world, 0, 0));
  ANSWERS(world, TT_DEVICE_STORE_FAILED, tt_seal(device));
  ANSWERS(world, TT_DEVICE_STORE_FAILED, tt_claim_for(device, owner, statement, signature));
  ANSWERS(world, TT_DEVICE_STORE_FAILED, tt_rotate(device, statement, statement, signature));
  ANSWERS(world, TT_DEVICE_STORE_FAILED, tt_replace_meter(device, 1, 1, statement, signature));
  HOLDS(world, !tt_seal_due(device));
  checks_restart(world);
  checks_minute(world);
  checks_flush(world);
  HOLDS(world, world->last_header.export_wh == 400u);
  world->flash.fails = true;
  ANSWERS(world, TT_DEVICE_STORE_FAILED, tt_open(device, &world->platform, &world->config));
}

/* A sector of the log that takes no bytes. */
static uint32_t dead_from;
static bool write_around(void *context, uint32_t address, const uint8_t *bytes, size_t size) {
  sim_world *world = context;
  if (address >= dead_from && address < dead_from + world->config.sector_size) return true;
  return flash_write(&world->flash, address, bytes, size);
}

static void dead_sector(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  dead_from = (2u * config.journal_sectors + 3u) * config.sector_size;
  world->platform.store_write = write_around;
  unsigned failures = 0;
  for (unsigned minute = 0; minute < 200u; minute++) {
    checks_pass(world, 60);
    ANSWERS(world, TT_OK, checks_sample(world, 100000000, 0));
    for (unsigned attempt = 0; attempt < 4u && tt_seal_due(&world->device); attempt++) {
      failures += tt_seal(&world->device) == TT_DEVICE_STORE_FAILED ? 1u : 0u;
    }
    ANSWERS(world, TT_OK, tt_deliver(&world->device, 10));
  }
  HOLDS(world, failures > 3u);
  checks_flush(world);
  HOLDS(world, world->received >= 50u && world->readings == 200u);
}

/* Flash that decrypts what is erased to noise, as an encrypted partition of an ESP32 does. */
static bool read_noise(void *context, uint32_t address, uint8_t *bytes, size_t size) {
  sim_world *world = context;
  if (!flash_read(&world->flash, address, bytes, size)) return false;
  for (size_t index = 0; index < size; index++) {
    uint32_t place = address + (uint32_t)index;
    if (world->flash.touched[place / 16u] == 0u) bytes[index] = (uint8_t)(place * 37u + 11u);
  }
  return true;
}

static void encrypted(sim_world *world) {
  tt_config config = checks_small();
  world_make(world, &config, 1);
  world_free(world);
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  world->platform.store_read = read_noise;
  checks_claim(world);
  for (unsigned minute = 0; minute < 100u; minute++) {
    if (minute % 7u == 3u) checks_restart(world);
    checks_minute(world);
  }
  checks_flush(world);
  HOLDS(world, world->readings == 100u && world->last_header.export_wh == 10000u);
}

static const check CHECKS[] = {
    {"a layout that can't work is refused", geometry},
    {"the journal of a key is never made anew", format_once},
    {"nor is it with other sectors", format_with_other_sectors},
    {"a store without a journal is refused", empty_store},
    {"a journal with a spoilt record in the middle is refused", spoilt_middle},
    {"a spoilt last record is one that a cut tore", spoilt_end},
    {"an older slot is never taken for one that is spoilt", spoilt_header},
    {"a spoilt window in the buffer is left out and said", spoilt_window},
    {"after a failed write nothing is done until the next start", store_fails},
    {"a sector that takes no bytes is left out", dead_sector},
    {"it works on flash that reads as noise where it is erased", encrypted}};
const check_list STORE_CHECKS = {CHECKS, sizeof CHECKS / sizeof *CHECKS};
