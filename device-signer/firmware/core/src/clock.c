#include "clock.h"

#define DAY_S 86400u

/* A clock this much off from what the uptime says was adjusted; below, it only drifted. */
#define STEP_S 5u

/* How far ahead of the last reading a clock may be after a start without doubt: 400 days on a shelf. */
#define SHELF_S (400u * DAY_S)

/* How long a doubted clock has to go on evenly. */
#define DOUBT_MS 3600000u

/* 20 years. */
#define LIFETIME_S 631152000u

static uint64_t distance(uint64_t a, uint64_t b) { return a > b ? a - b : b - a; }

static void note(tt_device *device, tt_event event, uint64_t value) {
  device->platform->log(device->platform->context, event, value);
}

/* Whether this time leaps further ahead than can be true. */
static bool is_leap(const tt_device *device, uint64_t now, uint64_t uptime_ms) {
  if (device->clock_known) {
    uint64_t passed = (uptime_ms - device->clock_uptime_ms) / 1000u;
    return now > device->clock_at + passed + DAY_S;
  }
  if (!device->state.claimed || device->config.planned_wake) return false;
  return now > device->state.last_at + SHELF_S;
}

/* A leap ahead would shut the device out until that time comes, so it has to hold for an hour. */
static bool is_doubted(tt_device *device, uint64_t now, uint64_t uptime_ms) {
  if (!is_leap(device, now, uptime_ms)) {
    device->clock_doubted = false;
    return false;
  }
  uint64_t passed = (uptime_ms - device->doubt_uptime_ms) / 1000u;
  bool goes_on = device->clock_doubted && distance(now, device->doubt_at + passed) <= STEP_S;
  if (goes_on) return uptime_ms - device->doubt_uptime_ms < DOUBT_MS;
  device->clock_doubted = true;
  device->doubt_at = now;
  device->doubt_uptime_ms = uptime_ms;
  note(device, TT_EVENT_CLOCK_DOUBTED, now);
  return true;
}

bool tt_clock_read(tt_device *device, uint64_t *now) {
  const tt_platform *platform = device->platform;
  uint64_t floor = device->config.clock_floor;
  uint64_t uptime_ms = platform->uptime_ms(platform->context);
  if (!platform->now(platform->context, now)) return false;
  if (*now < floor || *now - floor >= LIFETIME_S) return false;
  if (is_doubted(device, *now, uptime_ms)) return false;
  uint64_t passed = (uptime_ms - device->clock_uptime_ms) / 1000u;
  if (device->clock_known && distance(*now, device->clock_at + passed) > STEP_S) {
    device->state.flags |= TT_FLAG_CLOCK_ADJUSTED;
    note(device, TT_EVENT_CLOCK_STEPPED, *now);
  }
  device->clock_doubted = false;
  device->clock_known = true;
  device->clock_at = *now;
  device->clock_uptime_ms = uptime_ms;
  return true;
}

static uint64_t day_of(const tt_device *device, uint64_t moment) {
  /* 14 hours are more than any zone is behind; the constant keeps the sum above zero. */
  int64_t offset = (int64_t)device->config.utc_offset_s;
  return (uint64_t)((int64_t)moment - 1 + offset + DAY_S) / DAY_S;
}

bool tt_is_other_day(const tt_device *device, uint64_t a, uint64_t b) {
  return day_of(device, a) != day_of(device, b);
}
