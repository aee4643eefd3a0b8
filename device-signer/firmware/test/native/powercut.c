/*
 * Cuts the power of a device again and again, at every store operation and by chance, and holds all that
 * it ever signed or sent against the laws.
 *
 *     powercut random <seed> <cuts>     one long life
 *     powercut every <seed> <steps>     one short life for each operation and each way to tear it
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

#define CLOCK_FLOOR 1700000000u

static const uint8_t OWNER[TT_ADDRESS_SIZE] = {1, 2, 3};

static tt_config small_device(void) {
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
  config.utc_offset_s = 3600;
  return config;
}

static uint64_t chance(sim_world *world, uint64_t sides) { return flash_random(&world->flash) % sides; }

static void must(sim_world *world, tt_error error) {
  world_law(world, error == TT_OK, tt_error_code(error));
}

static void start(sim_world *world, bool planned) {
  uint8_t bytes[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  world->uptime_ms = 0;
  world->config.planned_wake = planned;
  must(world, tt_open(&world->device, &world->platform, &world->config));
  world_check_registers(world);
  world->clock_set = chance(world, 8) != 0u;
  /* A statement whose signature a cut may have kept from getting out. */
  if (world->device.state.replaced) {
    (void)tt_meter_replacement_again(&world->device, bytes, signature);
  }
}

