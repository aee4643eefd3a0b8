#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hex.h"

int command_fail(tt_error error, const char *detail) {
  return gateway_fail(tt_error_code(error), detail);
}

static void print_field(const char *name, const uint8_t *bytes, size_t size, const char *end) {
  printf("\"%s\":\"", name);
  hex_print(stdout, bytes, size);
  printf("\"%s", end);
}

static bool parse_u64(const char *text, uint64_t *number) {
  char *end;
  if (text == NULL || *text < '0' || *text > '9') return false;
  errno = 0;
  *number = strtoull(text, &end, 10);
  return *end == '\0' && errno == 0;
}

bool take_time(host_gateway *gateway, const options *given) {
  uint64_t at;
  if (!has_option(given, "--time")) return true;
  if (!parse_u64(option(given, "--time"), &at)) return false;
  gateway_set_time(gateway, at);
  return true;
}

static bool take_domain(settings *chosen, const options *given) {
  uint8_t registry[TT_ADDRESS_SIZE];
  uint64_t chain_id;
  const char *domain = option(given, "--domain");
  if (domain != NULL) return settings_set(chosen, "domain", domain);
  const char *address = option(given, "--registry");
  if (!parse_u64(option(given, "--chain-id"), &chain_id) || address == NULL) return false;
  if (!hex_parse(address, registry, sizeof registry)) return false;
  tt_domain_of(chain_id, registry, chosen->config.domain);
  return true;
}

static const char *take_settings(settings *chosen, const options *given) {
  static const char *const NAMES[] = {"oracle",     "readings",  "log-sectors", "utc-offset",
                                      "clock-floor", "max-power", "firmware"};
  settings_default(chosen);
  if (!take_domain(chosen, given)) return "--domain, or --chain-id and --registry";
  for (size_t index = 0; index < sizeof NAMES / sizeof *NAMES; index++) {
    char name[32];
    snprintf(name, sizeof name, "--%s", NAMES[index]);
    const char *value = option(given, name);
    if (value != NULL && !settings_set(chosen, NAMES[index], value)) return NAMES[index];
  }
  return NULL;
}

int make_key(const host_gateway *gateway, const char *name) {
  host_key *key = host_key_make();
  bool made = key != NULL && host_key_save(key, gateway_path(gateway, name));
  host_key_free(key);
  return made ? 0 : gateway_fail("DEVICE_SIGNER_FAILED", "the key can not be made or written");
}

static int print_identity(const host_gateway *gateway) {
  uint8_t public_key[TT_PUBLIC_KEY_SIZE];
  uint8_t device_id[TT_HASH_SIZE];
  if (!host_key_public(gateway->key, public_key)) return command_fail(TT_DEVICE_SIGNER_FAILED, "key.pem");
  tt_device_id_of(public_key, device_id);
  printf("{");
  print_field("deviceId", device_id, sizeof device_id, ",");
  print_field("publicKey", public_key, sizeof public_key, "}\n");
  return 0;
}

/* The journal is made with the key and never for one that is there: see tt_format. */
int command_init(host_gateway *gateway, const options *given) {
  const char *folder = option(given, "--state");
  const char *wrong = take_settings(&gateway->settings, given);
  if (wrong != NULL) return gateway_fail("PARAMETER_INVALID", wrong);
  snprintf(gateway->folder, sizeof gateway->folder, "%s", folder);
  if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
    return gateway_fail("CONFIGURATION_INVALID", "the folder can not be made");
  }
  if (access(gateway_path(gateway, "flash.img"), F_OK) == 0) {
    return command_fail(TT_DEVICE_ALREADY_CLAIMED, "the folder has a device");
  }
  int failed = access(gateway_path(gateway, "key.pem"), F_OK) == 0 ? 0 : make_key(gateway, "key.pem");
  if (failed != 0) return failed;
  /* What an init that was cut off left behind is made again: only the journal counts. */
  (void)unlink(gateway_path(gateway, "device.conf"));
  if (!settings_save(&gateway->settings, gateway_path(gateway, "device.conf"))) {
    return gateway_fail("CONFIGURATION_INVALID", "device.conf can not be written");
  }
  failed = gateway_attach(gateway, folder);
  if (failed != 0) return failed;
  tt_error error = tt_format(&gateway->device, &gateway->platform, &gateway->settings.config);
  return error == TT_OK ? print_identity(gateway) : command_fail(error, "the flash can not be made ready");
}

