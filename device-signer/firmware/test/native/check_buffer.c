#include <stdio.h>

#include "checks.h"

/* What common NOR flash is rated for. */
#define ERASES 100000u

/* Runs offline until the buffer is full or so many minutes are over; answers the minutes. */
static unsigned offline(sim_world *world, unsigned minutes) {
  world->online = false;
  for (unsigned minute = 0; minute < minutes; minute++) {
    if (world->events[TT_EVENT_READINGS_MERGED] > 0u) return minute;
    checks_minute(world);
  }
  return minutes;
}

static void a_day_offline(sim_world *world) {
  tt_config config = checks_flash_256k(15);
  HOLDS(world, tt_store_size(&config) == 256u * 1024u);
  checks_claimed(world, &config, MIDNIGHT);
  unsigned minutes = offline(world, 10000);
  printf("%u minutes of windows of 15 readings fit 256 KB\n", minutes);
  HOLDS(world, minutes >= 24u * 60u);
  checks_restart(world);
  checks_flush(world);
  HOLDS(world, world->last_header.export_wh == 100u * minutes);
}

/* The first 24 hours alone: every reading arrives as it was taken. */
static void a_day_unmerged(sim_world *world) {
  tt_config config = checks_flash_256k(15);
  checks_claimed(world, &config, MIDNIGHT);
  HOLDS(world, offline(world, 24u * 60u) == 24u * 60u);
  checks_flush(world);
  HOLDS(world, world->readings == 24u * 60u && world->merged == 0u);
}

static uint64_t longest_interval(const sim_world *world) {
  uint64_t longest = 0;
  uint64_t before = world->last_header.opened_at;
  for (unsigned index = 0; index < world->last_header.count; index++) {
    uint64_t interval = world->last_readings[index].at - before;
    if (interval > longest) longest = interval;
    before = world->last_readings[index].at;
  }
  return longest;
}

static void a_month_offline(sim_world *world) {
  tt_config config = checks_flash_256k(15);
  unsigned minutes = 30u * 24u * 60u;
  checks_claimed(world, &config, MIDNIGHT);
  world->online = false;
  for (unsigned minute = 0; minute < minutes; minute++) {
    checks_minute(world);
    if (minute % 5000u == 4999u) checks_restart(world);
  }
  HOLDS(world, world->device.open_count <= TT_MAX_READINGS);
  checks_flush(world);
  const tt_header *last = &world->last_header;
  HOLDS(world, last->export_wh == 100u * minutes);
  HOLDS(world, (last->flags & TT_FLAG_READINGS_MERGED) != 0u && world->merged == 1u);
  /* Merged evenly: a stretch is at most twice a 128th of the time, a reading at most two of them. */
  uint64_t span = last->closed_at - last->opened_at;
  HOLDS(world, longest_interval(world) <= 4u * span / 128u);
  HOLDS(world, last->count >= 64u);
  /* A merged reading says no voltage of a moment; its status and signal are those at its end. */
  HOLDS(world, (world->last_readings[0].present & TT_HAS_VOLTAGE) == 0u);
  HOLDS(world, world->last_readings[0].voltage_mv == 0);
  HOLDS(world, world->last_readings[0].signal_dbm == -60);
  HOLDS(world, world->last_readings[0].status == TT_STATUS_OPERATIONAL);
  HOLDS(world, (world->last_readings[0].present & TT_HAS_FIRMWARE) != 0u);
  /* And afterwards it seals as before. */
  for (unsigned minute = 0; minute < 30u; minute++) checks_minute(world);
  checks_flush(world);
  HOLDS(world, (last->flags & TT_FLAG_READINGS_MERGED) == 0u);
}

