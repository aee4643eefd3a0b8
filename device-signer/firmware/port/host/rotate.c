#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "hex.h"

/* Where a rotation has the device id of the key that it names (SPEC section 9). */
#define SUCCESSOR_AT 68

/* The statement is on the disk before the old key, the only one that can sign it, is gone. */
static bool keep_rotation(const host_gateway *gateway, const uint8_t rotation[TT_ROTATION_SIZE],
                          const uint8_t signature[TT_SIGNATURE_SIZE]) {
  FILE *file = fopen(gateway_path(gateway, "rotation.json"), "w");
  if (file == NULL) return false;
  print_signed(file, gateway, "rotation", rotation, TT_ROTATION_SIZE, signature);
  bool written = fflush(file) == 0 && fsync(fileno(file)) == 0;
  return fclose(file) == 0 && written;
}

static bool successor_id(const host_gateway *gateway, uint8_t device_id[TT_HASH_SIZE]) {
  uint8_t public_key[TT_PUBLIC_KEY_SIZE];
  host_key *next = host_key_load(gateway_path(gateway, "next.pem"));
  bool known = next != NULL && host_key_public(next, public_key);
  if (known) tt_device_id_of(public_key, device_id);
  host_key_free(next);
  return known;
}

int command_rotate(host_gateway *gateway, const options *given) {
  uint8_t successor[TT_HASH_SIZE];
  uint8_t rotation[TT_ROTATION_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  char next[SETTINGS_PATH + 64u];
  gateway->quiet = true;
  int failed = gateway_open(gateway, option(given, "--state"));
  if (failed != 0) return failed;
  if (!take_time(gateway, given)) return gateway_fail("PARAMETER_INVALID", "--time");
  bool made = access(gateway_path(gateway, "next.pem"), F_OK) == 0;
  if (!made) failed = make_key(gateway, "next.pem");
  if (failed != 0) return failed;
  if (!successor_id(gateway, successor)) return command_fail(TT_DEVICE_SIGNER_FAILED, "next.pem");
  tt_error error = tt_rotate(&gateway->device, successor, rotation, signature);
  if (error != TT_OK) return command_fail(error, "no rotation");
  if (!keep_rotation(gateway, rotation, signature)) {
    return command_fail(TT_DEVICE_STORE_FAILED, "rotation.json can not be written; run it again");
  }
  snprintf(next, sizeof next, "%s", gateway_path(gateway, "next.pem"));
  if (rename(next, gateway_path(gateway, "key.pem")) != 0) {
    return command_fail(TT_DEVICE_SIGNER_FAILED,
                        "the new key can not take the place of the old; run it again");
  }
  print_signed(stdout, gateway, "rotation", rotation, sizeof rotation, signature);
  return 0;
}

void print_rotation(const host_gateway *gateway) {
  char rotation[2u * TT_ROTATION_SIZE + 1u];
  char public_key[2u * TT_PUBLIC_KEY_SIZE + 1u];
  char signature[2u * TT_SIGNATURE_SIZE + 1u];
  uint8_t bytes[TT_ROTATION_SIZE];
  FILE *file = fopen(gateway_path(gateway, "rotation.json"), "r");
  if (file == NULL) return;
  int read = fscanf(file,
                    "{\"rotation\":\"0x%216[0-9a-f]\",\"publicKey\":\"0x%128[0-9a-f]\","
                    "\"signature\":\"0x%128[0-9a-f]\"}",
                    rotation, public_key, signature);
  (void)fclose(file);
  if (read != 3 || !hex_parse(rotation, bytes, sizeof bytes)) return;
  if (memcmp(bytes + SUCCESSOR_AT, gateway->device.state.device_id, TT_HASH_SIZE) != 0) return;
  printf(",\"rotation\":\"0x%s\",\"oldPublicKey\":\"0x%s\",\"oldSignature\":\"0x%s\"", rotation,
         public_key, signature);
}