int command_status(host_gateway *gateway, const options *given) {
  gateway->quiet = true;
  int failed = gateway_open(gateway, option(given, "--state"));
  if (failed != 0) return failed;
  const tt_device *device = &gateway->device;
  const tt_state *state = &device->state;
  printf("{");
  print_field("deviceId", state->device_id, TT_HASH_SIZE, ",");
  print_field("publicKey", device->public_key, TT_PUBLIC_KEY_SIZE, ",");
  print_field("domain", state->domain, TT_HASH_SIZE, ",");
  print_field("owner", state->owner, TT_ADDRESS_SIZE, ",");
  printf("\"claimed\":%s,\"rotated\":%s,\"sequence\":%llu,\"closedAt\":%llu,",
         state->claimed ? "true" : "false", state->rotated ? "true" : "false",
         (unsigned long long)state->head.sequence, (unsigned long long)state->head.closed_at);
  printf("\"exportWh\":\"%llu\",\"importWh\":\"%llu\",\"openReadings\":%u,\"waiting\":%u}\n",
         (unsigned long long)state->export_wh, (unsigned long long)state->import_wh,
         (unsigned)device->open_count, (unsigned)tt_waiting(device));
  return 0;
}

static void print_members(FILE *file, const host_gateway *gateway, const char *name,
                          const uint8_t *bytes, size_t size,
                          const uint8_t signature[TT_SIGNATURE_SIZE]) {
  fprintf(file, "{\"%s\":\"", name);
  hex_print(file, bytes, size);
  fputs("\",\"publicKey\":\"", file);
  hex_print(file, gateway->device.public_key, TT_PUBLIC_KEY_SIZE);
  fputs("\",\"signature\":\"", file);
  hex_print(file, signature, TT_SIGNATURE_SIZE);
  fputs("\"", file);
}

void print_signed(FILE *file, const host_gateway *gateway, const char *name, const uint8_t *bytes,
                  size_t size, const uint8_t signature[TT_SIGNATURE_SIZE]) {
  print_members(file, gateway, name, bytes, size, signature);
  fputs("}\n", file);
}

/* What the meter shows at the claim: energy from before it is nobody's credit. */
static int take_registers(host_gateway *gateway, const options *given) {
  tt_measurement measured;
  memset(&measured, 0, sizeof measured);
  if (!has_option(given, "--export-wh") && !has_option(given, "--import-wh")) return 0;
  if (gateway->device.state.claimed) return 0;
  measured.has_registers = parse_u64(option(given, "--export-wh"), &measured.export_wh) &&
                           parse_u64(option(given, "--import-wh"), &measured.import_wh);
  if (!measured.has_registers) {
    return gateway_fail("PARAMETER_INVALID", "--export-wh and --import-wh are what it shows");
  }
  tt_error error = tt_sample(&gateway->device, &measured);
  return error == TT_OK ? 0 : command_fail(error, "the registers were not taken");
}

int command_claim(host_gateway *gateway, const options *given) {
  uint8_t owner[TT_ADDRESS_SIZE];
  uint8_t domain[TT_HASH_SIZE];
  uint8_t claim[TT_CLAIM_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  const char *address = option(given, "--owner");
  const char *stated = option(given, "--domain");
  if (address == NULL || !hex_parse(address, owner, sizeof owner)) {
    return gateway_fail("PARAMETER_INVALID", "--owner is an address");
  }
  gateway->quiet = true;
  int failed = gateway_open(gateway, option(given, "--state"));
  if (failed != 0) return failed;
  bool known = stated == NULL || (hex_parse(stated, domain, sizeof domain) &&
                                  memcmp(domain, gateway->settings.config.domain, 32) == 0);
  if (!known) return command_fail(TT_DOMAIN_MISMATCH, "the device was made for another domain");
  if (!take_time(gateway, given)) return gateway_fail("PARAMETER_INVALID", "--time");
  failed = take_registers(gateway, given);
  if (failed != 0) return failed;
  tt_error error = tt_claim_for(&gateway->device, owner, claim, signature);
  if (error != TT_OK) return command_fail(error, "no claim");
  print_members(stdout, gateway, "claim", claim, sizeof claim, signature);
  print_rotation(gateway);
  printf("}\n");
  return 0;
}

int command_replace_meter(host_gateway *gateway, const options *given) {
  uint8_t statement[TT_METER_REPLACEMENT_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  uint64_t export_wh;
  uint64_t import_wh;
  bool shown = parse_u64(option(given, "--export-wh"), &export_wh) &&
               parse_u64(option(given, "--import-wh"), &import_wh);
  if (!shown) return gateway_fail("PARAMETER_INVALID", "--export-wh and --import-wh are what it shows");
  gateway->quiet = true;
  int failed = gateway_open(gateway, option(given, "--state"));
  if (failed != 0) return failed;
  if (!take_time(gateway, given)) return gateway_fail("PARAMETER_INVALID", "--time");
  tt_error error =
      tt_replace_meter(&gateway->device, export_wh, import_wh, statement, signature);
  if (error != TT_OK) return command_fail(error, "no statement");
  print_signed(stdout, gateway, "statement", statement, sizeof statement, signature);
  return 0;
}
