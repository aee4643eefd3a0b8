#include <string.h>

#include "bytes.h"
#include "clock.h"
#include "journal.h"
#include "seal.h"

#define UWH_PER_WH 1000000u

/* What a meter may leap beyond its greatest power: its resolution, and a minute between two clocks. */
#define LEAP_WH 1000u
#define LEAP_S 60u

/* Beyond this the time that passed makes no difference to the check of a leap: 10 years. */
#define LONGEST_S 315576000u

typedef struct registers {
  uint64_t export_wh;
  uint64_t import_wh;
  uint32_t export_uwh;
  uint32_t import_uwh;
} registers;

static uint64_t add_up(uint64_t a, uint64_t b) { return a > UINT64_MAX - b ? UINT64_MAX : a + b; }

void tt_add_energy(tt_device *device, uint64_t export_uwh, uint64_t import_uwh) {
  device->counted_export_uwh = add_up(device->counted_export_uwh, export_uwh);
  device->counted_import_uwh = add_up(device->counted_import_uwh, import_uwh);
}

static registers count_up(const tt_device *device) {
  const tt_state *state = &device->state;
  uint64_t export_uwh = device->counted_export_uwh % UWH_PER_WH + state->export_uwh;
  uint64_t import_uwh = device->counted_import_uwh % UWH_PER_WH + state->import_uwh;
  registers grown;
  grown.export_wh =
      state->export_wh + device->counted_export_uwh / UWH_PER_WH + export_uwh / UWH_PER_WH;
  grown.import_wh =
      state->import_wh + device->counted_import_uwh / UWH_PER_WH + import_uwh / UWH_PER_WH;
  grown.export_uwh = (uint32_t)(export_uwh % UWH_PER_WH);
  grown.import_uwh = (uint32_t)(import_uwh % UWH_PER_WH);
  return grown;
}

/* A register of a meter that is spoilt once stays so for ever: it may not leap. */
static bool leaps(const tt_device *device, const registers *shown, uint64_t now) {
  const tt_state *state = &device->state;
  uint64_t passed = now > state->last_at ? now - state->last_at : 0u;
  if (device->config.max_power_w == 0u) return false;
  if (passed > LONGEST_S) passed = LONGEST_S;
  uint64_t most_wh = device->config.max_power_w * (passed + LEAP_S) / 3600u + LEAP_WH;
  return shown->export_wh - state->export_wh > most_wh ||
         shown->import_wh - state->import_wh > most_wh;
}

/* What the registers become. `timed`: at `now`, of which a reading is made. */
static tt_error grow(const tt_device *device, const tt_measurement *measured, bool timed,
                     uint64_t now, registers *grown) {
  const tt_state *state = &device->state;
  if (!measured->has_registers) {
    *grown = count_up(device);
  } else {
    *grown = (registers){measured->export_wh, measured->import_wh, 0, 0};
    bool back = grown->export_wh < state->export_wh || grown->import_wh < state->import_wh;
    if (state->claimed && back) return TT_REGISTER_ROLLBACK;
    if (timed && leaps(device, grown, now)) return TT_CAPACITY_EXCEEDED;
  }
  bool fits = grown->export_wh < TT_REGISTER_LIMIT && grown->import_wh < TT_REGISTER_LIMIT;
  return fits ? TT_OK : TT_VALUE_OUT_OF_RANGE;
}

/* The reading after this one stands for both: its window is to say so, whatever happens in between. */
static tt_error note_merged(tt_device *device) {
  if ((device->state.flags & TT_FLAG_READINGS_MERGED) != 0u) return TT_OK;
  tt_error error = tt_journal_reserve(device, TT_RECORD_FLAGS);
  if (error != TT_OK) return error;
  tt_put16(tt_payload(device), (uint16_t)(device->state.flags | TT_FLAG_READINGS_MERGED));
  return tt_journal_append(device, TT_RECORD_FLAGS);
}

