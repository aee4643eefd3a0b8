/* The key in an ATECC608 on I2C, which makes it, signs with it, and has no command that reads it out. */
#include "cryptoauthlib.h"
#include "nvs.h"
#include "tt_esp_port.h"
#include "sdkconfig.h"

#define NVS_NAMESPACE "truetonne"
#define NVS_MADE "atecc-made"
#define NVS_KEPT "kept"

static bool read_mark(nvs_handle_t nvs, const char *name, uint8_t *value) {
  *value = 0;
  const esp_err_t found = nvs_get_u8(nvs, name, value);
  return found == ESP_OK || found == ESP_ERR_NVS_NOT_FOUND;
}

static bool set_mark(const char *name) {
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const bool is_set = nvs_set_u8(nvs, name, 1) == ESP_OK && nvs_commit(nvs) == ESP_OK;
  nvs_close(nvs);
  return is_set;
}

bool tt_esp_signer_open(bool *is_new) {
  uint8_t made = 0;
  uint8_t kept = 0;
  uint8_t public_key[ATCA_PUB_KEY_SIZE];
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const bool is_read = read_mark(nvs, NVS_MADE, &made) && read_mark(nvs, NVS_KEPT, &kept);
  nvs_close(nvs);
  if (!is_read || atcab_init(&cfg_ateccx08a_i2c_default) != ATCA_SUCCESS) {
    return false;
  }
  *is_new = kept == 0;
  if (made != 0) {
    return true;
  }
  /* Only a board that never had a key gets one: a failing bus must not end a chain. */
  return atcab_genkey(CONFIG_TT_ATECC_SLOT, public_key) == ATCA_SUCCESS && set_mark(NVS_MADE);
}

bool tt_esp_signer_keep(void) {
  return set_mark(NVS_KEPT);
}

bool tt_esp_public_key(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  (void)context;
  return atcab_get_pubkey(CONFIG_TT_ATECC_SLOT, public_key) == ATCA_SUCCESS;
}

bool tt_esp_sign(void *context, const uint8_t digest[TT_HASH_SIZE],
                 uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)context;
  return atcab_sign(CONFIG_TT_ATECC_SLOT, digest, signature) == ATCA_SUCCESS;
}

bool tt_esp_verify(void *context, const uint8_t public_key[TT_PUBLIC_KEY_SIZE],
                   const uint8_t digest[TT_HASH_SIZE], const uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)context;
  bool is_valid = false;
  return atcab_verify_extern(digest, signature, public_key, &is_valid) == ATCA_SUCCESS && is_valid;
}
