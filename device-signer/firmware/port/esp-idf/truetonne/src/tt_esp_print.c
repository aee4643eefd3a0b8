/* What a device signs for its owner, on the console: a line of JSON each, as the app's pages take it. */
#include <stdio.h>

#include "tt_esp_port.h"

static void print_member(const char *before, const uint8_t *bytes, size_t size) {
  /* The longest of what is signed. */
  char text[2 * TT_METER_REPLACEMENT_SIZE + 1];
  tt_esp_write_hex(bytes, size, text);
  printf("%s0x%s", before, text);
}

static void print_signed(const tt_device *device, const char *name, const uint8_t *bytes, size_t size,
                         const uint8_t signature[TT_SIGNATURE_SIZE],
                         const tt_esp_rotation *rotation) {
  print_member("{\"deviceId\":\"", device->state.device_id, TT_HASH_SIZE);
  printf("\",\"%s", name);
  print_member("\":\"", bytes, size);
  print_member("\",\"publicKey\":\"", device->public_key, TT_PUBLIC_KEY_SIZE);
  print_member("\",\"signature\":\"", signature, TT_SIGNATURE_SIZE);
  if (rotation != NULL) {
    print_member("\",\"rotation\":\"", rotation->statement, TT_ROTATION_SIZE);
    print_member("\",\"oldPublicKey\":\"", rotation->public_key, TT_PUBLIC_KEY_SIZE);
    print_member("\",\"oldSignature\":\"", rotation->signature, TT_SIGNATURE_SIZE);
  }
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
    tt_esp_rotation rotation;
    const bool is_successor = tt_esp_find_rotation(device, &rotation);
    print_signed(device, "claim", claim, sizeof claim, signature, is_successor ? &rotation : NULL);
  }
  return error;
}

tt_error tt_esp_print_meter_replacement(tt_device *device, uint64_t export_wh, uint64_t import_wh) {
  uint8_t statement[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  const tt_error error = tt_replace_meter(device, export_wh, import_wh, statement, signature);
  if (error == TT_OK) {
    print_signed(device, "statement", statement, sizeof statement, signature, NULL);
  }
  return error;
}

tt_error tt_esp_print_meter_replacement_again(tt_device *device) {
  uint8_t statement[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  const tt_error error = tt_meter_replacement_again(device, statement, signature);
  if (error == TT_OK) {
    print_signed(device, "statement", statement, sizeof statement, signature, NULL);
  }
  return error;
}