/* Keeps what the registers grew by without making a reading. */
static tt_error fold(tt_device *device, const tt_measurement *measured, const registers *grown) {
  const tt_state *state = &device->state;
  /* A meter keeps its registers itself; taken without a time they could not be checked for a leap. */
  if (measured->has_registers && state->claimed) return TT_OK;
  bool same = grown->export_wh == state->export_wh && grown->import_wh == state->import_wh &&
              grown->export_uwh == state->export_uwh && grown->import_uwh == state->import_uwh;
  if (same) return TT_OK;
  tt_error error = tt_journal_reserve(device, TT_RECORD_REGISTERS);
  if (error != TT_OK) return error;
  tt_put_registers(device, grown->export_wh, grown->import_wh, grown->export_uwh,
                   grown->import_uwh);
  return tt_journal_append(device, TT_RECORD_REGISTERS);
}

static void clear_absent(tt_reading *reading) {
  if ((reading->present & TT_HAS_BATTERY) == 0u) reading->battery_mv = 0;
  if ((reading->present & TT_HAS_SIGNAL) == 0u) reading->signal_dbm = 0;
}

static tt_error append_reading(tt_device *device, const tt_measurement *measured,
                               const registers *grown, uint64_t now) {
  uint8_t *payload = tt_payload(device);
  tt_reading reading = measured->fields;
  tt_error error = tt_journal_reserve(device, TT_RECORD_READING);
  if (error != TT_OK) return error;
  reading.at = now;
  reading.export_wh = grown->export_wh;
  reading.import_wh = grown->import_wh;
  reading.present |= TT_HAS_FIRMWARE;
  reading.firmware = device->config.firmware;
  clear_absent(&reading);
  error = tt_reading_encode(&reading, payload);
  if (error != TT_OK) return error;
  tt_put32(payload + TT_READING_SIZE, grown->export_uwh);
  tt_put32(payload + TT_READING_SIZE + 4u, grown->import_uwh);
  tt_put_flags(device);
  return tt_journal_append(device, TT_RECORD_READING);
}

/*
 * Makes at most half of the open window's bound out of its readings. Stretches double from one merge to a
 * later one and begin where the window does, so each is made of whole older ones: were they to slide, the
 * last reading would swallow the one before it each time.
 */
static tt_error merge(tt_device *device) {
  uint64_t span = device->state.last_at - device->state.head.closed_at;
  uint64_t width = 1;
  while ((span + width - 1u) / width > device->config.open_limit / 2u) width *= 2u;
  tt_error error = tt_journal_move(device, width);
  if (error != TT_OK) return error;
  device->platform->log(device->platform->context, TT_EVENT_READINGS_MERGED, device->open_count);
  return TT_OK;
}

/* Before a reading goes into the open window: keep a promise, close the day, keep the bound. */
static tt_error make_place(tt_device *device, uint64_t now) {
  /* A cut between promise and window: the first reading after it would find no place otherwise. */
  if (device->promised) return tt_seal(device);
  bool full = device->open_count >= device->config.open_limit;
  bool day_over = device->open_count > 0u && tt_is_other_day(device, device->state.last_at, now);
  if (!full && !day_over) return TT_OK;
  tt_error error = tt_seal(device);
  bool merges = full && error == TT_DEVICE_BUFFER_FULL;
  if (merges) return merge(device);
  return error == TT_DEVICE_BUFFER_FULL ? TT_OK : error;
}

tt_error tt_sample(tt_device *device, const tt_measurement *measured) {
  registers grown;
  uint64_t now;
  if (device->failed) return TT_DEVICE_STORE_FAILED;
  if (device->state.rotated) return TT_DEVICE_REVOKED;
  bool timed = tt_clock_read(device, &now) && device->state.claimed && now > device->state.last_at;
  tt_error error = grow(device, measured, timed, now, &grown);
  if (error == TT_REGISTER_ROLLBACK) {
    device->platform->log(device->platform->context, TT_EVENT_METER_RAN_BACK, measured->export_wh);
  }
  if (error != TT_OK) return error;
  if (timed) error = make_place(device, now);
  /* A promise that can't be kept now waits; its readings are not touched, and none can follow them. */
  if (device->failed || (error != TT_OK && !device->promised)) return error;
  bool waits = timed && device->promised;
  error = waits ? note_merged(device) : TT_OK;
  if (error != TT_OK) return error;
  bool folds = !timed || waits;
  error = folds ? fold(device, measured, &grown) : append_reading(device, measured, &grown, now);
  if (error != TT_OK || measured->has_registers) return error;
  device->counted_export_uwh = 0;
  device->counted_import_uwh = 0;
  return TT_OK;
}
