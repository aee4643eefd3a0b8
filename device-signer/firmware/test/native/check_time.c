#include "checks.h"

#define DAY 86400u

static void no_clock(sim_world *world) {
  static const uint8_t OWNER[TT_ADDRESS_SIZE] = {1};
  uint8_t claim[TT_CLAIM_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  tt_config config = checks_small();
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  world->clock_set = false;
  ANSWERS(world, TT_DEVICE_CLOCK_NOT_SET, tt_claim_for(&world->device, OWNER, claim, signature));
  for (unsigned index = 0; index < 20u; index++) {
    checks_pass(world, 60);
    ANSWERS(world, TT_OK, checks_sample(world, 1500000, 250000));
  }
  ANSWERS(world, TT_COUNT_OUT_OF_RANGE, tt_seal(&world->device));
  HOLDS(world, world->device.state.export_wh == 30u && world->device.state.import_wh == 5u);
  world->clock_set = true;
  checks_claim(world);
  for (unsigned index = 0; index < 4u; index++) checks_minute(world);
  HOLDS(world, world->received == 1u && world->last_header.opened_at == world->now - 240u);
  HOLDS(world, world->device.state.claim_export_wh == 30u);
}

static void clock_lost_at_restart(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  checks_minute(world);
  checks_restart(world);
  world->clock_set = false;
  for (unsigned index = 0; index < 10u; index++) {
    checks_pass(world, 60);
    ANSWERS(world, TT_OK, checks_sample(world, 100000000, 0));
  }
  HOLDS(world, world->device.open_count == 1u && world->device.state.export_wh == 1100u);
  world->clock_set = true;
  for (unsigned index = 0; index < 3u; index++) checks_minute(world);
  HOLDS(world, world->last_header.count == 4u && world->last_header.export_wh == 1400u);
  HOLDS(world, world->last_readings[1].export_wh == 1200u);
  HOLDS(world, world->last_header.flags == TT_FLAG_DEVICE_RESTARTED);
}

static void impossible_clocks(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  uint64_t right = world->now;
  /* 1970, 2106, and the end of what the bytes can hold. */
  const uint64_t wrong[] = {0, 60, CLOCK_FLOOR - 1u, (uint64_t)1 << 32, (uint64_t)1 << 40,
                            UINT64_MAX};
  for (unsigned index = 0; index < sizeof wrong / sizeof *wrong; index++) {
    world->now = wrong[index];
    ANSWERS(world, TT_OK, checks_sample(world, 100000000, 0));
    HOLDS(world, world->device.open_count == 0u);
  }
  world->now = right;
  checks_minute(world);
  HOLDS(world, world->device.open_count == 1u && world->device.state.export_wh == 700u);
  HOLDS(world, world->device.state.flags == 0u);
}

static void set_back(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 50000u);
  for (unsigned index = 0; index < 4u; index++) checks_minute(world);
  uint64_t closed_at = world->last_header.closed_at;
  world->now -= 600u;
  unsigned minutes = 0;
  for (; world->received < 2u; minutes++) checks_minute(world);
  HOLDS(world, minutes == 14u);
  HOLDS(world, world->last_header.opened_at == closed_at);
  HOLDS(world, world->last_header.flags == TT_FLAG_CLOCK_ADJUSTED);
  /* What was counted while the clock caught up is in the first reading after it. */
  HOLDS(world, world->last_readings[0].export_wh == 1500u);
  for (unsigned index = 0; index < 4u; index++) checks_minute(world);
  HOLDS(world, world->last_header.flags == 0u);
}

static void drift(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  for (unsigned index = 0; index < 4u; index++) {
    world->now += index % 2u == 0u ? 5u : 0u;
    world->now -= index % 2u == 1u ? 5u : 0u;
    checks_minute(world);
  }
  HOLDS(world, world->received == 1u && world->last_header.flags == 0u);
  checks_minute(world);
  world->now += 6u;
  checks_minute(world);
  /* It is not forgotten with the power. */
  checks_restart(world);
  for (unsigned index = 0; index < 2u; index++) checks_minute(world);
  uint16_t both = TT_FLAG_CLOCK_ADJUSTED | TT_FLAG_DEVICE_RESTARTED;
  HOLDS(world, world->last_header.flags == both);
}

