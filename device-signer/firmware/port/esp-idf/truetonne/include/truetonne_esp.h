#ifndef TRUETONNE_ESP_H
#define TRUETONNE_ESP_H

#ifdef __cplusplus
extern "C" {
#endif

#include "tt_device.h"

/**
 * The core on an ESP32: store in a data partition, key in NVS or in an ATECC608, time by SNTP, windows
 * over HTTP or MQTT. All calls from one task.
 *
 *     nvs_flash_init, connect to the network
 *     tt_esp_start_clock
 *     tt_esp_open
 *     tt_esp_print_claim      once the clock is set: register with what it prints
 *     loop: tt_sample, tt_seal when it is due, tt_esp_deliver
 */
typedef struct tt_esp_settings {
  /** Chain and address of the registry (0x and 40 hex digits): they make the domain. */
  uint64_t chain_id;
  const char *registry;
  /** Wallet that may register this device. */
  const char *owner;
  /** Without a path, such as http://192.168.1.10:4000 */
  const char *oracle_url;
  /** Such as mqtt://192.168.1.10:1883. NULL: windows go over HTTP. */
  const char *mqtt_url;
  const char *store_partition;
  uint16_t window_readings;
  uint16_t open_limit;
  /** TT_FIRMWARE(1, 2, 3) */
  int32_t firmware;
  int32_t utc_offset_s;
  uint64_t max_power_w;
} tt_esp_settings;

/** Starts SNTP in the background. The core makes no reading before the clock is set. */
bool tt_esp_start_clock(const char *server);

/**
 * Makes key and journal at the first start of a board; goes on where it was at all others. `settings`
 * stay in use.
 *
 * @return TT_CONFIGURATION_INVALID for an address that is not one, or a partition that is missing or too
 *   small; TT_DEVICE_SIGNER_FAILED; what tt_open answers
 */
tt_error tt_esp_open(tt_device *device, const tt_esp_settings *settings);

/**
 * Signs the claim for the owner and prints it on the console: one line of JSON, as the page "Claim a
 * device" and `npm run device -- register` take it. Of a key that a rotation named also with that.
 *
 * @return what tt_claim_for answers: TT_DEVICE_CLOCK_NOT_SET until SNTP has an answer
 */
tt_error tt_esp_print_claim(tt_device *device);

/**
 * States what a new meter shows, once, and prints it signed on the console: one line of JSON with
 * `statement`, for the page of the device, where a validator confirms it. Windows go on from it.
 *
 * @return what tt_replace_meter answers
 */
tt_error tt_esp_print_meter_replacement(tt_device *device, uint64_t export_wh, uint64_t import_wh);

/** Prints the last statement again, when its line was lost. @return TT_WINDOW_UNKNOWN: there is none */
tt_error tt_esp_print_meter_replacement_again(tt_device *device);

/**
 * Makes a new key, has the old one name it, and puts it in its place. Restart the board after it: the
 * new key opens at the next start with registers that go on, and tt_esp_print_claim prints its claim
 * together with the rotation, for "Rotate its key" on the page of the old device. Windows of the old key
 * are still sent. Power may go at any moment: the next start does what is left.
 *
 * @return what tt_rotate answers, the old key stays in use then; TT_DEVICE_STORE_FAILED,
 *   TT_DEVICE_SIGNER_FAILED: restart, the next start goes on
 */
tt_error tt_esp_rotate(tt_device *device);

/** Sends what waits, some windows a call. @return what tt_deliver answers */
tt_error tt_esp_deliver(tt_device *device);

#ifdef __cplusplus
}
#endif

#endif