static void sealed_stay(sim_world *world) {
  tt_outgoing first;
  tt_outgoing again;
  uint8_t before[TT_HEADER_SIZE];
  uint8_t after[TT_HEADER_SIZE];
  tt_config config = checks_small();
  checks_claimed(world, &config, MIDNIGHT);
  world->online = false;
  for (unsigned minute = 0; minute < 4u; minute++) checks_minute(world);
  ANSWERS(world, TT_OK, tt_first_window(&world->device, &first));
  ANSWERS(world, TT_OK, tt_outgoing_read(&world->device, &first, 0, before, sizeof before));
  for (unsigned minute = 0; minute < 500u; minute++) checks_minute(world);
  HOLDS(world, world->events[TT_EVENT_READINGS_MERGED] > 0u);
  ANSWERS(world, TT_DEVICE_BUFFER_FULL, tt_seal(&world->device));
  HOLDS(world, !tt_seal_due(&world->device));
  ANSWERS(world, TT_OK, tt_first_window(&world->device, &again));
  ANSWERS(world, TT_OK, tt_outgoing_read(&world->device, &again, 0, after, sizeof after));
  HOLDS(world, again.serial == first.serial && again.sequence == 1u);
  bool same = true;
  for (unsigned index = 0; index < TT_HEADER_SIZE; index++) {
    same = same && before[index] == after[index];
  }
  HOLDS(world, same);
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE,
          tt_outgoing_read(&world->device, &again, again.size - 1u, after, 2));
  ANSWERS(world, TT_VALUE_OUT_OF_RANGE,
          tt_outgoing_read(&world->device, &again, again.size + 1u, after, 0));
  /* The open window is larger than a sealed one: it takes the room of a few. */
  for (unsigned freed = 0; !tt_seal_due(&world->device); freed++) {
    HOLDS(world, freed < 5u);
    ANSWERS(world, TT_OK, tt_acknowledge(&world->device, &again));
    ANSWERS(world, TT_OK, tt_first_window(&world->device, &again));
  }
}

/* Folds three minutes behind a window that can't be signed, then lets it go. */
static void fold_behind(sim_world *world, bool restarts, bool metered) {
  tt_device *device = &world->device;
  world->signer_fails = true;
  ANSWERS(world, TT_DEVICE_SIGNER_FAILED, tt_seal(device));
  for (unsigned minute = 0; minute < 3u; minute++) {
    checks_pass(world, 60);
    uint64_t shown = device->state.export_wh + 100u;
    ANSWERS(world, TT_OK, metered ? checks_meter(world, shown, 0) : checks_sample(world, 100000000, 0));
    /* The second start finds what the first one moved. */
    for (unsigned start = 0; restarts && start < 2u; start++) {
      checks_restart(world);
      ANSWERS(world, TT_DEVICE_SIGNER_FAILED, tt_seal(device));
    }
  }
  HOLDS(world, device->promised);
  world->signer_fails = false;
}

static void behind_a_promise(sim_world *world, bool restarts, bool metered) {
  tt_config config = checks_small();
  checks_claimed(world, &config, MIDNIGHT);
  checks_minute(world);
  fold_behind(world, restarts, metered);
  checks_minute(world);
  ANSWERS(world, TT_OK, tt_deliver(&world->device, 10));
  HOLDS(world, world->received == 1u && world->merged == 0u);
  checks_flush(world);
  /* One reading stands for the minutes of four. */
  HOLDS(world, world->received == 2u && world->merged == 1u);
  HOLDS(world, world->last_header.count == 1u);
  for (unsigned minute = 0; minute < 4u; minute++) checks_minute(world);
  HOLDS(world, world->received == 3u && world->merged == 1u);
}

static void promise_waits(sim_world *world) { behind_a_promise(world, false, false); }
static void promise_waits_restarted(sim_world *world) { behind_a_promise(world, true, false); }
static void promise_waits_metered(sim_world *world) { behind_a_promise(world, true, true); }

/* A log that is full, then one whose sectors take no bytes: a window is promised and has no place. */
static bool write_no_log(void *context, uint32_t address, const uint8_t *bytes, size_t size) {
  sim_world *world = context;
  if (address >= 2u * world->config.journal_sectors * world->config.sector_size) return true;
  return flash_write(&world->flash, address, bytes, size);
}

