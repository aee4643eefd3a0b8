#include "tt_device.h"

#include <string.h>

#include "journal.h"
#include "log.h"
#include "store.h"

#define DAY_S 86400

/* Most power that the check of a leap can count with, W. */
#define MOST_POWER_W ((uint64_t)1 << 34)

/* Records beyond the readings that fit a slot at any time: others of the open window, and some room. */
#define SLOT_SPARE (4u * TT_RECORD_SIZE)

uint16_t tt_journal_sectors(uint32_t sector_size, uint16_t open_limit) {
  uint32_t bytes = SLOT_SPARE + open_limit * tt_record_size(TT_RECORD_READING);
  return (uint16_t)((bytes + sector_size - 1u) / sector_size);
}

uint32_t tt_store_size(const tt_config *config) {
  return (2u * config->journal_sectors + config->log_sectors) * config->sector_size;
}

static bool is_valid(const tt_config *config) {
  bool sector = config->sector_size >= 512u && config->sector_size <= 131072u &&
                config->sector_size % TT_SECTOR_STEP == 0u;
  bool readings = config->window_readings >= 1u && config->open_limit >= 2u &&
                  config->open_limit <= TT_MAX_READINGS &&
                  config->window_readings <= config->open_limit;
  bool limits = config->utc_offset_s > -DAY_S && config->utc_offset_s < DAY_S &&
                config->max_power_w <= MOST_POWER_W && config->firmware >= 0;
  if (!sector || !readings || !limits || config->log_sectors < 3u) return false;
  /* The largest window takes part of a sector more than its size. */
  uint32_t largest = 64u + TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * config->open_limit;
  return config->journal_sectors >= tt_journal_sectors(config->sector_size, config->open_limit) &&
         (config->log_sectors - 1u) * config->sector_size >= largest;
}

static tt_error start(tt_device *device, const tt_platform *platform, const tt_config *config) {
  memset(device, 0, sizeof *device);
  device->platform = platform;
  device->config = *config;
  if (!is_valid(config)) return TT_CONFIGURATION_INVALID;
  bool known = platform->public_key(platform->context, device->public_key);
  return known ? TT_OK : TT_DEVICE_SIGNER_FAILED;
}

tt_error tt_format(tt_device *device, const tt_platform *platform, const tt_config *config) {
  uint8_t device_id[TT_HASH_SIZE];
  bool used = false;
  tt_error error = start(device, platform, config);
  if (error != TT_OK) return error;
  tt_device_id_of(device->public_key, device_id);
  error = tt_journal_find(device, device_id, &used);
  if (error != TT_OK) return error;
  if (used) return TT_DEVICE_ALREADY_CLAIMED;
  memset(&device->state, 0, sizeof device->state);
  memcpy(device->state.device_id, device_id, TT_HASH_SIZE);
  memcpy(device->state.domain, config->domain, TT_HASH_SIZE);
  return tt_journal_format(device);
}

/* The key that the rotation named: a chain of its own, with registers that go on. */
static tt_error adopt(tt_device *device, const uint8_t device_id[TT_HASH_SIZE]) {
  tt_state *state = &device->state;
  tt_error error = tt_journal_reserve(device, TT_RECORD_SNAPSHOT);
  if (error != TT_OK) return error;
  memcpy(state->device_id, device_id, TT_HASH_SIZE);
  memset(state->owner, 0, sizeof state->owner);
  memset(&state->head, 0, sizeof state->head);
  state->claimed = false;
  state->rotated = false;
  state->replaced = false;
  state->flags = 0;
  tt_put_snapshot(device);
  error = tt_journal_append(device, TT_RECORD_SNAPSHOT);
  if (error != TT_OK) return error;
  device->platform->log(device->platform->context, TT_EVENT_ADOPTED_KEY, state->rotated_at);
  return TT_OK;
}

static tt_error check_identity(tt_device *device) {
  uint8_t device_id[TT_HASH_SIZE];
  tt_state *state = &device->state;
  tt_device_id_of(device->public_key, device_id);
  if (memcmp(device_id, state->device_id, TT_HASH_SIZE) != 0) {
    bool named = state->rotated && memcmp(device_id, state->successor, TT_HASH_SIZE) == 0;
    tt_error error = named ? adopt(device, device_id) : TT_PUBLIC_KEY_MISMATCH;
    if (error != TT_OK) return error;
  }
  bool same = memcmp(state->domain, device->config.domain, TT_HASH_SIZE) == 0;
  if (!same && state->claimed) return TT_DOMAIN_MISMATCH;
  memcpy(state->domain, device->config.domain, TT_HASH_SIZE);
  return TT_OK;
}

tt_error tt_open(tt_device *device, const tt_platform *platform, const tt_config *config) {
  tt_error error = start(device, platform, config);
  if (error == TT_OK) error = tt_journal_open(device);
  if (error == TT_OK) error = check_identity(device);
  if (error != TT_OK) {
    device->failed = true;
    return error;
  }
  if (!config->planned_wake) device->state.log_doubted = true;
  device->log_next = device->state.log_head;
  device->send_position = device->state.log_tail;
  device->send_serial = device->state.acknowledged_serial;
  if (device->state.claimed && !config->planned_wake) {
    device->state.flags |= TT_FLAG_DEVICE_RESTARTED;
  }
  platform->log(platform->context, TT_EVENT_OPENED, device->state.head.sequence);
  return TT_OK;
}
