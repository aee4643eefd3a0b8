/*
 * The port on the host, over fakes of the platform: one command a line on standard input.
 *   time S | wait MS | storage 0/1 | cut CHANGES | open | claim | sample EXPORT_UWH IMPORT_UWH | seal | deliver
 *   replace EXPORT_WH IMPORT_WH | again                     what a new meter shows
 *   rotate                                                  a new key, for the next start
 *   connected 0/1 | refused | puback | answer JSON          what the broker does
 *   verdict STATUS BODY                                     what an HTTP answer means
 * Each but the fakes' answers with a line `COMMAND CODE`, deliver also with the number that waits.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fakes.h"
#include "tt_esp_port.h"
#include "truetonne_kconfig.h"

static const tt_esp_settings settings = TT_ESP_SETTINGS_KCONFIG;
static tt_device device;

static void answer(const char *command, tt_error error) {
  printf("%s %s\n", command, tt_error_code(error));
}

static void sample(const char *arguments) {
  uint64_t export_uwh = 0;
  uint64_t import_uwh = 0;
  tt_measurement measurement;
  memset(&measurement, 0, sizeof measurement);
  if (sscanf(arguments, "%" SCNu64 " %" SCNu64, &export_uwh, &import_uwh) == 2) {
    tt_add_energy(&device, export_uwh, import_uwh);
    answer("sample", tt_sample(&device, &measurement));
  }
}

static void replace(const char *arguments) {
  uint64_t export_wh = 0;
  uint64_t import_wh = 0;
  if (sscanf(arguments, "%" SCNu64 " %" SCNu64, &export_wh, &import_wh) == 2) {
    answer("replace", tt_esp_print_meter_replacement(&device, export_wh, import_wh));
  }
}

static void deliver(void) {
  const tt_error error = tt_esp_deliver(&device);
  printf("deliver %s %" PRIu32 "\n", tt_error_code(error), tt_waiting(&device));
}

static bool run_fake(const char *command, const char *arguments) {
  if (strcmp(command, "time") == 0) {
    fake_time_s = strtoll(arguments, NULL, 10);
  } else if (strcmp(command, "wait") == 0) {
    const int64_t ms = strtoll(arguments, NULL, 10);
    fake_uptime_ms += ms;
    fake_time_s += ms / 1000;
  } else if (strcmp(command, "storage") == 0) {
    fake_storage_works = arguments[0] == '1';
  } else if (strcmp(command, "cut") == 0) {
    fake_cut_after = strtol(arguments, NULL, 10);
  } else if (strcmp(command, "connected") == 0) {
    fake_mqtt_connect(arguments[0] == '1');
  } else if (strcmp(command, "refused") == 0) {
    fake_mqtt_refuse();
  } else if (strcmp(command, "puback") == 0) {
    fake_mqtt_acknowledge();
  } else if (strcmp(command, "answer") == 0) {
    fake_mqtt_answer(arguments);
  } else {
    return false;
  }
  return true;
}

static void run(const char *command, const char *arguments) {
  if (strcmp(command, "open") == 0) {
    answer("open", tt_esp_start_clock(CONFIG_TT_SNTP_SERVER) ? tt_esp_open(&device, &settings) : TT_DEVICE_CLOCK_NOT_SET);
  } else if (strcmp(command, "claim") == 0) {
    answer("claim", tt_esp_print_claim(&device));
  } else if (strcmp(command, "sample") == 0) {
    sample(arguments);
  } else if (strcmp(command, "replace") == 0) {
    replace(arguments);
  } else if (strcmp(command, "rotate") == 0) {
    answer("rotate", tt_esp_rotate(&device));
  } else if (strcmp(command, "again") == 0) {
    answer("again", tt_esp_print_meter_replacement_again(&device));
  } else if (strcmp(command, "seal") == 0) {
    answer("seal", tt_seal(&device));
  } else if (strcmp(command, "deliver") == 0) {
    deliver();
  } else if (strcmp(command, "verdict") == 0) {
    const char *body = strchr(arguments, ' ');
    printf("verdict %d\n", (int)tt_esp_verdict(atoi(arguments), body == NULL ? "" : body));
  }
}

int main(void) {
  char line[4096];
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (fgets(line, sizeof line, stdin) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    char *space = strchr(line, ' ');
    const char *arguments = space == NULL ? "" : space + 1;
    if (space != NULL) {
      *space = '\0';
    }
    if (!run_fake(line, arguments)) {
      run(line, arguments);
    }
  }
  return 0;
}
