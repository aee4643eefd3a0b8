#include "p256.h"

#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <string.h>
#include <unistd.h>

/* An uncompressed point of SEC 1: 04 | x | y. */
#define POINT_SIZE (1u + TT_PUBLIC_KEY_SIZE)

/* The DER form of r and s with leading zeros. */
#define MOST_DER 80u

struct host_key {
  EVP_PKEY *pair;
};

static host_key *wrap(EVP_PKEY *pair) {
  host_key *key = pair == NULL ? NULL : malloc(sizeof *key);
  if (key == NULL) EVP_PKEY_free(pair);
  else key->pair = pair;
  return key;
}

host_key *host_key_make(void) { return wrap(EVP_EC_gen("P-256")); }

host_key *host_key_load(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  EVP_PKEY *pair = PEM_read_PrivateKey(file, NULL, NULL, NULL);
  fclose(file);
  if (pair != NULL && EVP_PKEY_get_bits(pair) != 256) {
    EVP_PKEY_free(pair);
    return NULL;
  }
  return wrap(pair);
}

void host_key_free(host_key *key) {
  if (key == NULL) return;
  EVP_PKEY_free(key->pair);
  free(key);
}

bool host_key_save(const host_key *key, const char *path) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
  if (file == NULL) return false;
  bool written = PEM_write_PrivateKey(file, key->pair, NULL, NULL, 0, NULL, NULL) == 1;
  written = fflush(file) == 0 && fsync(descriptor) == 0 && written;
  return fclose(file) == 0 && written;
}

bool host_key_public(const host_key *key, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  uint8_t point[POINT_SIZE];
  size_t size = 0;
  int got = EVP_PKEY_get_octet_string_param(key->pair, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point,
                                            &size);
  if (got != 1 || size != POINT_SIZE) return false;
  memcpy(public_key, point + 1, TT_PUBLIC_KEY_SIZE);
  return true;
}

static bool from_der(const uint8_t *der, size_t size, uint8_t signature[TT_SIGNATURE_SIZE]) {
  ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &der, (long)size);
  if (pair == NULL) return false;
  bool fits = BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, 32) == 32 &&
              BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + 32, 32) == 32;
  ECDSA_SIG_free(pair);
  return fits;
}

bool host_key_sign(const host_key *key, const uint8_t digest[TT_HASH_SIZE],
                   uint8_t signature[TT_SIGNATURE_SIZE]) {
  uint8_t der[MOST_DER];
  size_t size = sizeof der;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key->pair, NULL);
  bool done = context != NULL && EVP_PKEY_sign_init(context) == 1 &&
              EVP_PKEY_sign(context, der, &size, digest, TT_HASH_SIZE) == 1;
  EVP_PKEY_CTX_free(context);
  return done && from_der(der, size, signature);
}

static EVP_PKEY *import(const uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  uint8_t point[POINT_SIZE] = {4};
  char curve[] = "P-256";
  memcpy(point + 1, public_key, TT_PUBLIC_KEY_SIZE);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
      OSSL_PARAM_construct_end()};
  EVP_PKEY *key = NULL;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
  if (context != NULL && EVP_PKEY_fromdata_init(context) == 1) {
    (void)EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters);
  }
  EVP_PKEY_CTX_free(context);
  return key;
}

static int to_der(const uint8_t signature[TT_SIGNATURE_SIZE], uint8_t der[MOST_DER]) {
  int size = -1;
  ECDSA_SIG *pair = ECDSA_SIG_new();
  BIGNUM *r = BN_bin2bn(signature, 32, NULL);
  BIGNUM *s = BN_bin2bn(signature + 32, 32, NULL);
  if (pair != NULL && ECDSA_SIG_set0(pair, r, s) == 1) {
    uint8_t *end = der;
    size = i2d_ECDSA_SIG(pair, &end);
  } else {
    BN_free(r);
    BN_free(s);
  }
  ECDSA_SIG_free(pair);
  return size;
}

bool host_verify(const uint8_t public_key[TT_PUBLIC_KEY_SIZE], const uint8_t digest[TT_HASH_SIZE],
                 const uint8_t signature[TT_SIGNATURE_SIZE]) {
  uint8_t der[MOST_DER];
  int size = to_der(signature, der);
  EVP_PKEY *key = size > 0 ? import(public_key) : NULL;
  EVP_PKEY_CTX *context = key == NULL ? NULL : EVP_PKEY_CTX_new(key, NULL);
  bool fits = context != NULL && EVP_PKEY_verify_init(context) == 1 &&
              EVP_PKEY_verify(context, der, (size_t)size, digest, TT_HASH_SIZE) == 1;
  EVP_PKEY_CTX_free(context);
  EVP_PKEY_free(key);
  return fits;
}
