/*
 * A new key, named by the old one. The order makes a power cut harmless: the new key is stored, the old
 * one names it in the journal, what it signed is stored, and only then does the new key take its place.
 * A start that finds a successor named does the rest.
 */
#include <string.h>

#include "nvs.h"
#include "tt_esp_port.h"

#define NVS_NAMESPACE "truetonne"
#define NVS_ROTATION "rotation"

/* Where the rotation statement has the successor's device id (SPEC.md section 9). */
#define SUCCESSOR_AT 68

static bool store_rotation(const tt_esp_rotation *rotation) {
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const bool is_stored = nvs_set_blob(nvs, NVS_ROTATION, rotation, sizeof *rotation) == ESP_OK &&
                         nvs_commit(nvs) == ESP_OK;
  nvs_close(nvs);
  return is_stored;
}

tt_error tt_esp_rotate(tt_device *device) {
  uint8_t public_key[TT_PUBLIC_KEY_SIZE];
  uint8_t successor[TT_HASH_SIZE];
  tt_esp_rotation rotation;
  if (!tt_esp_signer_make_next(public_key)) {
    return TT_DEVICE_SIGNER_FAILED;
  }
  tt_device_id_of(public_key, successor);
  const tt_error error = tt_rotate(device, successor, rotation.statement, rotation.signature);
  if (error != TT_OK) {
    return error;
  }
  memcpy(rotation.public_key, device->public_key, TT_PUBLIC_KEY_SIZE);
  if (!store_rotation(&rotation)) {
    return TT_DEVICE_STORE_FAILED;
  }
  return tt_esp_signer_use_next() ? TT_OK : TT_DEVICE_SIGNER_FAILED;
}

bool tt_esp_find_rotation(const tt_device *device, tt_esp_rotation *rotation) {
  size_t size = sizeof *rotation;
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const esp_err_t found = nvs_get_blob(nvs, NVS_ROTATION, rotation, &size);
  nvs_close(nvs);
  return found == ESP_OK && size == sizeof *rotation &&
         memcmp(rotation->statement + SUCCESSOR_AT, device->state.device_id, TT_HASH_SIZE) == 0;
}
