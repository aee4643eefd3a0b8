/*
 * Checks of the core's behaviour, one process each.
 *
 *     checks list          a line for each: its sentence
 *     checks <number>      runs one of them
 */
#include "checks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void checks_answers(const sim_world *world, tt_error expected, tt_error got, const char *call) {
  char text[256];
  snprintf(text, sizeof text, "%s answers %s, not %s", call, tt_error_code(expected),
           tt_error_code(got));
  world_law(world, expected == got, text);
}

tt_config checks_small(void) {
  tt_config config;
  memset(&config, 0, sizeof config);
  memset(config.domain, 0xd0, sizeof config.domain);
  config.sector_size = 512;
  config.window_readings = 4;
  config.open_limit = 10;
  config.journal_sectors = tt_journal_sectors(config.sector_size, config.open_limit);
  config.log_sectors = 8;
  config.firmware = TT_FIRMWARE(1, 2, 3);
  config.clock_floor = CLOCK_FLOOR;
  return config;
}

tt_config checks_flash_256k(uint16_t readings) {
  tt_config config = checks_small();
  config.sector_size = 4096;
  config.window_readings = readings;
  config.open_limit = TT_MAX_READINGS;
  config.journal_sectors = tt_journal_sectors(config.sector_size, config.open_limit);
  config.log_sectors = (uint16_t)(64u - 2u * config.journal_sectors);
  return config;
}

void checks_start(sim_world *world, const tt_config *config, uint64_t now) {
  world_make(world, config, 1);
  world->steady = true;
  world->online = true;
  world->clock_set = true;
  world->now = now;
  ANSWERS(world, TT_OK, tt_format(&world->device, &world->platform, &world->config));
  ANSWERS(world, TT_OK, tt_open(&world->device, &world->platform, &world->config));
}

void checks_claim(sim_world *world) {
  static const uint8_t OWNER[TT_ADDRESS_SIZE] = {1, 2, 3};
  uint8_t claim[TT_CLAIM_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  ANSWERS(world, TT_OK, tt_claim_for(&world->device, OWNER, claim, signature));
  world_note_claim(world, claim);
}

void checks_claimed(sim_world *world, const tt_config *config, uint64_t now) {
  checks_start(world, config, now);
  checks_claim(world);
}

void checks_restart(sim_world *world) {
  world->uptime_ms = 0;
  ANSWERS(world, TT_OK, tt_open(&world->device, &world->platform, &world->config));
}

void checks_pass(sim_world *world, uint64_t seconds) {
  world->now += seconds;
  world->uptime_ms += seconds * 1000u;
}

static tt_error sample(sim_world *world, const tt_measurement *measured) {
  uint64_t last_before = world->device.state.last_at;
  tt_error error = tt_sample(&world->device, measured);
  if (error == TT_OK) world_note_sample(world, last_before);
  return error;
}

tt_error checks_sample(sim_world *world, uint64_t export_uwh, uint64_t import_uwh) {
  tt_measurement measured;
  memset(&measured, 0, sizeof measured);
  measured.fields.present = TT_HAS_VOLTAGE | TT_HAS_SIGNAL;
  measured.fields.voltage_mv = 230000;
  measured.fields.signal_dbm = -60;
  measured.fields.status = TT_STATUS_OPERATIONAL;
  world->most_export_uwh += export_uwh;
  tt_add_energy(&world->device, export_uwh, import_uwh);
  return sample(world, &measured);
}

tt_error checks_meter(sim_world *world, uint64_t export_wh, uint64_t import_wh) {
  tt_measurement measured;
  memset(&measured, 0, sizeof measured);
  measured.has_registers = true;
  measured.export_wh = export_wh;
  measured.import_wh = import_wh;
  world->registers_free = true;
  return sample(world, &measured);
}

void checks_minute(sim_world *world) {
  checks_pass(world, 60);
  ANSWERS(world, TT_OK, checks_sample(world, 100000000, 0));
  if (tt_seal_due(&world->device)) ANSWERS(world, TT_OK, tt_seal(&world->device));
  if (world->online) ANSWERS(world, TT_OK, tt_deliver(&world->device, 1000));
}

void checks_flush(sim_world *world) {
  world->online = true;
  world->uptime_ms = world->device.send_after_ms;
  ANSWERS(world, TT_OK, tt_deliver(&world->device, 1000));
  if (world->device.open_count > 0u) ANSWERS(world, TT_OK, tt_seal(&world->device));
  ANSWERS(world, TT_OK, tt_deliver(&world->device, 1000));
  HOLDS(world, tt_waiting(&world->device) == 0u);
}

int main(int count, char **arguments) {
  static sim_world one;
  const check_list *const lists[] = {&CODEC_CHECKS, &TIME_CHECKS, &LIFE_CHECKS, &BUFFER_CHECKS,
                                     &STORE_CHECKS};
  unsigned number = 0;
  bool list = count == 2 && strcmp(arguments[1], "list") == 0;
  for (unsigned part = 0; part < sizeof lists / sizeof *lists; part++) {
    for (unsigned index = 0; index < lists[part]->count; index++, number++) {
      const check *one_check = lists[part]->checks + index;
      if (list) puts(one_check->sentence);
      if (list || count != 2 || (unsigned)atoi(arguments[1]) != number) continue;
      one_check->run(&one);
      if (one.flash.bytes != NULL) world_free(&one);
      return 0;
    }
  }
  return list ? 0 : 2;
}
