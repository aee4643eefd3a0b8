#include <stdio.h>
#include <string.h>

#include "esp_log.h"
#include "tt_esp_port.h"

/* Windows a call: each takes a request, and the loop has a meter to read. */
#define WINDOWS_PER_CALL 4

static void log_event(void *context, tt_event event, uint64_t value) {
  (void)context;
  ESP_LOGI(TT_ESP_TAG, "event %d (%llu)", (int)event, (unsigned long long)value);
}

static bool is_over_mqtt(void) {
  return tt_esp_settings_in_use->mqtt_url != NULL;
}

static tt_verdict send_window(void *context, struct tt_device *device,
                              const struct tt_outgoing *window) {
  return is_over_mqtt() ? tt_esp_mqtt_send(context, device, window)
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
  return tt_open(device, &platform, &config);
}

static void print_member(const char *before, const uint8_t *bytes, size_t size) {
  /* The longest of what is signed. */
  char text[2 * TT_METER_REPLACEMENT_SIZE + 1];
  tt_esp_write_hex(bytes, size, text);
  printf("%s0x%s", before, text);
}

static void print_signed(const tt_device *device, const char *name, const uint8_t *bytes, size_t size,
                         const uint8_t signature[TT_SIGNATURE_SIZE]) {
  print_member("{\"deviceId\":\"", device->state.device_id, TT_HASH_SIZE);
  printf("\",\"%s", name);
  print_member("\":\"", bytes, size);
  print_member("\",\"publicKey\":\"", device->public_key, TT_PUBLIC_KEY_SIZE);
  print_member("\",\"signature\":\"", signature, TT_SIGNATURE_SIZE);
  printf("\"}\n");
}

tt_error tt_esp_print_claim(tt_device *device) {
  uint8_t owner[TT_ADDRESS_SIZE];
  uint8_t claim[TT_CLAIM_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  if (!tt_esp_parse_hex(tt_esp_settings_in_use->owner, owner, sizeof owner)) {
    return TT_CONFIGURATION_INVALID;
  }
  const tt_error error = tt_claim_for(device, owner, claim, signature);
  if (error == TT_OK) {
    print_signed(device, "claim", claim, sizeof claim, signature);
  }
  return error;
}

tt_error tt_esp_print_meter_replacement(tt_device *device, uint64_t export_wh, uint64_t import_wh) {
  uint8_t statement[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  const tt_error error = tt_replace_meter(device, export_wh, import_wh, statement, signature);
  if (error == TT_OK) {
    print_signed(device, "statement", statement, sizeof statement, signature);
  }
  return error;
}

tt_error tt_esp_print_meter_replacement_again(tt_device *device) {
  uint8_t statement[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  const tt_error error = tt_meter_replacement_again(device, statement, signature);
  if (error == TT_OK) {
    print_signed(device, "statement", statement, sizeof statement, signature);
  }
  return error;
}

tt_error tt_esp_deliver(tt_device *device) {
  if (is_over_mqtt()) {
    return tt_esp_mqtt_poll(device) ? tt_deliver(device, 1) : TT_OK;
  }
  return tt_deliver(device, WINDOWS_PER_CALL);
}
