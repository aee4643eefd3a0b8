#include <stdio.h>
#include <string.h>

#include "commands.h"

static const char HELP[] =
    "ttdevice: a TrueTonne device in a folder, for gateways and tests\n"
    "\n"
    "  ttdevice init --state DIR (--domain HEX | --chain-id N --registry 0x..) [--oracle URL]\n"
    "      makes key.pem (mode 600), flash.img and device.conf; prints deviceId and publicKey\n"
    "      more: --readings N (per window, 15) --utc-offset S --max-power W --firmware 1.2.3\n"
    "            --log-sectors N (of 4 KB, 46) --clock-floor S\n"
    "  ttdevice id --state DIR\n"
    "      where the device stands, as JSON\n"
    "  ttdevice claim --state DIR --owner 0x.. [--export-wh N --import-wh N] [--domain HEX] [--time S]\n"
    "      signs for the wallet that may register it: claim, publicKey, signature. A device with a\n"
    "      meter gives what it shows now: only what is measured after the claim can be credited\n"
    "  ttdevice run --state DIR [--oracle URL | --print] [--seal] [--wait S] [--quiet]\n"
    "      takes readings from the standard input, one a line: JSON objects or CSV with a header, with\n"
    "      the names of SPEC section 4 (or exported_wh, imported_wh: energy since the line before);\n"
    "      seals them into windows and sends them, oldest first. At the end of the input it sends what\n"
    "      waits for at most --wait seconds (10); --seal seals the open window first.\n"
    "      --print writes windows as hex, one a line, and takes them as sent.\n"
    "  ttdevice rotate --state DIR [--time S]\n"
    "      makes a new key, lets the old one name it: rotation, publicKey, signature; then claim anew\n"
    "  ttdevice replace-meter --state DIR --export-wh N --import-wh N [--time S]\n"
    "      states what the new meter shows: statement, publicKey, signature\n";

typedef struct command {
  const char *name;
  int (*run)(host_gateway *gateway, const options *given);
} command;

static const command COMMANDS[] = {
    {"init", command_init},     {"id", command_status},
    {"claim", command_claim},   {"rotate", command_rotate},
    {"run", command_run},       {"sample", command_run},
    {"replace-meter", command_replace_meter}};

const char *option(const options *given, const char *name) {
  for (int index = 0; index + 1 < given->count; index++) {
    if (strcmp(given->words[index], name) == 0) return given->words[index + 1];
  }
  return NULL;
}

bool has_option(const options *given, const char *name) {
  for (int index = 0; index < given->count; index++) {
    if (strcmp(given->words[index], name) == 0) return true;
  }
  return false;
}

int main(int count, char **words) {
  static host_gateway one;
  options given = {count - 2, words + 2};
  const char *name = count > 1 ? words[1] : "";
  for (size_t index = 0; index < sizeof COMMANDS / sizeof *COMMANDS; index++) {
    if (strcmp(COMMANDS[index].name, name) != 0) continue;
    if (option(&given, "--state") == NULL) {
      return gateway_fail("PARAMETER_INVALID", "--state names the folder of the device");
    }
    int code = COMMANDS[index].run(&one, &given);
    gateway_close(&one);
    return code;
  }
  bool asked = strcmp(name, "--help") == 0 || strcmp(name, "help") == 0;
  fputs(HELP, asked ? stdout : stderr);
  return asked ? 0 : 2;
}
