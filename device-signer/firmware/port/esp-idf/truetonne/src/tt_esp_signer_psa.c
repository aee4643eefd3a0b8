/*
 * The key in NVS, used through PSA. It is made on the device; it is written to NVS once and imported at
 * each start as a key that can't be exported. PSA has no storage of its own in ESP-IDF 5.
 */
#include <string.h>

#include "nvs.h"
#include "tt_esp_port.h"
#include "psa/crypto.h"

#define NVS_NAMESPACE "truetonne"
#define NVS_KEY "key"
/* The key after it, until it takes its place. */
#define NVS_NEXT "key-next"
#define NVS_KEPT "kept"

#define PRIVATE_KEY_SIZE 32
/* 0x04 | x | y */
#define POINT_SIZE (1 + TT_PUBLIC_KEY_SIZE)

static psa_key_id_t signing_key;

static psa_status_t import_key(const uint8_t private_key[PRIVATE_KEY_SIZE], psa_key_id_t *key) {
  psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
  psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
  psa_set_key_bits(&attributes, 256);
  psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH);
  psa_set_key_algorithm(&attributes, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256));
  return psa_import_key(&attributes, private_key, PRIVATE_KEY_SIZE, key);
}

static bool make_key(uint8_t private_key[PRIVATE_KEY_SIZE]) {
  psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
  psa_key_id_t made = 0;
  size_t size = 0;
  psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
  psa_set_key_bits(&attributes, 256);
  psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
  if (psa_generate_key(&attributes, &made) != PSA_SUCCESS) {
    return false;
  }
  const psa_status_t status = psa_export_key(made, private_key, PRIVATE_KEY_SIZE, &size);
  psa_destroy_key(made);
  return status == PSA_SUCCESS && size == PRIVATE_KEY_SIZE;
}

static bool store_key(nvs_handle_t nvs, const char *name, const uint8_t private_key[PRIVATE_KEY_SIZE]) {
  return nvs_set_blob(nvs, name, private_key, PRIVATE_KEY_SIZE) == ESP_OK && nvs_commit(nvs) == ESP_OK;
}

/* Reads a key, or makes and stores one. */
static bool bring_key(nvs_handle_t nvs, const char *name, uint8_t private_key[PRIVATE_KEY_SIZE]) {
  size_t size = PRIVATE_KEY_SIZE;
  const esp_err_t found = nvs_get_blob(nvs, name, private_key, &size);
  if (found == ESP_OK) {
    return size == PRIVATE_KEY_SIZE;
  }
  /* Any other failure must not end in a new key: the old one has a chain that would be lost. */
  return found == ESP_ERR_NVS_NOT_FOUND && make_key(private_key) && store_key(nvs, name, private_key);
}

static bool public_key_of(psa_key_id_t key, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  uint8_t point[POINT_SIZE];
  size_t size = 0;
  if (psa_export_public_key(key, point, sizeof point, &size) != PSA_SUCCESS || size != sizeof point) {
    return false;
  }
  memcpy(public_key, point + 1, TT_PUBLIC_KEY_SIZE);
  return true;
}

bool tt_esp_signer_open(bool *is_new) {
  uint8_t private_key[PRIVATE_KEY_SIZE];
  uint8_t kept = 0;
  nvs_handle_t nvs;
  if (psa_crypto_init() != PSA_SUCCESS || nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const esp_err_t found = nvs_get_u8(nvs, NVS_KEPT, &kept);
  bool is_open = found == ESP_OK || found == ESP_ERR_NVS_NOT_FOUND;
  is_open = is_open && bring_key(nvs, NVS_KEY, private_key);
  /* Opened again after a rotation, the key before it is in use no more. */
  (void)psa_destroy_key(signing_key);
  is_open = is_open && import_key(private_key, &signing_key) == PSA_SUCCESS;
  *is_new = kept == 0;
  nvs_close(nvs);
  memset(private_key, 0, sizeof private_key);
  return is_open;
}

bool tt_esp_signer_keep(void) {
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const bool is_kept = nvs_set_u8(nvs, NVS_KEPT, 1) == ESP_OK && nvs_commit(nvs) == ESP_OK;
  nvs_close(nvs);
  return is_kept;
}

/* A cut while a key took its place leaves it in both: it is no key after itself. */
static bool bring_next(nvs_handle_t nvs, const uint8_t now[PRIVATE_KEY_SIZE],
                       uint8_t next[PRIVATE_KEY_SIZE]) {
  return bring_key(nvs, NVS_NEXT, next) &&
         (memcmp(now, next, PRIVATE_KEY_SIZE) != 0 ||
          (make_key(next) && store_key(nvs, NVS_NEXT, next)));
}

bool tt_esp_signer_make_next(uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  uint8_t now[PRIVATE_KEY_SIZE];
  uint8_t next[PRIVATE_KEY_SIZE];
  psa_key_id_t key = 0;
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  bool is_made = bring_key(nvs, NVS_KEY, now) && bring_next(nvs, now, next) &&
                 import_key(next, &key) == PSA_SUCCESS;
  is_made = is_made && public_key_of(key, public_key);
  (void)psa_destroy_key(key);
  nvs_close(nvs);
  memset(now, 0, sizeof now);
  memset(next, 0, sizeof next);
  return is_made;
}

bool tt_esp_signer_use_next(void) {
  uint8_t next[PRIVATE_KEY_SIZE];
  size_t size = sizeof next;
  nvs_handle_t nvs;
  if (nvs_open(NVS_NAMESPACE, NVS_READWRITE, &nvs) != ESP_OK) {
    return false;
  }
  const bool is_used = nvs_get_blob(nvs, NVS_NEXT, next, &size) == ESP_OK && size == sizeof next &&
                       store_key(nvs, NVS_KEY, next);
  nvs_close(nvs);
  memset(next, 0, sizeof next);
  return is_used;
}

bool tt_esp_public_key(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  (void)context;
  return public_key_of(signing_key, public_key);
}

bool tt_esp_sign(void *context, const uint8_t digest[TT_HASH_SIZE],
                 uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)context;
  size_t size = 0;
  return psa_sign_hash(signing_key, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), digest,
                       TT_HASH_SIZE, signature, TT_SIGNATURE_SIZE, &size) == PSA_SUCCESS &&
         size == TT_SIGNATURE_SIZE;
}

/* With the key itself, which holds its point: `public_key` is always its own. */
bool tt_esp_verify(void *context, const uint8_t public_key[TT_PUBLIC_KEY_SIZE],
                   const uint8_t digest[TT_HASH_SIZE], const uint8_t signature[TT_SIGNATURE_SIZE]) {
  (void)context;
  (void)public_key;
  return psa_verify_hash(signing_key, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), digest,
                         TT_HASH_SIZE, signature, TT_SIGNATURE_SIZE) == PSA_SUCCESS;
}
