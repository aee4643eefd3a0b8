#pragma once
#include <stdbool.h>
#include <stdint.h>
typedef int ATCA_STATUS;
#define ATCA_SUCCESS 0
#define ATCA_PUB_KEY_SIZE 64
typedef struct ATCAIfaceCfg ATCAIfaceCfg;
extern ATCAIfaceCfg cfg_ateccx08a_i2c_default;
ATCA_STATUS atcab_init(ATCAIfaceCfg *cfg);
ATCA_STATUS atcab_genkey(uint16_t key_id, uint8_t *public_key);
ATCA_STATUS atcab_get_pubkey(uint16_t key_id, uint8_t *public_key);
ATCA_STATUS atcab_sign(uint16_t key_id, const uint8_t *msg, uint8_t *signature);
ATCA_STATUS atcab_verify_extern(const uint8_t *message, const uint8_t *signature,
                                const uint8_t *public_key, bool *is_verified);