static void leap_ahead(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  for (unsigned index = 0; index < 2u; index++) checks_minute(world);
  uint64_t right = world->now;
  world->now += 3u * DAY;
  for (unsigned index = 0; index < 30u; index++) checks_minute(world);
  HOLDS(world, world->device.open_count == 2u);
  /* It comes back before an hour is over: nothing of it is left. */
  world->now = right + 30u * 60u;
  for (unsigned index = 0; index < 2u; index++) checks_minute(world);
  HOLDS(world, world->received == 1u && world->last_header.flags == 0u);
  HOLDS(world, world->last_header.closed_at < right + DAY);
  /* One that holds for an hour is taken, and said. */
  world->now += 3u * DAY;
  for (unsigned index = 0; index < 60u; index++) checks_minute(world);
  HOLDS(world, world->device.open_count == 0u);
  for (unsigned index = 0; index < 4u; index++) checks_minute(world);
  HOLDS(world, world->received == 2u && world->last_header.flags == TT_FLAG_CLOCK_ADJUSTED);
  HOLDS(world, world->last_header.closed_at > right + 3u * DAY);
}

static void restless_leap(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  checks_minute(world);
  world->now += 3u * DAY;
  /* A clock that leaps again and again never holds for an hour. */
  for (unsigned index = 0; index < 200u; index++) {
    world->now += 2u * DAY;
    checks_minute(world);
  }
  HOLDS(world, world->device.open_count == 1u && world->device.state.export_wh == 20100u);
}

static void long_off(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  checks_minute(world);
  world->now += 300u * DAY;
  checks_restart(world);
  checks_minute(world);
  HOLDS(world, world->device.open_count + 4u * world->received == 2u || world->received == 1u);
  world->now += 401u * DAY;
  checks_restart(world);
  uint64_t last_at = world->device.state.last_at;
  for (unsigned index = 0; index < 60u; index++) checks_minute(world);
  HOLDS(world, world->device.state.last_at == last_at);
  checks_minute(world);
  HOLDS(world, world->device.state.last_at == world->now);
}

static void planned_wake(sim_world *world) {
  tt_config config = checks_small();
  config.planned_wake = true;
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  for (unsigned index = 0; index < 4u; index++) {
    checks_restart(world);
    checks_minute(world);
  }
  HOLDS(world, world->received == 1u && world->last_header.flags == 0u);
  world->config.planned_wake = false;
  checks_restart(world);
  for (unsigned index = 0; index < 4u; index++) checks_minute(world);
  HOLDS(world, world->last_header.flags == TT_FLAG_DEVICE_RESTARTED);
}

static void same_second(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  ANSWERS(world, TT_OK, checks_sample(world, 1000000, 0));
  HOLDS(world, world->device.open_count == 0u && world->device.state.export_wh == 1u);
  checks_pass(world, 1);
  ANSWERS(world, TT_OK, checks_sample(world, 1000000, 0));
  ANSWERS(world, TT_OK, checks_sample(world, 1000000, 0));
  HOLDS(world, world->device.open_count == 1u && world->device.state.export_wh == 3u);
}

static void days(sim_world *world) {
  tt_config config = checks_small();
  /* A plant 7 hours behind UTC: its day ends at 07:00 UTC. */
  config.utc_offset_s = -7 * 3600;
  uint64_t midnight = MIDNIGHT + 7u * 3600u;
  checks_claimed(world, &config, midnight - 180u);
  /* 2 minutes before, 1 before, at midnight: of the old day. 1 after: of the new. */
  for (unsigned index = 0; index < 3u; index++) checks_minute(world);
  HOLDS(world, world->device.open_count == 3u);
  checks_minute(world);
  HOLDS(world, world->received == 1u && world->device.open_count == 1u);
  HOLDS(world, world->last_header.closed_at == midnight && world->last_header.count == 3u);
}

static const check CHECKS[] = {
    {"without a clock the registers grow and nothing is sealed or claimed", no_clock},
    {"a clock that is lost with the power costs no energy", clock_lost_at_restart},
    {"a clock of 1970 or 2106 is no clock", impossible_clocks},
    {"a clock that is set back makes no windows overlap and says so", set_back},
    {"a clock may drift 5 seconds and is flagged beyond", drift},
    {"a leap ahead of days has to hold for an hour", leap_ahead},
    {"a clock that leaps again and again is never taken", restless_leap},
    {"a device that was off for 300 days goes on at once, after 400 days in an hour", long_off},
    {"a planned wake-up is no restart", planned_wake},
    {"two samples in one second are one reading", same_second},
    {"no window spans two local days", days}};
const check_list TIME_CHECKS = {CHECKS, sizeof CHECKS / sizeof *CHECKS};