static void promise_in_a_full_log(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, MIDNIGHT);
  world->online = false;
  while (world->events[TT_EVENT_SEALED] < 3u) checks_minute(world);
  checks_minute(world);
  bool (*whole)(void *, uint32_t, const uint8_t *, size_t) = world->platform.store_write;
  world->platform.store_write = write_no_log;
  tt_error error = TT_DEVICE_STORE_FAILED;
  for (unsigned attempt = 0; error == TT_DEVICE_STORE_FAILED; attempt++) {
    HOLDS(world, attempt < 2u * config.log_sectors);
    error = tt_seal(&world->device);
  }
  HOLDS(world, error == TT_DEVICE_BUFFER_FULL && world->device.promised);
  for (unsigned minute = 0; minute < 5u; minute++) checks_minute(world);
  world->platform.store_write = whole;
  checks_flush(world);
  HOLDS(world, world->received == 4u && world->merged == 0u);
  checks_minute(world);
  checks_flush(world);
  HOLDS(world, world->received == 5u && world->merged == 1u);
}

static void largest_windows(sim_world *world) {
  tt_config config = checks_flash_256k(256);
  checks_claimed(world, &config, MIDNIGHT);
  for (unsigned minute = 0; minute < 256u * 5u; minute++) checks_minute(world);
  checks_flush(world);
  /* A day ends within the sixth. */
  HOLDS(world, world->received == 5u && world->readings == 1280u);
}

static void smallest_log(sim_world *world) {
  tt_config config = checks_small();
  config.log_sectors = 4;
  checks_claimed(world, &config, MIDNIGHT);
  for (unsigned round = 0; round < 50u; round++) {
    world->online = round % 3u == 0u;
    for (unsigned minute = 0; minute < 20u; minute++) checks_minute(world);
    world->uptime_ms += 1000000u;
  }
  checks_flush(world);
}

static void report_wear(const sim_world *world, unsigned days, unsigned readings) {
  uint32_t most_journal = 0;
  uint32_t most_log = 0;
  uint32_t least_log = UINT32_MAX;
  uint32_t first_of_log = 2u * world->config.journal_sectors;
  for (uint32_t sector = 0; sector < 64u; sector++) {
    uint32_t count = world->flash.erased[sector];
    if (sector < first_of_log && count > most_journal) most_journal = count;
    if (sector >= first_of_log && count > most_log) most_log = count;
    if (sector >= first_of_log && count < least_log) least_log = count;
  }
  printf("windows of %u: journal %u, log %u to %u erases in %u days: %u years to 100,000\n",
         readings, (unsigned)most_journal, (unsigned)least_log, (unsigned)most_log, days,
         (unsigned)((uint64_t)ERASES * days / most_journal / 365u));
  HOLDS(world, most_log - least_log <= 1u);
  HOLDS(world, (uint64_t)ERASES * days / most_journal / 365u >= 15u);
  HOLDS(world, most_log <= most_journal);
  /* Both slots take their turns. */
  uint32_t slot = world->config.journal_sectors;
  uint32_t a = world->flash.erased[0];
  uint32_t b = world->flash.erased[slot];
  HOLDS(world, a <= b + 2u && b <= a + 2u);
}

static void wear_of(sim_world *world, uint16_t readings) {
  tt_config config = checks_flash_256k(readings);
  unsigned days = 30;
  checks_claimed(world, &config, MIDNIGHT);
  for (unsigned minute = 0; minute < days * 1440u; minute++) checks_minute(world);
  report_wear(world, days, readings);
}

static void wear_15(sim_world *world) { wear_of(world, 15); }
static void wear_1(sim_world *world) { wear_of(world, 1); }

