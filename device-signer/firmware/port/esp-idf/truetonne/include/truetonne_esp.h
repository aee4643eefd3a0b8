#ifndef TRUETONNE_ESP_H
#define TRUETONNE_ESP_H

#include "tt_device.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The core on an ESP32: store in a data partition, key in NVS or in an ATECC608, time by SNTP, windows
 * over HTTP or MQTT, as Kconfig says. All calls from one task.
 *
 *     nvs_flash_init, connect to the network
 *     tt_esp_start_clock
 *     tt_esp_open(&device)
 *     tt_esp_print_claim(&device)      register with what it prints
 *     loop: tt_sample, tt_seal when it is due, tt_esp_deliver
 */

/** Starts SNTP in the background. The core makes no reading before the clock is set. */
bool tt_esp_start_clock(void);

/**
 * Makes key and journal at the first start of a board; goes on where it was at all others.
 *
 * @return TT_CONFIGURATION_INVALID for an address that is not one, or a partition that is missing or too
 *   small; TT_DEVICE_SIGNER_FAILED; what tt_open answers
 */
tt_error tt_esp_open(tt_device *device);

/**
 * Signs the claim for CONFIG_TT_OWNER and prints it with the public key, in hex, on the console.
 *
 * @return what tt_claim_for answers: TT_DEVICE_CLOCK_NOT_SET until SNTP has an answer
 */
tt_error tt_esp_print_claim(tt_device *device);

/** Sends what waits, some windows a call. @return what tt_deliver answers */
tt_error tt_esp_deliver(tt_device *device);

#ifdef __cplusplus
}
#endif

#endif