static void claim(sim_world *world) {
  uint8_t bytes[TT_CLAIM_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  tt_error error = tt_claim_for(&world->device, OWNER, bytes, signature);
  if (error == TT_OK) world_note_claim(world, bytes);
}

static void sample(sim_world *world) {
  tt_measurement measured;
  memset(&measured, 0, sizeof measured);
  measured.fields.present = TT_HAS_VOLTAGE | TT_HAS_BATTERY;
  measured.fields.voltage_mv = 230000;
  measured.fields.battery_mv = 3300;
  uint64_t export_uwh = chance(world, 50000000);
  world->most_export_uwh += export_uwh;
  tt_add_energy(&world->device, export_uwh, chance(world, 3000000));
  uint64_t last_before = world->device.state.last_at;
  tt_error error = tt_sample(&world->device, &measured);
  if (error == TT_OK) world_note_sample(world, last_before);
  else world_law(world, error == TT_DEVICE_REVOKED, tt_error_code(error));
}

static void rotate(sim_world *world) {
  uint8_t rotation[TT_ROTATION_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  uint8_t successor[TT_HASH_SIZE];
  if (world->key + 1u == WORLD_KEYS) return;
  world->now++;
  world->uptime_ms += 1000u;
  world_id_of(world->key + 1u, successor);
  if (tt_rotate(&world->device, successor, rotation, signature) != TT_OK) return;
  world_note_rotation(world, rotation);
  flash_tick(&world->flash);
  world->key++;
  start(world, false);
}

static void replace_meter(sim_world *world) {
  uint8_t replacement[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  uint64_t shown = chance(world, 1000);
  world->now++;
  world->uptime_ms += 1000u;
  world->registers_free = true;
  tt_error error =
      tt_replace_meter(&world->device, shown, chance(world, 1000), replacement, signature);
  world_law(world, error != TT_DEVICE_STORE_FAILED, "a store that works");
}

static void move_clock(sim_world *world) {
  switch (chance(world, 400)) {
    case 0: world->now -= chance(world, 600); break;
    case 1: world->now += chance(world, 40000); break;
    case 2: world->now += 86400u * 3u; break;
    case 3: world->clock_set = false; break;
    default: break;
  }
  uint64_t step = chance(world, 20) == 0u ? 0u : 60u;
  world->now += step;
  world->uptime_ms += step * 1000u;
  if (chance(world, 20) == 0u) world->clock_set = true;
}

static void step(sim_world *world) {
  uint64_t dice = chance(world, 1000);
  move_clock(world);
  if (!world->lives[world->key].claimed) claim(world);
  sample(world);
  if (tt_seal_due(&world->device) || dice < 20u) (void)tt_seal(&world->device);
  if (chance(world, 150) == 0u) world->online = !world->online;
  (void)tt_deliver(&world->device, 3);
  if (dice >= 990u) replace_meter(world);
  if (dice == 500u) rotate(world);
  if (dice >= 600u && dice < 620u) start(world, true);
}

static void make(sim_world *world, uint64_t seed) {
  tt_config config = small_device();
  world_make(world, &config, seed);
  world->now = CLOCK_FLOOR + 1000u;
  world->clock_set = true;
  world->online = true;
  must(world, tt_format(&world->device, &world->platform, &world->config));
  start(world, false);
}

/* Lets the device send all that it has and looks whether every reading arrived. */
static void finish(sim_world *world) {
  world->online = true;
  world->clock_set = true;
  world->uptime_ms += 4000000u;
  for (unsigned round = 0; round < 60u; round++) {
    world->now += 3600u;
    world->uptime_ms += 3600000u;
    if (!world->lives[world->key].claimed) claim(world);
    sample(world);
    (void)tt_seal(&world->device);
    (void)tt_deliver(&world->device, 100);
  }
  world_law(world, tt_waiting(&world->device) <= 2u, "an outbox that empties");
  world_law(world, world->queued <= 2u, "all readings arrive");
}

static void report(const sim_world *world, uint64_t cuts) {
  printf("{\"cuts\":%" PRIu64 ",\"operations\":%" PRIu64 ",\"received\":%" PRIu64
         ",\"duplicates\":%" PRIu64 ",\"readings\":%" PRIu64 ",\"merged\":%" PRIu64
         ",\"restarted\":%" PRIu64 ",\"adjusted\":%" PRIu64 ",\"replacements\":%u,\"keys\":%u"
         ",\"torn\":%" PRIu64 ",\"moves\":%" PRIu64 ",\"full\":%" PRIu64 ",\"lost\":%" PRIu64 "}\n",
         cuts, world->flash.operations, world->received, world->duplicates, world->readings,
         world->merged, world->restarted, world->adjusted, (unsigned)world->replacement_count,
         (unsigned)world->key + 1u, world->events[TT_EVENT_TORN_RECORD],
         world->events[TT_EVENT_JOURNAL_MOVED], world->events[TT_EVENT_BUFFER_FULL],
         world->events[TT_EVENT_WINDOW_LOST]);
}

static void cut_by_chance(sim_world *world, uint64_t seed, uint64_t cuts) {
  static jmp_buf power;
  static volatile uint64_t done;
  make(world, seed);
  world->flash.power = &power;
  done = 0;
  if (setjmp(power) != 0) {
    done++;
    uint64_t life = chance(world, 2) == 0u ? 40u : 400u;
    if (done < cuts) world->flash.cut_at = world->flash.operations + chance(world, life);
    start(world, false);
  } else {
    world->flash.cut_at = world->flash.operations + 20u;
  }
  while (done < cuts) step(world);
  world->flash.cut_at = UINT64_MAX;
  finish(world);
  report(world, done);
}

/* One life up to a cut at this operation, recovery (cut once more by chance), and the rest. */
static bool cut_at(sim_world *world, uint64_t seed, uint64_t steps, uint64_t operation, unsigned mode) {
  static jmp_buf power;
  static volatile unsigned cuts;
  static volatile uint64_t taken_steps;
  make(world, seed);
  uint64_t first = world->flash.operations;
  world->flash.power = &power;
  world->flash.cut_mode = mode;
  world->flash.cut_at = first + operation;
  cuts = 0;
  taken_steps = 0;
  if (setjmp(power) != 0) {
    cuts++;
    if (cuts == 1u) world->flash.cut_at = world->flash.operations + chance(world, 12);
    start(world, false);
  }
  while (taken_steps < steps) {
    taken_steps++;
    step(world);
  }
  world->flash.cut_at = UINT64_MAX;
  finish(world);
  return cuts > 0u;
}

static void cut_everywhere(sim_world *world, uint64_t seed, uint64_t steps) {
  uint64_t cuts = 0;
  for (unsigned mode = 1; mode <= 5u; mode++) {
    bool cut = true;
    for (uint64_t operation = 0; cut; operation++) {
      cut = cut_at(world, seed, steps, operation, mode);
      cuts += cut ? 1u : 0u;
      if (cut || mode < 5u) world_free(world);
    }
  }
  report(world, cuts);
}

int main(int count, char **arguments) {
  static sim_world one;
  if (count != 4) return 2;
  uint64_t seed = strtoull(arguments[2], NULL, 10);
  uint64_t number = strtoull(arguments[3], NULL, 10);
  if (strcmp(arguments[1], "random") == 0) cut_by_chance(&one, seed, number);
  else cut_everywhere(&one, seed, number);
  world_free(&one);
  return 0;
}
