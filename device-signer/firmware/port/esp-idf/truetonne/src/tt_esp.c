#include <string.h>

#include "esp_log.h"
#include "tt_esp_port.h"

/* Windows a call: each takes a request, and the loop has a meter to read. */
#define WINDOWS_PER_CALL 4

/* Of a window's header (SPEC.md section 3). */
#define DEVICE_ID_AT 36

static void log_event(void *context, tt_event event, uint64_t value) {
  (void)context;
  ESP_LOGI(TT_ESP_TAG, "event %d (%llu)", (int)event, (unsigned long long)value);
}

static bool is_over_mqtt(void) {
  return tt_esp_settings_in_use->mqtt_url != NULL;
}

/* A broker takes a device's windows alone, and none of the key before: those go over HTTP. */
static bool is_own(struct tt_device *device, const struct tt_outgoing *window) {
  uint8_t device_id[TT_HASH_SIZE];
  return tt_outgoing_read(device, window, DEVICE_ID_AT, device_id, sizeof device_id) == TT_OK &&
         memcmp(device_id, device->state.device_id, TT_HASH_SIZE) == 0;
}

static tt_verdict send_window(void *context, struct tt_device *device,
                              const struct tt_outgoing *window) {
  return is_over_mqtt() && is_own(device, window) ? tt_esp_mqtt_send(context, device, window)
                        : tt_esp_http_send(context, device, window);
}

static const tt_platform platform = {
    .now = tt_esp_now,
    .uptime_ms = tt_esp_uptime_ms,
    .store_read = tt_esp_store_read,
    .store_write = tt_esp_store_write,
    .store_erase = tt_esp_store_erase,
    .random = tt_esp_random,
    .public_key = tt_esp_public_key,
    .sign = tt_esp_sign,
    .verify = tt_esp_verify,
    .send = send_window,
    .log = log_event,
};

static bool complete_config(tt_config *config) {
  uint32_t sectors = 0;
  if (!tt_esp_make_config(config) ||
      !tt_esp_store_open(tt_esp_settings_in_use->store_partition, &config->sector_size, &sectors)) {
    return false;
  }
  config->journal_sectors = tt_journal_sectors(config->sector_size, config->open_limit);
  const uint32_t journal = 2u * config->journal_sectors;
  if (sectors <= journal || sectors - journal > UINT16_MAX) {
    return false;
  }
  config->log_sectors = (uint16_t)(sectors - journal);
  return true;
}

tt_error tt_esp_open(tt_device *device, const tt_esp_settings *settings) {
  tt_config config;
  bool is_new = false;
  tt_esp_settings_in_use = settings;
  if (!complete_config(&config)) {
    return TT_CONFIGURATION_INVALID;
  }
  if (!tt_esp_signer_open(&is_new)) {
    return TT_DEVICE_SIGNER_FAILED;
  }
  if (is_new) {
    /* Power may go between these two: the key has signed nothing yet, so the next start does both. */
    const tt_error error = tt_format(device, &platform, &config);
    if (error != TT_OK) {
      return error;
    }
    if (!tt_esp_signer_keep()) {
      return TT_DEVICE_SIGNER_FAILED;
    }
  }
  const tt_error error = tt_open(device, &platform, &config);
  if (error != TT_OK || !device->state.rotated) {
    return error;
  }
  /* Power went in a rotation, after the old key named the new one. */
  const tt_error rotated = tt_esp_rotate(device);
  if (rotated != TT_OK) {
    return rotated;
  }
  return tt_esp_signer_open(&is_new) ? tt_open(device, &platform, &config)
                                     : TT_DEVICE_SIGNER_FAILED;
}

tt_error tt_esp_deliver(tt_device *device) {
  if (is_over_mqtt()) {
    return tt_esp_mqtt_poll(device) ? tt_deliver(device, 1) : TT_OK;
  }
  return tt_deliver(device, WINDOWS_PER_CALL);
}
