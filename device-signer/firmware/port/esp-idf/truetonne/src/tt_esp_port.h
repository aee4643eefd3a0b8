/* What the parts of the port show each other. */
#ifndef TT_ESP_PORT_H
#define TT_ESP_PORT_H

#include "tt_device.h"
#include "truetonne_esp.h"

#define TT_ESP_TAG "truetonne"

/* tt_esp_store.c: journal and windows in a data partition. */
bool tt_esp_store_open(const char *label, uint32_t *sector_size, uint32_t *sectors);
bool tt_esp_store_read(void *context, uint32_t address, uint8_t *bytes, size_t size);
bool tt_esp_store_write(void *context, uint32_t address, const uint8_t *bytes, size_t size);
bool tt_esp_store_erase(void *context, uint32_t address);

/* tt_esp_signer_psa.c or tt_esp_signer_atecc608.c. */

/* Brings the key; makes one at the first start. `is_new` until tt_esp_signer_keep was called. */
bool tt_esp_signer_open(bool *is_new);
/* The journal for this key is made: from now on it may sign, and is never new again. */
bool tt_esp_signer_keep(void);
/* The key after this one: makes it, or brings the one that was made before. */
bool tt_esp_signer_make_next(uint8_t public_key[TT_PUBLIC_KEY_SIZE]);
/* Puts it in the place of the one in use, which is gone then; tt_esp_signer_open brings it. */
bool tt_esp_signer_use_next(void);
bool tt_esp_public_key(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]);
bool tt_esp_sign(void *context, const uint8_t digest[TT_HASH_SIZE],
                 uint8_t signature[TT_SIGNATURE_SIZE]);
bool tt_esp_verify(void *context, const uint8_t public_key[TT_PUBLIC_KEY_SIZE],
                   const uint8_t digest[TT_HASH_SIZE], const uint8_t signature[TT_SIGNATURE_SIZE]);

/* tt_esp_rotation.c: what the key before this one signed. Bytes alone, so that NVS has it as it is. */
typedef struct tt_esp_rotation {
  uint8_t statement[TT_ROTATION_SIZE];
  uint8_t public_key[TT_PUBLIC_KEY_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
} tt_esp_rotation;
/* The rotation that named the key of this device; false when it is the board's first. */
bool tt_esp_find_rotation(const tt_device *device, tt_esp_rotation *rotation);

/* tt_esp_clock.c */
bool tt_esp_now(void *context, uint64_t *unix_seconds);
uint64_t tt_esp_uptime_ms(void *context);
bool tt_esp_random(void *context, uint8_t *bytes, size_t size);

/* tt_esp_settings.c: `0x` and hex of exactly `size` bytes. False for anything else. */
bool tt_esp_parse_hex(const char *text, uint8_t *bytes, size_t size);
/* `text` has room for 2 x size + 1. */
void tt_esp_write_hex(const uint8_t *bytes, size_t size, char *text);
/* What tt_esp_open was given. */
extern const tt_esp_settings *tt_esp_settings_in_use;
/* Everything but the journal's and the log's sectors. */
bool tt_esp_make_config(tt_config *config);

/* tt_esp_answer.c: what an HTTP answer to one window means (SPEC.md section 10). `status` 0: no answer. */
tt_verdict tt_esp_verdict(int status, const char *body);
/* The code in a problem document or in an answer over MQTT; false when there is none. */
bool tt_esp_find_code(const char *body, char *code, size_t room);
/* Whether a refusal with this code passes by itself: the window is kept and sent again. */
bool tt_esp_is_passing(const char *code);
/* A string member of a flat JSON object. */
bool tt_esp_find_text(const char *json, const char *name, char *text, size_t room);

/* tt_esp_http.c */
tt_verdict tt_esp_http_send(void *context, struct tt_device *device,
                            const struct tt_outgoing *window);
/* Posts JSON to a path of the oracle; the HTTP status, 0 without an answer. */
int tt_esp_http_post_json(const char *path, const char *json, char *answer, size_t room);

/* tt_esp_credentials.c: password for the broker, from the oracle, for a request that the device signs. */
bool tt_esp_fetch_password(tt_device *device, char *password, size_t room);

/* tt_esp_mqtt.c */
tt_verdict tt_esp_mqtt_send(void *context, struct tt_device *device,
                            const struct tt_outgoing *window);
/* Takes note of what the broker answered; whether another window may be handed over. */
bool tt_esp_mqtt_poll(tt_device *device);

#endif
