#include <stdio.h>
#include <string.h>
#include <time.h>

#include "commands.h"
#include "input.h"

#define LINE 8192u

/* Windows in one go before the next reading is taken. */
#define BURST 50u

#define DEFAULT_WAIT_S 10u

/* A reading that can't be taken is said and left out; what breaks the device ends the run. */
static int take(host_gateway *gateway, const input_line *line) {
  char detail[128];
  tt_device *device = &gateway->device;
  if (line->has_time) gateway_set_time(gateway, line->at);
  tt_add_energy(device, line->export_uwh, line->import_uwh);
  tt_error error = tt_sample(device, &line->measured);
  if (error == TT_OK) return 0;
  snprintf(detail, sizeof detail, "the reading of %llu was not taken",
           (unsigned long long)line->at);
  int code = gateway_fail(tt_error_code(error), detail);
  return device->failed || error == TT_DEVICE_REVOKED ? code : 0;
}

static int work(host_gateway *gateway) {
  tt_device *device = &gateway->device;
  if (tt_seal_due(device)) {
    tt_error error = tt_seal(device);
    /* A full buffer or a signer that fails now: the readings stay and are sealed later. */
    if (device->failed) return gateway_fail(tt_error_code(error), "sealing");
  }
  tt_error error = tt_deliver(device, BURST);
  return error == TT_OK || error == TT_ORACLE_UNREACHABLE
             ? 0
             : gateway_fail(tt_error_code(error), "sending");
}

/* Sends what waits until nothing does or the time is over. */
static int drain(host_gateway *gateway, uint64_t wait_s) {
  struct timespec pause = {0, 20000000};
  time_t end = time(NULL) + (time_t)wait_s;
  int code = work(gateway);
  while (code == 0 && tt_waiting(&gateway->device) > 0u && time(NULL) < end) {
    nanosleep(&pause, NULL);
    code = work(gateway);
  }
  return code;
}

static int read_lines(host_gateway *gateway) {
  static char text[LINE];
  static input_format format;
  input_line line;
  char why[128];
  int code = 0;
  while (code == 0 && fgets(text, sizeof text, stdin) != NULL) {
    switch (input_parse(&format, text, gateway->device.state.device_id, &line, why)) {
      case INPUT_READING:
        code = take(gateway, &line);
        if (code == 0) code = work(gateway);
        break;
      case INPUT_WRONG: (void)gateway_fail("BODY_MALFORMED", why); break;
      default: break;
    }
  }
  return code;
}

static uint64_t wait_of(const options *given) {
  unsigned long long seconds;
  const char *text = option(given, "--wait");
  return text != NULL && sscanf(text, "%llu", &seconds) == 1 ? seconds : DEFAULT_WAIT_S;
}

int command_run(host_gateway *gateway, const options *given) {
  gateway->quiet = has_option(given, "--quiet");
  gateway->print = has_option(given, "--print");
  int failed = gateway_open(gateway, option(given, "--state"));
  if (failed != 0) return failed;
  const char *named = option(given, "--oracle");
  const char *url = named != NULL ? named : gateway->settings.oracle;
  if (!gateway->print && *url != '\0') {
    gateway->server = http_server_make(url);
    if (gateway->server == NULL) return gateway_fail("PARAMETER_INVALID", "--oracle is a URL");
  }
  /* What was due when the last run ended without warning comes before the next reading. */
  int code = work(gateway);
  if (code == 0) code = read_lines(gateway);
  if (code == 0 && has_option(given, "--seal") && gateway->device.open_count > 0u) {
    tt_error error = tt_seal(&gateway->device);
    if (error != TT_OK) code = gateway_fail(tt_error_code(error), "sealing");
  }
  return code == 0 ? drain(gateway, wait_of(given)) : code;
}
