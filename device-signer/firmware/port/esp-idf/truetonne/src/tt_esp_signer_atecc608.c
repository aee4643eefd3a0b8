/* The key in an ATECC608 on I2C, which makes it, signs with it, and has no command that reads it out. */
#include "cryptoauthlib.h"
#include "nvs.h"
#include "tt_esp_port.h"
#include "sdkconfig.h"

#define NVS_NAMESPACE "truetonne"
#define NVS_MADE "atecc-made"
#define NVS_KEPT "kept"
/* Which of the two slots has the key in use, and 1 + the one that a key after it was made in. */
#define NVS_SLOT "atecc-slot"
#define NVS_NEXT "atecc-next"

static const uint16_t slots[2] = {CONFIG_TT_ATECC_SLOT, CONFIG_TT_ATECC_NEXT_SLOT};
static uint8_t in_use;

static bool read_mark(nvs_handle_t nvs, const char *name, uint8_t *value) {
  *value = 0;
  const esp_err_t found = nvs_get_u8(nvs, name, value);
  return found == ESP_OK || found == ESP_ERR_NVS_NOT_FOUND;
}

static bool set_mark(const char *name, uint8_t value) {
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const bool is_set = nvs_set_u8(nvs, name, value) == ESP_OK && nvs_commit(nvs) == ESP_OK;
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
  const bool is_read = read_mark(nvs, NVS_MADE, &made) && read_mark(nvs, NVS_KEPT, &kept) &&
                       read_mark(nvs, NVS_SLOT, &in_use) && in_use < 2u;
  nvs_close(nvs);
  if (!is_read || atcab_init(&cfg_ateccx08a_i2c_default) != ATCA_SUCCESS) {
    return false;
  }
  *is_new = kept == 0;
  if (made != 0) {
    return true;
  }
  /* Only a board that never had a key gets one: a failing bus must not end a chain. */
  return atcab_genkey(slots[0], public_key) == ATCA_SUCCESS && set_mark(NVS_MADE, 1);
}

bool tt_esp_signer_keep(void) {
  return set_mark(NVS_KEPT, 1);
}

bool tt_esp_signer_make_next(uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  const uint8_t other = (uint8_t)(1u - in_use);
  uint8_t made = 0;
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const bool is_read = read_mark(nvs, NVS_NEXT, &made);
  nvs_close(nvs);
  if (!is_read) {
    return false;
  }
  /* A key that was made may have been named already: it is not made twice. */
  return made == other + 1u ? atcab_get_pubkey(slots[other], public_key) == ATCA_SUCCESS
                            : atcab_genkey(slots[other], public_key) == ATCA_SUCCESS &&
                                  set_mark(NVS_NEXT, (uint8_t)(other + 1u));
}

bool tt_esp_signer_use_next(void) {
  return set_mark(NVS_SLOT, (uint8_t)(1u - in_use));
}

bool tt_esp_public_key(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  (void)context;
  return atcab_get_pubkey(slots[in_use], public_key) == ATCA_SUCCESS;
}

bool tt_esp_sign(void *context, const uint8_t digest[TT_HASH_SIZE],
                 uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)context;
  return atcab_sign(slots[in_use], digest, signature) == ATCA_SUCCESS;
}

bool tt_esp_verify(void *context, const uint8_t public_key[TT_PUBLIC_KEY_SIZE],
                   const uint8_t digest[TT_HASH_SIZE], const uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)context;
  bool is_valid = false;
  return atcab_verify_extern(digest, signature, public_key, &is_valid) == ATCA_SUCCESS && is_valid;
}
