#include <string.h>

#include "checks.h"

static const uint8_t OWNER[TT_ADDRESS_SIZE] = {1, 2, 3};
static const uint8_t OTHER[TT_ADDRESS_SIZE] = {3, 2, 1};

static void claims(sim_world *world) {
  uint8_t first[TT_CLAIM_SIZE];
  uint8_t again[TT_CLAIM_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  tt_config config = checks_small();
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  ANSWERS(world, TT_OK, checks_meter(world, 5000, 70));
  ANSWERS(world, TT_OK, tt_claim_for(&world->device, OWNER, first, signature));
  checks_pass(world, 1000);
  ANSWERS(world, TT_OK, checks_meter(world, 5100, 70));
  checks_restart(world);
  ANSWERS(world, TT_OK, tt_claim_for(&world->device, OWNER, again, signature));
  HOLDS(world, memcmp(first, again, sizeof first) == 0);
  HOLDS(world, world->device.state.claim_export_wh == 5000u);
  ANSWERS(world, TT_DEVICE_ALREADY_CLAIMED,
          tt_claim_for(&world->device, OTHER, again, signature));
}

static void claim_unsigned(sim_world *world) {
  uint8_t first[TT_CLAIM_SIZE];
  uint8_t again[TT_CLAIM_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  tt_config config = checks_small();
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  world->signer_fails = true;
  ANSWERS(world, TT_DEVICE_SIGNER_FAILED, tt_claim_for(&world->device, OWNER, first, signature));
  world->signer_fails = false;
  checks_pass(world, 1000);
  ANSWERS(world, TT_OK, tt_claim_for(&world->device, OWNER, again, signature));
  HOLDS(world, memcmp(first, again, sizeof first) == 0);
}

static void meter_backwards(sim_world *world) {
  uint8_t statement[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  tt_config config = checks_small();
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  ANSWERS(world, TT_OK, checks_meter(world, 5000, 70));
  /* Before the claim nothing depends on it. */
  ANSWERS(world, TT_OK, checks_meter(world, 4000, 60));
  checks_claim(world);
  checks_pass(world, 60);
  ANSWERS(world, TT_OK, checks_meter(world, 4010, 60));
  checks_pass(world, 60);
  ANSWERS(world, TT_REGISTER_ROLLBACK, checks_meter(world, 4009, 60));
  ANSWERS(world, TT_REGISTER_ROLLBACK, checks_meter(world, 4011, 59));
  HOLDS(world, world->device.open_count == 1u && world->device.state.export_wh == 4010u);
  HOLDS(world, world->events[TT_EVENT_METER_RAN_BACK] == 2u);
  ANSWERS(world, TT_OK, tt_replace_meter(&world->device, 3, 0, statement, signature));
  checks_pass(world, 60);
  ANSWERS(world, TT_OK, checks_meter(world, 4, 0));
  checks_flush(world);
  HOLDS(world, world->received == 2u && world->last_header.export_wh == 4u);
}

static void meter_leaps(sim_world *world) {
  tt_config config = checks_small();
  config.max_power_w = 6000;
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  ANSWERS(world, TT_OK, checks_meter(world, 5000, 70));
  checks_claim(world);
  checks_pass(world, 3600);
  ANSWERS(world, TT_CAPACITY_EXCEEDED, checks_meter(world, 5000 + 7101, 70));
  ANSWERS(world, TT_CAPACITY_EXCEEDED, checks_meter(world, 5000, 70 + 7101));
  ANSWERS(world, TT_CAPACITY_EXCEEDED, checks_meter(world, UINT32_MAX, 70));
  ANSWERS(world, TT_OK, checks_meter(world, 5000 + 6100, 70));
}

static void register_end(sim_world *world) {
  tt_config config = checks_small();
  uint64_t most = ((uint64_t)1 << 56) - 1u;
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE, checks_meter(world, most + 1u, 0));
  ANSWERS(world, TT_OK, checks_meter(world, most, most));
  checks_claim(world);
  for (unsigned index = 0; index < 4u; index++) {
    checks_pass(world, 60);
    ANSWERS(world, TT_OK, checks_meter(world, most, most));
  }
  ANSWERS(world, TT_OK, tt_seal(&world->device));
  checks_flush(world);
  HOLDS(world, world->last_header.export_wh == most);
  checks_pass(world, 60);
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE, checks_sample(world, 1000000, 0));
}

static void fractions(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  /* 3,200 impulses of a meter with 3,200 imp/kWh, in pieces and over restarts, are 1 kWh. */
  for (unsigned index = 0; index < 3200u; index++) {
    tt_add_energy(&world->device, 312500, 0);
    world->most_export_uwh += 312500u;
    if (index % 100u != 99u) continue;
    checks_pass(world, 60);
    ANSWERS(world, TT_OK, checks_sample(world, 0, 0));
    if (tt_seal_due(&world->device)) ANSWERS(world, TT_OK, tt_seal(&world->device));
    if (index % 700u == 699u) checks_restart(world);
  }
  checks_flush(world);
  HOLDS(world, world->last_header.export_wh == 1000u);
  tt_add_energy(&world->device, UINT64_MAX, 0);
  tt_add_energy(&world->device, UINT64_MAX, 0);
  HOLDS(world, world->device.counted_export_uwh == UINT64_MAX);
}

static void rotation(sim_world *world) {
  uint8_t successor[TT_HASH_SIZE];
  uint8_t stranger[TT_HASH_SIZE];
  uint8_t first[TT_ROTATION_SIZE];
  uint8_t again[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  tt_config config = checks_small();
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  world_id_of(1, successor);
  world_id_of(2, stranger);
  ANSWERS(world, TT_DEVICE_NOT_CLAIMED,
          tt_rotate(&world->device, successor, first, signature));
  checks_claim(world);
  checks_minute(world);
  ANSWERS(world, TT_TIME_OVERLAP, tt_rotate(&world->device, successor, first, signature));
  checks_pass(world, 1);
  ANSWERS(world, TT_OK, tt_rotate(&world->device, successor, first, signature));
  ANSWERS(world, TT_DEVICE_ALREADY_CLAIMED,
          tt_rotate(&world->device, stranger, again, signature));
  checks_pass(world, 60);
  ANSWERS(world, TT_DEVICE_REVOKED, checks_sample(world, 1, 1));
  ANSWERS(world, TT_DEVICE_REVOKED, tt_replace_meter(&world->device, 0, 0, again, signature));
  checks_restart(world);
  ANSWERS(world, TT_OK, tt_rotate(&world->device, successor, again, signature));
  HOLDS(world, memcmp(first, again, sizeof first) == 0);
  world->key = 2;
  ANSWERS(world, TT_PUBLIC_KEY_MISMATCH,
          tt_open(&world->device, &world->platform, &world->config));
  ANSWERS(world, TT_DEVICE_STORE_FAILED, checks_sample(world, 1, 1));
  world->key = 1;
  checks_restart(world);
  HOLDS(world, !world->device.state.claimed && world->device.state.export_wh == 100u);
  /* The last window of the old key waits and is sent by the new one. */
  HOLDS(world, tt_waiting(&world->device) == 1u);
  checks_claim(world);
  for (unsigned index = 0; index < 4u; index++) checks_minute(world);
  HOLDS(world, world->received == 2u && world->last_header.sequence == 1u);
}

static void replacements(sim_world *world) {
  uint8_t first[TT_METER_REPLACEMENT_SIZE];
  uint8_t again[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  tt_config config = checks_small();
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  ANSWERS(world, TT_WINDOW_UNKNOWN,
          tt_meter_replacement_again(&world->device, first, signature));
  ANSWERS(world, TT_DEVICE_NOT_CLAIMED,
          tt_replace_meter(&world->device, 1, 1, first, signature));
  checks_claim(world);
  ANSWERS(world, TT_TIME_OVERLAP, tt_replace_meter(&world->device, 1, 1, first, signature));
  checks_pass(world, 60);
  world->clock_set = false;
  ANSWERS(world, TT_DEVICE_CLOCK_NOT_SET,
          tt_replace_meter(&world->device, 1, 1, first, signature));
  world->clock_set = true;
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE,
          tt_replace_meter(&world->device, (uint64_t)1 << 56, 1, first, signature));
  /* One before the first window, and one right after it: each names the one before. */
  ANSWERS(world, TT_OK, tt_replace_meter(&world->device, 7, 1, first, signature));
  checks_pass(world, 60);
  ANSWERS(world, TT_OK, tt_replace_meter(&world->device, 9, 1, first, signature));
  checks_restart(world);
  ANSWERS(world, TT_OK, tt_meter_replacement_again(&world->device, again, signature));
  HOLDS(world, memcmp(first, again, sizeof first) == 0);
  world->registers_free = true;
  for (unsigned index = 0; index < 4u; index++) checks_minute(world);
  HOLDS(world, world->received == 1u && world->last_header.export_wh == 409u);
}

static void signer_fails(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  for (unsigned index = 0; index < 3u; index++) checks_minute(world);
  checks_pass(world, 60);
  ANSWERS(world, TT_OK, checks_sample(world, 100000000, 0));
  world->signer_fails = true;
  ANSWERS(world, TT_DEVICE_SIGNER_FAILED, tt_seal(&world->device));
  /* The header has its number; energy goes on into the registers. */
  for (unsigned index = 0; index < 5u; index++) {
    checks_pass(world, 60);
    ANSWERS(world, TT_OK, checks_sample(world, 100000000, 0));
    ANSWERS(world, TT_DEVICE_SIGNER_FAILED, tt_seal(&world->device));
  }
  checks_restart(world);
  HOLDS(world, world->device.promised && tt_seal_due(&world->device));
  world->signer_fails = false;
  /* The promise is kept before the reading that comes first, and the reading is not lost. */
  checks_pass(world, 60);
  ANSWERS(world, TT_OK, checks_sample(world, 100000000, 0));
  HOLDS(world, !world->device.promised && world->device.open_count == 1u);
  for (unsigned index = 0; index < 3u; index++) checks_minute(world);
  HOLDS(world, world->received == 2u && world->last_readings[0].export_wh == 1000u);
  HOLDS(world, world->last_header.flags == (TT_FLAG_DEVICE_RESTARTED | TT_FLAG_READINGS_MERGED));
}

static bool verify_nothing(void *context, const uint8_t public_key[TT_PUBLIC_KEY_SIZE],
                           const uint8_t digest[TT_HASH_SIZE],
                           const uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)public_key;
  (void)digest;
  (void)signature;
  return !((const sim_world *)context)->signs_wrong;
}

static void signs_wrong(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, CLOCK_FLOOR + 5u);
  world->platform.verify = verify_nothing;
  checks_minute(world);
  world->signs_wrong = true;
  ANSWERS(world, TT_DEVICE_SIGNER_FAILED, tt_seal(&world->device));
  HOLDS(world, tt_waiting(&world->device) == 0u);
  world->signs_wrong = false;
  ANSWERS(world, TT_OK, tt_seal(&world->device));
  checks_flush(world);
}

static void other_registry(sim_world *world) {
  tt_config config = checks_small();
  checks_start(world, &config, CLOCK_FLOOR + 5u);
  world->config.domain[0] = 1;
  checks_restart(world);
  checks_claim(world);
  world->config.domain[0] = 2;
  ANSWERS(world, TT_DOMAIN_MISMATCH, tt_open(&world->device, &world->platform, &world->config));
}

static const check CHECKS[] = {
    {"a claim is made once, states the meter, and is the same after a restart", claims},
    {"a claim that could not be signed is the same when it can", claim_unsigned},
    {"a meter that runs backwards is refused until it is stated as replaced", meter_backwards},
    {"a register may not leap further than power allows", meter_leaps},
    {"registers end at their largest value", register_end},
    {"impulses add up to the last one, over restarts", fractions},
    {"a key names one successor, signs nothing more, and its windows are still sent", rotation},
    {"meter replacements follow on each other and can be had again", replacements},
    {"a signer that fails keeps the number of its window", signer_fails},
    {"a signature that does not verify is never stored", signs_wrong},
    {"a claimed device is not for another registry", other_registry}};
const check_list LIFE_CHECKS = {CHECKS, sizeof CHECKS / sizeof *CHECKS};
