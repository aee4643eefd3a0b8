/* Reads a PZEM-004T and sends what it measured, signed. What it prints is explained in docs/maker.md. */
#include <inttypes.h>
#include <stdio.h>

#include "esp_err.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "nvs_flash.h"
#include "parts.h"
#include "sdkconfig.h"
#include "truetonne_kconfig.h"

#define UWH_PER_WH 1000000u
#define US_PER_S 1000000

static const tt_esp_settings settings = TT_ESP_SETTINGS_KCONFIG;
static tt_device device;
static struct pzem_counter counter;

static void report(const char *what, tt_error error) {
  if (error != TT_OK) {
    printf("%s: %s\n", what, tt_error_code(error));
  }
}

static tt_reading fields_of(const struct pzem_reading *reading, bool is_import) {
  const int64_t power_mw = (int64_t)reading->power_mw;
  tt_reading fields = {
      .present = TT_HAS_ACTIVE_POWER | TT_HAS_VOLTAGE | TT_HAS_CURRENT | TT_HAS_FREQUENCY |
                 TT_HAS_POWER_FACTOR,
      .status = is_import ? TT_STATUS_STANDBY : TT_STATUS_OPERATIONAL,
      .active_power_mw = is_import ? -power_mw : power_mw,
      .voltage_mv = (int32_t)reading->voltage_mv,
      .current_ma = (int32_t)reading->current_ma,
      .frequency_mhz = (int32_t)reading->frequency_mhz,
      .power_factor_e4 = (int32_t)reading->power_factor_e4,
  };
  if (wifi_signal(&fields.signal_dbm)) {
    fields.present |= TT_HAS_SIGNAL;
  }
  return fields;
}

static void measure(void) {
  struct pzem_reading reading;
  tt_measurement measurement = {.fields = {.status = TT_STATUS_FAULT}};
  const enum pzem_status status = meter_read(&reading);
  if (status == PZEM_OK) {
    const bool is_import = pzem_is_import(&reading, CONFIG_EXAMPLE_STANDBY_W);
    const uint64_t uwh = (uint64_t)pzem_growth_wh(&counter, &reading) * UWH_PER_WH;
    tt_add_energy(&device, is_import ? 0 : uwh, is_import ? uwh : 0);
    measurement.fields = fields_of(&reading, is_import);
  } else {
    printf("meter: no answer (%d)\n", (int)status);
  }
  report("sample", tt_sample(&device, &measurement));
}

/* Prints the claim as soon as the clock is set, once a start. */
static bool print_claim(void) {
  const tt_error error = tt_esp_print_claim(&device);
  report("claim", error);
  return error == TT_OK;
}

/* `R` on the console: see "A new key" in docs/maker.md. */
static void rotate_when_asked(void) {
  if (getchar() == 'R') {
    report("rotate", tt_esp_rotate(&device));
    esp_restart();
  }
}

void app_main(void) {
  bool is_claim_printed = false;
  ESP_ERROR_CHECK(nvs_flash_init());
  wifi_start();
  meter_start();
  if (!tt_esp_start_clock(CONFIG_TT_SNTP_SERVER)) {
    printf("clock: SNTP did not start\n");
  }
  const tt_error error = tt_esp_open(&device, &settings);
  report("open", error);
  while (error == TT_OK) {
    const int64_t next_us = esp_timer_get_time() + (int64_t)CONFIG_TT_INTERVAL_S * US_PER_S;
    is_claim_printed = is_claim_printed || print_claim();
    measure();
    if (tt_seal_due(&device)) {
      report("seal", tt_seal(&device));
    }
    report("deliver", tt_esp_deliver(&device));
    printf("sealed %" PRIu64 ", waiting %" PRIu32 "\n", device.state.head.sequence,
           tt_waiting(&device));
    while (esp_timer_get_time() < next_us) {
      vTaskDelay(pdMS_TO_TICKS(500));
      (void)tt_esp_deliver(&device);
      rotate_when_asked();
    }
  }
}