static void pending(sim_world *world) {
  tt_outgoing window;
  tt_config config = checks_small();
  checks_claimed(world, &config, MIDNIGHT);
  world->verdict = TT_SEND_PENDING;
  for (unsigned minute = 0; minute < 12u; minute++) checks_minute(world);
  HOLDS(world, world->sent == 3u && tt_waiting(&world->device) == 3u);
  ANSWERS(world, TT_OK, tt_deliver(&world->device, 10));
  HOLDS(world, world->sent == 3u);
  /* An answer for the second is one for the first too. */
  ANSWERS(world, TT_OK, tt_first_window(&world->device, &window));
  ANSWERS(world, TT_OK, tt_next_window(&world->device, &window));
  ANSWERS(world, TT_OK, tt_acknowledge(&world->device, &window));
  ANSWERS(world, TT_OK, tt_acknowledge(&world->device, &window));
  HOLDS(world, tt_waiting(&world->device) == 1u);
  ANSWERS(world, TT_OK, tt_deliver(&world->device, 10));
  HOLDS(world, world->sent == 3u);
  /* The connection was lost: what is pending goes once more. */
  tt_send_again(&world->device);
  world->verdict = TT_SEND_ACCEPTED;
  ANSWERS(world, TT_OK, tt_deliver(&world->device, 10));
  HOLDS(world, world->sent == 4u && tt_waiting(&world->device) == 0u);
  ANSWERS(world, TT_WINDOW_UNKNOWN, tt_first_window(&world->device, &window));
  window.serial = 4;
  ANSWERS(world, TT_WINDOW_UNKNOWN, tt_acknowledge(&world->device, &window));
}

static void pauses(sim_world *world) {
  tt_config config = checks_small();
  uint64_t least = 1000;
  checks_claimed(world, &config, MIDNIGHT);
  for (unsigned minute = 0; minute < 4u; minute++) {
    world->online = minute < 3u;
    checks_minute(world);
  }
  for (unsigned attempt = 1; attempt < 14u; attempt++) {
    ANSWERS(world, TT_ORACLE_UNREACHABLE, tt_deliver(&world->device, 10));
    HOLDS(world, world->sent == attempt);
    uint32_t pause = tt_retry_in_ms(&world->device);
    HOLDS(world, pause >= least && pause <= least + least / 2u);
    /* Within it nothing is tried. */
    ANSWERS(world, TT_ORACLE_UNREACHABLE, tt_deliver(&world->device, 10));
    HOLDS(world, world->sent == attempt);
    world->uptime_ms += pause;
    least = least * 2u > 300000u ? 300000u : least * 2u;
  }
  world->online = true;
  ANSWERS(world, TT_OK, tt_deliver(&world->device, 10));
  HOLDS(world, tt_waiting(&world->device) == 0u && world->device.send_failures == 0u);
}

static void refused(sim_world *world) {
  tt_config config = checks_small();
  checks_claimed(world, &config, MIDNIGHT);
  world->verdict = TT_SEND_REFUSED;
  for (unsigned minute = 0; minute < 8u; minute++) checks_minute(world);
  HOLDS(world, tt_waiting(&world->device) == 0u);
  HOLDS(world, world->events[TT_EVENT_REFUSED] == 2u);
  HOLDS(world, world->last_value[TT_EVENT_REFUSED] == 2u);
  world->platform.send = NULL;
  ANSWERS(world, TT_CONFIGURATION_INVALID, tt_deliver(&world->device, 1));
}

static const check CHECKS[] = {
    {"24 hours of minutes and more fit 256 KB, and all of it arrives", a_day_offline},
    {"none of the readings of 24 hours is merged", a_day_unmerged},
    {"an outage of a month ends in valid windows that say what was merged", a_month_offline},
    {"a sealed window is never touched again", sealed_stay},
    {"a window says that the readings before it waited for a promise", promise_waits},
    {"it says so after starts in between", promise_waits_restarted},
    {"it says so of a meter's readings", promise_waits_metered},
    {"it says so when the log had no place for the promised window", promise_in_a_full_log},
    {"windows of 256 readings cross sectors", largest_windows},
    {"a log of four sectors goes round and round", smallest_log},
    {"windows of 15 readings wear the flash evenly", wear_15},
    {"windows of one reading wear the flash evenly", wear_1},
    {"windows on their way are not sent twice before the connection is lost", pending},
    {"pauses double from a second to five minutes", pauses},
    {"a window that is refused is dropped", refused}};
const check_list BUFFER_CHECKS = {CHECKS, sizeof CHECKS / sizeof *CHECKS};
